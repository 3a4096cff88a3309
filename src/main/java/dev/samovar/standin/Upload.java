package dev.samovar.standin;

/**
 * A file that the app brought.
 *
 * @param alt what a picture says, in words
 */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares files.
public record Upload(String id, String name, String title, String alt, byte[] content) {
  Upload with(byte[] bytes) {
    return new Upload(id, name, title, alt, bytes);
  }

  Upload called(String words) {
    return new Upload(id, name, words, alt, content);
  }
}
