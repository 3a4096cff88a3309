package dev.samovar.evidence;

/**
 * Events of one model in one dataset.
 *
 * <p>An adapter adds what makes events this model's: its name in the events that carry one, its
 * service in application logs. Runs and changes are not narrowed (a change may belong to a shared
 * part): there, {@code where} says all.
 *
 * @param anyService not narrowed to the model's own service: a kernel or a kubelet logs under its
 *     own name
 */
public record Query(Model model, Dataset dataset, Condition where, boolean anyService) {
  public static Query of(Model model, Dataset dataset) {
    return new Query(model, dataset, Condition.everything(), false);
  }

  /** Log lines of whatever service. */
  public static Query ofAnyService(Model model) {
    return new Query(model, Dataset.APPLICATION, Condition.everything(), true);
  }

  public Query and(Condition condition) {
    return new Query(
        model,
        dataset,
        where.equals(Condition.everything()) ? condition : where.and(condition),
        anyService);
  }
}
