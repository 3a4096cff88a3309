package dev.samovar.evidence;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Another place than the log store where events of a dataset are: Airflow's runs, the deployments
 * of GitHub. Few events; they are counted here, beside those of the log store.
 */
public interface EventFeed {
  /** As people know it: “Airflow”. */
  String name();

  Set<Dataset> datasets();

  /**
   * That it answers, and whether what it was told of can be seen; for the doctor.
   *
   * @param budget the whole of it takes no longer
   * @return empty where it can't tell
   * @throws EvidenceException where it does not answer, or refuses
   */
  default Optional<Reach> reach(Duration budget) throws EvidenceException {
    return Optional.empty();
  }

  /**
   * The fields that its events of the model have, whenever they were; empty where it was not told
   * about this model. As an index has fields whether or not anything was logged lately.
   */
  default Set<String> fields(Model model, Dataset dataset, Duration budget)
      throws EvidenceException {
    return datasets().contains(dataset) ? Fields.of(dataset) : Set.of();
  }

  /**
   * All that it knows of the model in the window, newest first, with the fields of {@link Fields}
   * that the dataset has; empty where it was not told about this model.
   *
   * @param budget the whole of it takes no longer
   */
  List<Event> events(Model model, Dataset dataset, Window window, Duration budget)
      throws EvidenceException;
}
