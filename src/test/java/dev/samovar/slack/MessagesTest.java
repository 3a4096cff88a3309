package dev.samovar.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.slack.api.util.json.GsonFactory;
import dev.samovar.checks.Change;
import dev.samovar.checks.CheckId;
import dev.samovar.checks.Fact;
import dev.samovar.checks.Severity;
import dev.samovar.conversation.AutoReply;
import dev.samovar.conversation.Reply;
import dev.samovar.doctor.Diagnosis;
import dev.samovar.doctor.Patient;
import dev.samovar.doctor.Station;
import dev.samovar.evidence.Model;
import dev.samovar.evidence.Window;
import dev.samovar.handoff.Handoff;
import dev.samovar.handoff.Handover;
import dev.samovar.handoff.Note;
import dev.samovar.handoff.SampleHandoff;
import dev.samovar.incidents.Incident;
import dev.samovar.incidents.IncidentsInMemory;
import dev.samovar.incidents.Opening;
import dev.samovar.incidents.Place;
import dev.samovar.incidents.StakeholderUpdate;
import dev.samovar.triage.Report;
import dev.samovar.triage.Symptom;
import dev.samovar.triage.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What Slack is sent looks as it did, and breaks no limit, whatever the report says. */
class MessagesTest {
  private static final Path GOLDEN = Path.of("src/test/resources/dev/samovar/slack");
  private static final Instant NOW = Instant.parse("2026-05-20T15:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Incident incident(Report report) {
    return Incident.begin(
            "incident-1",
            new Place("C1", "1.1", "1.2"),
            new Opening(
                report.model(),
                NOW.minusSeconds(7200),
                Set.of(Symptom.LATENCY),
                report.text(),
                "U1",
                Optional.of("it reports trouble: " + report.text()),
                NOW))
        .reported(report, NOW);
  }

  private static Incident busy(Report report) {
    return incident(report)
        .ownedBy("U2", NOW.plusSeconds(60))
        .judged(CheckId.PREPROCESSING_CHANGE, true, "U2", NOW.plusSeconds(120))
        .judged(CheckId.PREPROCESSING_CHANGE, false, "U3", NOW.plusSeconds(130))
        .watchedBy("U2", NOW.plusSeconds(180), NOW.plusSeconds(21_780))
        .checklisted(CheckId.PREPROCESSING_CHANGE, "1.3", "U2", NOW.plusSeconds(200))
        .ticked(CheckId.PREPROCESSING_CHANGE, 0, "See when", "U3", NOW.plusSeconds(300))
        .reported(report, NOW.plusSeconds(480));
  }

  private static Incident explained(Incident incident, String words) {
    return incident.explained(
        Optional.of(CheckId.STALE_MODEL), words.isBlank() ? "x" : words, "U3", NOW);
  }

  /** An incident of three weeks before, told by people whose names are hostile too. */
  private static List<String> seenBefore(Incident now, Report report) {
    Incident earlier =
        explained(
                Incident.begin(
                        "incident-0",
                        new Place(
                            "C1", "0.1", "0.2", Optional.of("https://x.slack.com/archives/C1/p0")),
                        new Opening(
                            report.model(),
                            NOW.minusSeconds(7200),
                            Set.of(),
                            "",
                            "U1",
                            Optional.empty(),
                            NOW.minusSeconds(21 * 86_400)))
                    .reported(report, NOW)
                    .judged(CheckId.PREPROCESSING_CHANGE, true, "U2", NOW)
                    .checklisted(CheckId.PREPROCESSING_CHANGE, "0.3", "U2", NOW)
                    .ticked(
                        CheckId.PREPROCESSING_CHANGE, 1, "Roll back " + report.text(), "U2", NOW),
                report.text())
            .resolved("", NOW, "2 looks in a row found nothing");
    String line = Recollection.line(now, earlier, user -> "Anna " + report.text());
    return List.of(line, line);
  }

  /** Everything that Slack is sent, by name. */
  private static Map<String, Object> all(Report report) {
    Incident busy = busy(report);
    IncidentsInMemory incidents = new IncidentsInMemory(10);
    incidents.open(busy);
    List<Model> models = List.of(Model.named("fraud-scorer"), Model.named("eta-model"));
    AnswerMessage answer = new AnswerMessage(Bots.runbooks());
    Map<String, Object> all = new LinkedHashMap<>();
    all.put(
        "answer",
        answer.of(
            incident(report), List.of(), Optional.of("Mira until 18:00 (by PagerDuty)"), false));
    all.put("answer-busy", answer.of(busy.looking(), List.of(), Optional.empty(), false));
    all.put(
        "answer-broken",
        answer.of(
            Incident.begin("incident-1", busy.place(), busy.opening()).broken(NOW),
            List.of(),
            Optional.empty(),
            false));
    List<String> seenBefore = seenBefore(busy, report);
    all.put(
        "answer-seen",
        answer.of(explained(busy, report.text()), seenBefore, Optional.empty(), false));
    all.put("answer-forgetful", answer.of(incident(report), List.of(), Optional.empty(), true));
    AnswerMessage paged =
        new AnswerMessage(
            Bots.runbooks(), one -> Optional.of("https://samovar.example.com/r/" + one.id()));
    all.put("answer-page", paged.of(incident(report), List.of(), Optional.empty(), false));
    all.put(
        "answer-page-revoked",
        answer.of(incident(report).unpublished("U2", NOW), List.of(), Optional.empty(), false));
    all.put("hand-over", HandOverView.of(busy));
    all.put("really", ReallyView.of(busy));
    all.put("quiet", QuietQuestion.of(busy));
    all.put("doctor", DiagnosisMessage.of(diagnosis(report)));
    all.put("quiet-answered", QuietQuestion.answered("U2", true));
    all.put("checklist", Checklist.of(busy, CheckId.PREPROCESSING_CHANGE, Bots.runbooks()));
    all.put(
        "details",
        DetailsView.of(busy, report, CheckId.PREPROCESSING_CHANGE, Bots.runbooks(), seenBefore));
    all.put(
        "update",
        UpdateView.of(
            busy,
            StakeholderUpdate.draft(busy, report.model(), NOW.plusSeconds(1800), ZoneOffset.UTC)));
    all.put(
        "home",
        HomeView.of(
            models,
            incidents,
            incident -> true,
            List.of("ml-platform: Mira until 18:00 (by the rota)"),
            Map.of("C1", AutoReply.ASK)));
    Reply.Which which =
        new Reply.Which(NOW, Set.of(Symptom.ERRORS, Symptom.OOM), models, report.text());
    all.put("menu", Menu.of(which, Optional.of("1.1"), Optional.of(report.text())));
    all.put("offer", Offer.of(which, report.text(), "C1", "1.1"));
    Handover handover = handover(report.text());
    HandoffMessage message =
        new HandoffMessage(
            place -> Optional.of("https://x.slack.com/p1"),
            person ->
                HandoffMessage.isKnown(person)
                    ? SlackText.mention(person.id())
                    : SlackText.escape(person.called()));
    Handoff handoff = handover.handoff().orElseThrow();
    all.put("handoff", message.of(handover, handoff, handover.end()));
    all.put(
        "handoff-taken",
        message.of(
            handover.acknowledged("U0SEATTLE", handover.end().plusSeconds(60)),
            handoff,
            handover.end().plusSeconds(3600)));
    all.put("handoff-preview", message.preview(handover, handoff));
    Handover plain = Handover.begin("ml-platform", handover.from(), handover.end(), handover.end());
    all.put("handoff-quiet", message.of(plain, SampleHandoff.quiet(), handover.end()));
    all.put("handoff-reminder", HandoffMessage.reminder(handover, handoff, Optional.empty()));
    all.put("handoff-escalation", message.escalation(handover, Optional.empty()));
    all.put("handoff-invitation", HandoffMessage.invitation(handover));
    all.put("handoff-notes", NotesView.of(handover, "U0BERLIN"));
    List<OutgoingMessage> details = message.details(handover, handoff);
    for (int i = 0; i < details.size(); i++) {
      all.put("handoff-details-" + (i + 1), details.get(i));
    }
    return all;
  }

  private static Handover handover(String outside) {
    Handover sent =
        Handover.begin(
                "ml-platform",
                SampleHandoff.END.minusSeconds(32_400),
                SampleHandoff.END,
                SampleHandoff.END)
            .sending(SampleHandoff.END)
            .sent(
                SampleHandoff.busy(outside),
                new Handover.Message("C1", "1.1"),
                SampleHandoff.END.plusSeconds(2));
    Handover noted = sent;
    for (Note note : SampleHandoff.notes(outside)) {
      noted = noted.noted(note.who(), note.text(), note.at());
    }
    return noted;
  }

  private static List<String> broken(Object sent) {
    return sent instanceof OutgoingMessage message
        ? SlackLimits.brokenBy(message)
        : SlackLimits.brokenBy((com.slack.api.model.view.View) sent);
  }

  /** A view as a whole; of a message what people see. */
  /** Of ten models, and sources that say whatever they like. */
  private static Diagnosis diagnosis(Report report) {
    String outside = report.text();
    return new Diagnosis(
        "0.1.0",
        "17",
        NOW,
        List.of(
            Station.ok("Elasticsearch", "8.19.7 at " + outside + ", 4 ms"),
            Station.broken("Airflow", outside, "Make Airflow answer: see SOURCES."),
            new Station(
                "GitHub",
                Station.State.WARNING,
                "REST API 2022-11-28",
                Collections.nCopies(9, outside),
                Collections.nCopies(12, outside)),
            Station.absent("others", "not configured: MLflow, PagerDuty")),
        true,
        Optional.of("POST _security/role/samovar"),
        Collections.nCopies(
            10, new Patient(outside, report, List.of(), Optional.empty(), Optional.empty())));
  }

  private static String json(Object sent) throws IOException {
    JsonNode json =
        sent instanceof OutgoingMessage message
            ? JSON.createObjectNode()
                .put("text", message.text())
                .set("blocks", SlackLimits.json(message.blocks()))
            : JSON.readTree(GsonFactory.createSnakeCase().toJson(sent));
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
  }

  /** With {@code SAMOVAR_GOLDEN=write} the files are written anew, to be read before committing. */
  @Test
  void messages_look_as_they_did() throws IOException {
    for (Map.Entry<String, Object> sent : all(SampleReport.of(SampleReport.HOSTILE)).entrySet()) {
      Path file = GOLDEN.resolve(sent.getKey() + ".json");
      String rendered = json(sent.getValue());
      if ("write".equals(System.getenv("SAMOVAR_GOLDEN"))) {
        Files.writeString(file, rendered);
      }
      assertThat(rendered).as(sent.getKey()).isEqualTo(Files.readString(file));
      assertThat(broken(sent.getValue())).as(sent.getKey()).isEmpty();
    }
  }

  @Property(tries = 60)
  void no_report_breaks_a_limit_or_pings_anybody(
      @ForAll String outside,
      @ForAll @IntRange(min = 1, max = 400) int times,
      @ForAll @IntRange(min = 0, max = 17) int causes)
      throws IOException {
    String text = (outside + "<!channel> & <@U9> <https://evil.example|x> ").repeat(times);
    for (Map.Entry<String, Object> sent : all(huge(text, causes)).entrySet()) {
      assertThat(broken(sent.getValue())).as(sent.getKey()).isEmpty();
      assertThat(parsed(JSON.readTree(json(sent.getValue()))))
          .as(sent.getKey())
          .doesNotContain("<!channel")
          .doesNotContain("<@U9>")
          .doesNotContain("<https://evil");
    }
  }

  /** What Slack looks for mentions and links in: its mrkdwn, not its plain text. */
  private static String parsed(JsonNode node) {
    if (node.path("type").asText().equals("mrkdwn")) {
      return node.get("text").asText() + "\n";
    }
    StringBuilder text = new StringBuilder();
    if (node.has("blocks") && node.path("text").isTextual()) {
      text.append(node.get("text").asText()).append("\n");
    }
    node.forEach(child -> text.append(parsed(child)));
    return text.toString();
  }

  /** Much of everything. */
  private static Report huge(String text, int causes) {
    Report sample = SampleReport.of(text);
    List<Fact> facts =
        Collections.nCopies(
            40,
            Fact.of(text, text, 1e300, -1e300, text).linked("https://k.example.com/?a=" + text));
    List<Report.Cause> many = new ArrayList<>();
    List<Report.Row> rows = new ArrayList<>();
    for (CheckId check : CheckId.values()) {
      if (many.size() < causes) {
        many.add(
            new Report.Cause(
                check,
                0.5,
                text,
                Optional.of(NOW),
                facts,
                List.of(),
                "runbooks/" + check.id() + ".md"));
      }
      boolean isFound = many.size() % 2 == 1;
      rows.add(
          new Report.Row(
              check,
              isFound ? Report.State.FOUND : Report.State.NOT_CHECKED,
              Severity.CRITICAL,
              text,
              isFound ? "" : text,
              isFound ? "" : "`" + text + "`",
              facts,
              1));
    }
    return new Report(
        sample.id(),
        text,
        text,
        new Window(NOW.minusSeconds(7200), NOW),
        text,
        List.of(),
        causes == 0 ? Verdict.CANNOT_TELL : Verdict.CAUSE_FOUND,
        text,
        sample.onset(),
        many,
        rows,
        Collections.nCopies(30, new Change(NOW, text, text, text, text, text, text, text, false)),
        true,
        1);
  }

  @Test
  void the_text_alone_carries_the_conclusion() {
    OutgoingMessage message =
        new AnswerMessage(Bots.runbooks())
            .of(incident(SampleReport.of("calm")), List.of(), Optional.empty(), false);

    assertThat(message.text())
        .isEqualTo("CAUSE FOUND: fraud-scorer: the preprocessing changed calm");
    assertThat(message.plain())
        .contains("Most likely: preprocessing-change")
        .contains("Ruled out")
        .contains("Not checked: serving-health");
  }
}
