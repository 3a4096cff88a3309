package dev.samovar;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.samovar.checks.Check;
import dev.samovar.checks.Checks;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Who may know whom. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.samovar");

  private static void mayKnow(String room, String... others) {
    Set<String> known = new TreeSet<>(Set.of(others));
    known.add(room);
    String[] packages =
        known.stream().map(name -> "dev.samovar." + name + "..").toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage("dev.samovar." + room + "..")
        .should()
        .dependOnClassesThat(
            com.tngtech.archunit.base.DescribedPredicate.describe(
                "are in rooms other than " + known,
                (JavaClass other) ->
                    other.getPackageName().startsWith("dev.samovar")
                        && Set.of(packages).stream()
                            .noneMatch(
                                allowed ->
                                    other.getPackageName().equals(allowed.replace("..", "")))))
        .check(CLASSES);
  }

  @Test
  void rooms_know_only_those_the_design_draws() {
    mayKnow("evidence");
    mayKnow("http", "evidence");
    mayKnow("feeds", "evidence");
    mayKnow("airflow", "evidence", "http");
    mayKnow("mlflow", "evidence", "http");
    mayKnow("kubernetes", "evidence", "http");
    mayKnow("argocd", "evidence", "http");
    mayKnow("flink", "evidence", "http");
    mayKnow("burrow", "evidence", "http");
    mayKnow("repository", "http", "evidence");
    mayKnow("github", "repository", "http", "evidence");
    mayKnow("gitlab", "repository", "http", "evidence");
    mayKnow("statistics");
    mayKnow("signatures");
    mayKnow("checks", "evidence", "statistics", "signatures");
    mayKnow("triage", "checks", "evidence", "statistics");
    mayKnow("elasticsearch", "evidence");
    mayKnow("prometheus", "http", "evidence");
    mayKnow("understanding", "evidence", "triage");
    mayKnow("conversation", "understanding", "triage", "checks", "evidence");
    mayKnow("redaction", "triage", "checks", "evidence");
    mayKnow("oncall", "rota", "evidence");
    mayKnow("pagerduty", "oncall", "http", "evidence");
    mayKnow("grafanaoncall", "oncall", "http", "evidence");
    mayKnow("config", "evidence", "rota", "oncall", "redaction");
    mayKnow("lockfile", "evidence");
    mayKnow("validation", "evidence");
    mayKnow("baseline", "evidence");
    mayKnow("report", "handoff", "rota", "incidents", "triage", "checks", "evidence");
    mayKnow("page", "report", "runbooks", "web", "incidents", "triage", "checks", "evidence");
    mayKnow("doctor", "report", "triage", "checks", "evidence");
    mayKnow("runbooks", "checks");
    mayKnow("sandbox", "evidence");
    mayKnow("charts", "triage", "checks", "evidence", "statistics");
    mayKnow("standin");
    mayKnow("playground", "standin");
    mayKnow("incidents", "triage", "checks", "evidence");
    mayKnow("work");
    mayKnow("rota");
    mayKnow("alerts", "evidence");
    mayKnow("changes", "understanding", "evidence");
    mayKnow("web", "changes", "alerts", "work", "evidence");
    mayKnow("operations", "slack", "web", "redaction", "triage", "checks", "evidence");
    mayKnow("handoff", "rota", "incidents", "runbooks", "triage", "checks", "evidence");
    mayKnow("store", "work", "handoff", "rota", "incidents", "triage", "checks", "evidence");
    mayKnow(
        "slack",
        "doctor",
        "alerts",
        "web",
        "work",
        "conversation",
        "handoff",
        "oncall",
        "rota",
        "incidents",
        "triage",
        "checks",
        "report",
        "runbooks",
        "charts",
        "evidence");
  }

  @Test
  void rooms_have_no_cycles() {
    slices().matching("dev.samovar.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void only_the_slack_room_knows_slack_and_only_the_adapter_elasticsearch() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.samovar.slack..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.slack..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.samovar.web..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.javalin..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.samovar.page..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("gg.jte..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.samovar.charts..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.knowm..", "java.awt..", "javax.imageio..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.samovar.elasticsearch..", "dev.samovar.sandbox..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("co.elastic.clients..", "org.elasticsearch..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.samovar.operations..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.micrometer..", "io.prometheus..", "ch.qos.logback..", "co.elastic.logging..")
        .check(CLASSES);
  }

  @Test
  void the_core_does_not_read_the_clock() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.samovar.checks..",
            "dev.samovar.triage..",
            "dev.samovar.understanding..",
            "dev.samovar.conversation..",
            "dev.samovar.alerts..",
            "dev.samovar.incidents..",
            "dev.samovar.handoff..",
            "dev.samovar.doctor..",
            "dev.samovar.rota..",
            "dev.samovar.charts..",
            "dev.samovar.oncall..",
            "dev.samovar.changes..",
            "dev.samovar.statistics..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(CLASSES);
  }

  @Test
  void nobody_prints_but_the_launcher() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.samovar", "dev.samovar.sandbox..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CLASSES);
  }

  @Test
  void checks_are_final_hidden_stateless_catch_nothing_and_are_in_the_catalogue() {
    classes()
        .that()
        .implement(Check.class)
        .should()
        .haveModifier(JavaModifier.FINAL)
        .andShould()
        .notBePublic()
        .check(CLASSES);
    Set<JavaClass> checks =
        CLASSES.stream()
            .filter(type -> type.isAssignableTo(Check.class) && !type.isInterface())
            .collect(Collectors.toSet());
    for (JavaClass check : checks) {
      assertThat(check.getFields())
          .as("state of " + check.getSimpleName())
          .allMatch(field -> field.getModifiers().contains(JavaModifier.STATIC));
      assertThat(check.getMethods())
          .as("catches of " + check.getSimpleName())
          .allMatch(method -> method.getTryCatchBlocks().isEmpty());
    }
    assertThat(checks.stream().map(JavaClass::getSimpleName))
        .containsExactlyInAnyOrderElementsOf(
            Checks.all().stream().map(check -> check.getClass().getSimpleName()).toList());
    for (Check check : Checks.all()) {
      assertThat(check.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT))
          .isEqualTo(check.id().id().replace("-", ""));
    }
  }
}
