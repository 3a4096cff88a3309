package dev.samovar.slack;

import com.slack.api.methods.MethodsClient;
import com.slack.api.util.http.SlackHttpClient;
import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Brings a file's bytes to the address that Slack names for them, which is none of its methods. */
final class Uploads {
  private static final MediaType PNG = MediaType.get("image/png");

  private final OkHttpClient http;

  Uploads(MethodsClient methods) {
    this.http = SlackHttpClient.buildOkHttpClient(methods.getSlackHttpClient().getConfig());
  }

  void put(String url, byte[] png) throws SlackException {
    Request request = new Request.Builder().url(url).post(RequestBody.create(png, PNG)).build();
    try (Response response = http.newCall(request).execute()) {
      if (!response.isSuccessful()) {
        throw new SlackException(
            "upload_refused", "Slack answered an upload with HTTP " + response.code() + ".");
      }
    } catch (IOException e) {
      throw new SlackException("Slack can't be reached for an upload: " + e.getMessage(), e);
    }
  }
}
