package dev.samovar.alerts;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Something that began to fire, or ended. All of it is outside text.
 *
 * @param source who sends, such as {@code alertmanager}
 * @param fingerprint the same for the same trouble
 * @param severity as the sender calls it; empty where it says none
 * @param startsAt since when it fires; empty where that is not said
 */
public record Alert(
    String source,
    String fingerprint,
    State state,
    String name,
    String severity,
    String summary,
    Map<String, String> labels,
    Optional<Instant> startsAt,
    Optional<String> link,
    Optional<String> runbook) {
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\n]]");
  private static final int NAME = 200;
  private static final int SUMMARY = 1000;
  private static final int LABELS = 60;
  private static final int LABEL = 300;

  /** What can be said of an alert. */
  public enum State {
    FIRING,
    RESOLVED
  }

  /** Senders may be generous; what is kept is not. */
  public Alert {
    fingerprint = cut(fingerprint, LABEL);
    name = cut(name, NAME);
    severity = cut(severity, NAME);
    summary = cut(summary, SUMMARY);
    Map<String, String> kept = new TreeMap<>();
    labels.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .limit(LABELS)
        .forEach(label -> kept.put(cut(label.getKey(), LABEL), cut(label.getValue(), LABEL)));
    labels = Map.copyOf(kept);
  }

  /** Names the trouble among those of all senders. */
  public String key() {
    return Delivery.digest(source + "\n" + fingerprint);
  }

  /** What it says, for whoever looks for a name in it. */
  public String words() {
    return summary.isEmpty() ? name : name + ": " + summary;
  }

  public boolean firing() {
    return state == State.FIRING;
  }

  /** Without what no store and no reader wants: control characters. */
  private static String cut(String text, int most) {
    String plain = CONTROL.matcher(text).replaceAll(" ");
    return plain.length() <= most ? plain : plain.substring(0, most);
  }
}
