package dev.samovar.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.slack.api.model.view.ViewState;
import com.slack.api.util.json.GsonFactory;
import dev.samovar.work.Job;
import dev.samovar.work.Keepers;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps errands and does them: what is accepted is done once, also when the process dies before or
 * in the middle.
 */
final class Errands {
  private static final Logger LOG = LoggerFactory.getLogger(Errands.class);
  private static final String KIND = "errand";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final Keepers keepers;
  private final Ear ear;
  private final Obedience obedience;
  private final Presses presses;
  private final Forms forms;
  private final ShiftDesk shiftDesk;
  private final Permissions permissions;

  Errands(
      Keepers keepers,
      Ear ear,
      Obedience obedience,
      Presses presses,
      Forms forms,
      ShiftDesk shiftDesk,
      Permissions permissions) {
    this.keepers = keepers;
    this.ear = ear;
    this.obedience = obedience;
    this.presses = presses;
    this.forms = forms;
    this.shiftDesk = shiftDesk;
    this.permissions = permissions;
  }

  void start() {
    keepers.jobs().does(KIND, this::run);
  }

  /** Keeps it, to be done at once. */
  void accept(Errand errand) {
    try {
      keepers.inbox().accept(KIND, errand.key(), JSON.writeValueAsString(errand));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run(Job job) throws Exception {
    run(JSON.readValue(job.payload(), Errand.class));
  }

  private void run(Errand errand) throws SlackException {
    if (errand instanceof Errand.Hear hear) {
      ear.hear(hear.said());
    } else if (errand instanceof Errand.Obey order) {
      obedience.obey(order);
    } else if (errand instanceof Errand.Feel feel) {
      presses.press(feel.press());
    } else if (errand instanceof Errand.Take form) {
      take(form);
    }
  }

  private void take(Errand.Take form) throws SlackException {
    permissions.asked(form.user(), "", form.form().id(), form.about());
    ViewState state = GsonFactory.createSnakeCase().fromJson(form.state(), ViewState.class);
    switch (form.form()) {
      case UPDATE -> forms.updated(form.key(), form.about(), state, form.user());
      case HAND_OVER -> forms.handedOver(form.key(), form.about(), state, form.user());
      case NOTES -> shiftDesk.submitted(form.about(), state, form.user());
      case REALLY -> {
        if (ReallyView.read(state).isPresent()) {
          forms.explained(form.about(), ReallyView.read(state).get(), form.user());
        }
      }
      default -> LOG.warn("No form is called {}", form.form());
    }
  }
}
