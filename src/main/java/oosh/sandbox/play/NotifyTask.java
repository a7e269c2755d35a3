package oosh.sandbox.play;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import oosh.sandbox.api.WireJson;

/**
 * ACS::Notify: posts a text to an address of this machine. To any other it posts nothing, and the
 * task succeeds all the same: the sandbox reaches no other machine.
 */
final class NotifyTask {
  /** In milliseconds: all other calls of the sandbox wait meanwhile. */
  private static final int LONGEST = 1000;

  private NotifyTask() {}

  /**
   * @param hook with URI, Headers and Content, references resolved
   * @throws TaskFailedException if the receiver is there and does not take it, or is not there
   */
  static TaskTransition tell(JsonObject hook) {
    URI address = URI.create(WireJson.string(hook, "URI"));
    String host = String.valueOf(address.getHost());
    if (!host.matches("localhost|127(\\.\\d{1,3}){3}|\\[::1\\]")
        || !"http".equals(address.getScheme())) {
      return TaskTransition.on();
    }
    int status;
    try {
      HttpURLConnection connection =
          (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(LONGEST);
      connection.setReadTimeout(LONGEST);
      connection.setInstanceFollowRedirects(false);
      connection.setDoOutput(true);
      connection.setRequestMethod("POST");
      if (hook.get("Headers") instanceof JsonObject headers) {
        for (Map.Entry<String, JsonElement> header : headers.entrySet()) {
          connection.setRequestProperty(header.getKey(), header.getValue().getAsString());
        }
      }
      try (OutputStream body = connection.getOutputStream()) {
        body.write(WireJson.text(hook.get("Content")).getBytes(StandardCharsets.UTF_8));
      }
      status = connection.getResponseCode();
      connection.disconnect();
    } catch (IOException e) {
      throw new TaskFailedException("the WebHook was not reached");
    }
    if (status < 200 || status >= 300) {
      throw new TaskFailedException("the WebHook answered " + status);
    }
    return TaskTransition.on();
  }
}
