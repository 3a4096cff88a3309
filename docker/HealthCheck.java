import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Exits with 0 where the address answers 200: what curl would do, were it in the image. */
final class HealthCheck {
  private static final int PATIENCE_MILLIS = 3000;

  private HealthCheck() {}

  public static void main(String[] arguments) {
    System.exit(isWell(arguments[0]) ? 0 : 1);
  }

  private static boolean isWell(String address) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(address).toURL().openConnection();
      connection.setConnectTimeout(PATIENCE_MILLIS);
      connection.setReadTimeout(PATIENCE_MILLIS);
      return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (IOException e) {
      System.err.println(address + ": " + e);
      return false;
    }
  }
}
