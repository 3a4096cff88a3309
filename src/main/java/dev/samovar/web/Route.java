package dev.samovar.web;

/**
 * Something the server answers.
 *
 * @param path with {@code {name}} for a part that differs
 */
public record Route(Method method, String path, Handler handler) {
  /** What can be asked. */
  public enum Method {
    GET,
    POST
  }

  /** Answers on any thread, several at once. What it throws is logged and answered with 500. */
  public interface Handler {
    Answer answer(Call call) throws Exception;
  }

  public static Route get(String path, Handler handler) {
    return new Route(Method.GET, path, handler);
  }

  public static Route post(String path, Handler handler) {
    return new Route(Method.POST, path, handler);
  }
}
