package dev.samovar.validation;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A message in protobuf's text format. */
record TextMessage(List<Field> fields) {
  TextMessage {
    fields = List.copyOf(fields);
  }

  /** A field holds a scalar or a message. */
  record Field(String name, Optional<String> scalar, Optional<TextMessage> message, int line) {}

  List<Field> all(String name) {
    return fields.stream().filter(field -> field.name().equals(name)).toList();
  }

  /** Of several, the last counts, as in protobuf. */
  Optional<String> scalar(String name) {
    List<Field> all = all(name);
    return all.isEmpty() ? Optional.empty() : all.get(all.size() - 1).scalar();
  }

  Optional<TextMessage> message(String name) {
    List<Field> all = all(name);
    return all.isEmpty() ? Optional.empty() : all.get(all.size() - 1).message();
  }

  static TextMessage parse(String file, String text) throws RuleFileException {
    return new Parser(file, text).whole();
  }

  /** Reads from the left to the right, one character ahead. */
  private static final class Parser {
    private static final int DEEPEST = 60;
    private static final int MOST = 500_000;

    private final String file;
    private final String text;
    private int at;
    private int line = 1;
    private int count;

    private Parser(String file, String text) {
      this.file = file;
      this.text = text;
    }

    private TextMessage whole() throws RuleFileException {
      List<Field> fields = fields('\0', 0);
      if (at < text.length()) {
        throw wrong("expected the name of a field, found " + here());
      }
      return new TextMessage(fields);
    }

    private List<Field> fields(char end, int depth) throws RuleFileException {
      if (depth > DEEPEST) {
        throw wrong("more than " + DEEPEST + " messages in one another");
      }
      List<Field> fields = new ArrayList<>();
      skip();
      while (at < text.length() && text.charAt(at) != end) {
        field(fields, depth);
        skip();
        if (at < text.length() && (text.charAt(at) == ',' || text.charAt(at) == ';')) {
          at++;
          skip();
        }
      }
      return fields;
    }

    private void field(List<Field> into, int depth) throws RuleFileException {
      if (++count > MOST) {
        throw wrong("more than " + MOST + " fields");
      }
      int begins = line;
      String name = name();
      skip();
      boolean hasColon = at < text.length() && text.charAt(at) == ':';
      if (hasColon) {
        at++;
        skip();
      }
      if (at < text.length() && text.charAt(at) == '[') {
        at++;
        skip();
        while (at < text.length() && text.charAt(at) != ']') {
          into.add(value(name, begins, true, depth));
          skip();
          if (at < text.length() && text.charAt(at) == ',') {
            at++;
            skip();
          } else if (at < text.length() && text.charAt(at) != ']') {
            throw wrong("expected , or ] in the list of " + name + ", found " + here());
          }
        }
        expect(']');
      } else {
        into.add(value(name, begins, hasColon, depth));
      }
    }

    private Field value(String name, int begins, boolean mayBeScalar, int depth)
        throws RuleFileException {
      char first = at < text.length() ? text.charAt(at) : '\0';
      if (first == '{' || first == '<') {
        at++;
        char end = first == '{' ? '}' : '>';
        List<Field> inner = fields(end, depth + 1);
        expect(end);
        return new Field(name, Optional.empty(), Optional.of(new TextMessage(inner)), begins);
      }
      if (!mayBeScalar) {
        throw wrong("expected : or { after " + name + ", found " + here());
      }
      return new Field(name, Optional.of(scalar(name)), Optional.empty(), begins);
    }

    private String name() throws RuleFileException {
      int begin = at;
      if (at < text.length() && text.charAt(at) == '[') {
        // An extension.
        int end = text.indexOf(']', at);
        if (end < 0) {
          throw wrong("[ without ]");
        }
        at = end + 1;
        return text.substring(begin, at);
      }
      while (at < text.length() && isWord(text.charAt(at))) {
        at++;
      }
      if (at == begin) {
        throw wrong("expected the name of a field, found " + here());
      }
      return text.substring(begin, at);
    }

    private static boolean isWord(char letter) {
      return letter == '_'
          || (letter >= 'a' && letter <= 'z')
          || (letter >= 'A' && letter <= 'Z')
          || (letter >= '0' && letter <= '9');
    }

    private String scalar(String name) throws RuleFileException {
      char first = at < text.length() ? text.charAt(at) : '\0';
      if (first == '"' || first == '\'') {
        // Escapes stand for bytes, of which several may be one letter.
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'')) {
          quoted(text.charAt(at), all);
          skip();
        }
        return all.toString(StandardCharsets.UTF_8);
      }
      int begin = at;
      while (at < text.length()
          && (isWord(text.charAt(at)) || "+-.".indexOf(text.charAt(at)) >= 0)) {
        at++;
      }
      if (at == begin) {
        throw wrong("expected a value for " + name + ", found " + here());
      }
      return text.substring(begin, at);
    }

    private void quoted(char quote, ByteArrayOutputStream into) throws RuleFileException {
      at++;
      while (at < text.length() && text.charAt(at) != quote && text.charAt(at) != '\n') {
        int letter = text.codePointAt(at);
        at += Character.charCount(letter);
        if (letter != '\\' || at >= text.length()) {
          into.writeBytes(Character.toString(letter).getBytes(StandardCharsets.UTF_8));
          continue;
        }
        char escaped = text.charAt(at++);
        switch (escaped) {
          case 'n' -> into.write('\n');
          case 't' -> into.write('\t');
          case 'r' -> into.write('\r');
          case 'x', 'X' -> into.write(digits(16, 2, ""));
          case '0', '1', '2', '3', '4', '5', '6', '7' ->
              into.write(digits(8, 2, String.valueOf(escaped)));
          default -> into.writeBytes(String.valueOf(escaped).getBytes(StandardCharsets.UTF_8));
        }
      }
      if (at >= text.length() || text.charAt(at) != quote) {
        throw wrong("a text without its closing " + quote);
      }
      at++;
    }

    private int digits(int radix, int most, String before) {
      StringBuilder digits = new StringBuilder(before);
      for (int i = 0;
          i < most && at < text.length() && Character.digit(text.charAt(at), radix) >= 0;
          i++) {
        digits.append(text.charAt(at++));
      }
      return digits.length() == 0 ? 0 : Integer.parseInt(digits.toString(), radix);
    }

    private void skip() {
      while (at < text.length()) {
        char letter = text.charAt(at);
        if (letter == '\n') {
          line++;
          at++;
        } else if (Character.isWhitespace(letter)) {
          at++;
        } else if (letter == '#') {
          int end = text.indexOf('\n', at);
          at = end < 0 ? text.length() : end;
        } else {
          return;
        }
      }
    }

    private void expect(char wanted) throws RuleFileException {
      if (at >= text.length() || text.charAt(at) != wanted) {
        throw wrong("expected " + wanted + ", found " + here());
      }
      at++;
    }

    private String here() {
      return at >= text.length() ? "the end" : "\"" + text.charAt(at) + "\"";
    }

    private RuleFileException wrong(String what) {
      return new RuleFileException(file + ":" + line + ": this is no text of a schema: " + what);
    }
  }
}
