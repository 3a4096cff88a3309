package dev.samovar.checks;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What PyTorch says of the memory when an allocation fails, in MiB. Its message has had two forms:
 * until 1.13 the reserved memory includes the allocated, since 2.0 it names what is reserved and
 * not allocated, and the other processes on the card.
 *
 * @param wanted the allocation that failed
 * @param idle reserved by PyTorch and not allocated: memory in pieces too small
 * @param others held by other processes on the same card
 */
record GpuAllocation(
    double wanted, OptionalDouble capacity, OptionalDouble idle, OptionalDouble others) {
  private static final String SIZE = "([0-9.]+) ?([kmgt]i?b|bytes)";
  private static final Pattern WANTED = pattern("tried to allocate " + SIZE);
  private static final Pattern CAPACITY =
      pattern(SIZE + " total capacity|total capacity of " + SIZE);
  private static final Pattern ALLOCATED = pattern(SIZE + " already allocated");
  private static final Pattern RESERVED = pattern(SIZE + " reserved in total by pytorch");
  private static final Pattern IDLE = pattern(SIZE + " is reserved by pytorch but unallocated");
  private static final Pattern OTHER = pattern("process \\d+ has " + SIZE + " memory in use");

  /** Others that hold less of the card are its desktop, or a monitor. */
  private static final double NOTABLE = 0.1;

  private static final Map<String, Double> MIB =
      Map.of("b", 1.0 / 1024 / 1024, "k", 1.0 / 1024, "m", 1.0, "g", 1024.0, "t", 1024.0 * 1024);

  private static Pattern pattern(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }

  /** Empty where the text does not say how much was asked for. */
  static Optional<GpuAllocation> of(String text) {
    OptionalDouble wanted = size(WANTED, text);
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    OptionalDouble idle = size(IDLE, text);
    OptionalDouble allocated = size(ALLOCATED, text);
    OptionalDouble reserved = size(RESERVED, text);
    if (idle.isEmpty() && allocated.isPresent() && reserved.isPresent()) {
      idle = OptionalDouble.of(Math.max(0, reserved.getAsDouble() - allocated.getAsDouble()));
    }
    double others = 0;
    Matcher matcher = OTHER.matcher(text);
    while (matcher.find()) {
      others += mib(matcher.group(1), matcher.group(2));
    }
    return Optional.of(
        new GpuAllocation(
            wanted.getAsDouble(),
            size(CAPACITY, text),
            idle,
            others > 0 ? OptionalDouble.of(others) : OptionalDouble.empty()));
  }

  private static OptionalDouble size(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      return OptionalDouble.empty();
    }
    int group = 1;
    while (matcher.group(group) == null) {
      group += 2;
    }
    return OptionalDouble.of(mib(matcher.group(group), matcher.group(group + 1)));
  }

  private static double mib(String number, String unit) {
    double factor = MIB.getOrDefault(unit.substring(0, 1).toLowerCase(Locale.ROOT), 1.0);
    try {
      return Double.parseDouble(number) * factor;
    } catch (NumberFormatException e) {
      // "1.2.3 GiB" is no size; a size of nothing is judged by nobody.
      return 0;
    }
  }

  /** {@code tried to allocate 2.00 GiB of 15.78 GiB}, and why there was none. */
  String describe() {
    StringBuilder text = new StringBuilder("tried to allocate ").append(text(wanted));
    capacity.ifPresent(all -> text.append(" of ").append(text(all)));
    double card = capacity.orElse(Double.POSITIVE_INFINITY);
    if (others.isPresent() && others.getAsDouble() >= NOTABLE * card) {
      text.append("; another process on the same GPU holds ").append(text(others.getAsDouble()));
    } else if (idle.isPresent() && idle.getAsDouble() >= wanted && wanted > 0) {
      text.append("; fragmented: PyTorch holds ")
          .append(text(idle.getAsDouble()))
          .append(" that it does not use, in pieces too small");
    } else if (idle.isPresent()) {
      text.append("; a true shortage, PyTorch holds only ")
          .append(text(idle.getAsDouble()))
          .append(" in reserve");
    }
    return text.toString();
  }

  private static String text(double mib) {
    return mib >= 1024
        ? String.format(Locale.ROOT, "%.2f GiB", mib / 1024)
        : String.format(Locale.ROOT, "%.2f MiB", mib);
  }
}
