package oosh.sandbox.http;

import com.google.gson.JsonElement;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.Defects;
import oosh.sandbox.api.WireJson;

/** Answers on the wire. */
final class HttpResponses {
  private HttpResponses() {}

  static void json(HttpExchange exchange, int http, JsonElement answer) throws IOException {
    send(exchange, http, "application/json;charset=utf-8", WireJson.text(answer));
  }

  static void html(HttpExchange exchange, int http, String text) throws IOException {
    send(exchange, http, "text/html", text);
  }

  static void refusal(HttpExchange exchange, String requestId, ApiException refused)
      throws IOException {
    json(exchange, refused.http(), refused.body(requestId));
  }

  /** A defect of the sandbox's own. Its message may quote the request, which is signed. */
  static void failure(HttpExchange exchange, String requestId, RuntimeException broken)
      throws IOException {
    String where = Defects.where(broken);
    System.err.println("oosh sandbox: " + requestId + " failed: " + where);
    String text = "The sandbox failed: " + where;
    refusal(exchange, requestId, ApiException.of("InternalError", text));
  }

  private static void send(HttpExchange exchange, int http, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(http, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
