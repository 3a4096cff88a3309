package dev.samovar.config;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All that a configuration holds and nobody may read: for those who write what others read. */
public final class Secrets {
  /** In an address: {@code //user:this@host}, {@code ?password=this}. */
  private static final Pattern IN_ADDRESS =
      Pattern.compile("//[^/@:\\s]*:([^/@\\s]+)@|(?i:password|pwd|token)=([^&;\\s]+)");

  private Secrets() {}

  /** Whatever part of the configuration they are in, also one that is yet to be added. */
  public static Set<String> in(Configuration configuration) {
    Set<String> secrets = new TreeSet<>();
    collect(configuration, secrets);
    return secrets;
  }

  private static void collect(Object part, Set<String> secrets) {
    if (part instanceof Secret secret) {
      secrets.add(secret.value());
    } else if (part instanceof String text) {
      Matcher matcher = IN_ADDRESS.matcher(text);
      while (matcher.find()) {
        secrets.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
      }
    } else if (part instanceof Optional<?> maybe) {
      maybe.ifPresent(one -> collect(one, secrets));
    } else if (part instanceof Collection<?> several) {
      several.forEach(one -> collect(one, secrets));
    } else if (part instanceof Map<?, ?> map) {
      map.values().forEach(one -> collect(one, secrets));
    } else if (part instanceof Record && part.getClass().getName().startsWith(OURS)) {
      for (RecordComponent component : part.getClass().getRecordComponents()) {
        collect(value(component, part), secrets);
      }
    }
  }

  private static final String OURS = Secrets.class.getPackageName();

  private static Object value(RecordComponent component, Object part) {
    try {
      return component.getAccessor().invoke(part);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The parts of a configuration can be read", e);
    }
  }
}
