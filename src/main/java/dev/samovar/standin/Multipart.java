package dev.samovar.standin;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An uploaded file, which clients send as it is or wrapped in a form. */
final class Multipart {
  private static final Pattern BOUNDARY =
      Pattern.compile("multipart/form-data;.*boundary=\"?([^\";]+)\"?.*");

  private Multipart() {}

  /** The first part that is a file; all of it where it is no form. */
  static byte[] content(String type, byte[] body) {
    Matcher matcher = BOUNDARY.matcher(type);
    if (!matcher.matches()) {
      return body;
    }
    // Latin 1 keeps each byte as one character.
    String text = new String(body, StandardCharsets.ISO_8859_1);
    String mark = "--" + matcher.group(1);
    for (int part = text.indexOf(mark); part >= 0; part = text.indexOf(mark, part + 1)) {
      int content = text.indexOf("\r\n\r\n", part);
      int end = text.indexOf("\r\n" + mark, part + 1);
      if (content >= 0 && end >= content && text.substring(part, content).contains("filename")) {
        return Arrays.copyOfRange(body, content + 4, end);
      }
    }
    return new byte[0];
  }
}
