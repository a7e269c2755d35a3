package oosh.notify;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import oosh.rollout.notice.Notice;
import oosh.rollout.notice.NoticeKind;
import oosh.rollout.notice.NoticeTarget;

/**
 * A notice as its receiver wants it: where it is posted, what, and signed as the receiver documents
 * it.
 */
record NoticeBody(URI address, String body, Map<String, String> headers) {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  static NoticeBody of(NoticeTarget target, Notice notice, Instant now) {
    return switch (target.kind()) {
      case WEBHOOK -> webhook(target, notice, now);
      case DINGTALK -> dingtalk(target, notice, now);
      case FEISHU -> feishu(target, notice, now);
      case SLACK -> slack(target, notice);
    };
  }

  /**
   * Source: Standard Webhooks 1.0.0, "Webhook headers" and "Signature scheme": HMAC-SHA256 of
   * {@code id.timestamp.body}, the time in seconds; the payload's fields type, timestamp and data
   * are from its "Payload structure".
   */
  private static NoticeBody webhook(NoticeTarget target, Notice notice, Instant now) {
    String body = GSON.toJson(document(notice));
    String seconds = String.valueOf(now.getEpochSecond());
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("webhook-id", notice.id());
    headers.put("webhook-timestamp", seconds);
    if (target.isSigned()) {
      String signed = notice.id() + "." + seconds + "." + body;
      headers.put("webhook-signature", "v1," + hmac(target.signingKey(), signed));
    }
    return new NoticeBody(target.address(), body, headers);
  }

  static JsonObject document(Notice notice) {
    JsonObject data = new JsonObject();
    data.addProperty("verdict", notice.verdict().word());
    if (notice.verdict().exit() != null) {
      data.addProperty("exit", notice.verdict().exit());
    }
    if (notice.event() != Notice.Event.TEST) {
      data.addProperty("execution", notice.executionId());
      data.addProperty("status", notice.status());
      data.addProperty("action", notice.rollback() ? "rollback" : "launch");
      if (notice.source() != null) {
        data.addProperty("source", notice.source());
      }
      data.addProperty("group", notice.group());
      data.addProperty("region", notice.region());
      data.addProperty("profile", notice.profile());
      data.add("instances", instances(notice));
      if (!notice.waitsFor().isEmpty()) {
        data.addProperty("waitsFor", notice.waitsFor());
      }
      data.addProperty("reason", notice.reason());
    }
    data.addProperty("user", notice.user());
    data.addProperty("host", notice.host());
    data.addProperty("text", notice.text());
    JsonObject json = new JsonObject();
    json.addProperty("id", notice.id());
    json.addProperty(
        "type", (notice.event() == Notice.Event.TEST ? "" : "execution.") + notice.event().word());
    json.addProperty("timestamp", notice.at().toString());
    json.add("data", data);
    return json;
  }

  private static JsonObject instances(Notice notice) {
    JsonObject instances = new JsonObject();
    instances.addProperty("total", notice.total());
    instances.addProperty("succeeded", notice.succeeded());
    if (notice.failed() >= 0) {
      instances.addProperty("failed", notice.failed());
      JsonArray named = new JsonArray();
      notice.failedInstances().forEach(named::add);
      instances.add("firstFailed", named);
    }
    return instances;
  }

  /**
   * Source: DingTalk, "Custom bot security settings" (help.dingtalk.io, as of 2026-11): the
   * signature is in the address, over the time in milliseconds and the secret, keyed with the
   * secret.
   */
  private static NoticeBody dingtalk(NoticeTarget target, Notice notice, Instant now) {
    JsonObject text = new JsonObject();
    text.addProperty("content", notice.text());
    JsonObject json = new JsonObject();
    json.addProperty("msgtype", "text");
    json.add("text", text);
    URI address = target.address();
    if (target.isSigned()) {
      String millis = String.valueOf(now.toEpochMilli());
      String sign = hmac(target.signingKey(), millis + "\n" + target.secret());
      address =
          URI.create(
              address
                  + (address.getRawQuery() == null ? "?" : "&")
                  + "timestamp="
                  + millis
                  + "&sign="
                  + URLEncoder.encode(sign, StandardCharsets.UTF_8));
    }
    return new NoticeBody(address, GSON.toJson(json), Map.of());
  }

  /**
   * Source: Feishu, "Custom bot usage guide" (open.larkoffice.com, ucTM5YjL3ETO24yNxkjN): time in
   * seconds and secret are the key, and nothing is what is signed. A text can hold {@code <at
   * user_id="all">}: so a name or a reason keeps no {@code <}.
   */
  private static NoticeBody feishu(NoticeTarget target, Notice notice, Instant now) {
    JsonObject text = new JsonObject();
    text.addProperty("text", notice.text().replace('<', '‹'));
    JsonObject json = new JsonObject();
    if (target.isSigned()) {
      String seconds = String.valueOf(now.getEpochSecond());
      String key = seconds + "\n" + target.secret();
      json.addProperty("timestamp", seconds);
      json.addProperty("sign", hmac(key.getBytes(StandardCharsets.UTF_8), ""));
    }
    json.addProperty("msg_type", "text");
    json.add("content", text);
    return new NoticeBody(target.address(), GSON.toJson(json), Map.of());
  }

  /**
   * Source: Slack, "Sending messages using incoming webhooks" and "Formatting message text": of a
   * text three characters are escaped, so that {@code <!channel>} calls nobody. There is no
   * signature.
   */
  private static NoticeBody slack(NoticeTarget target, Notice notice) {
    JsonObject json = new JsonObject();
    json.addProperty(
        "text", notice.text().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
    return new NoticeBody(target.address(), GSON.toJson(json), Map.of());
  }

  private static String hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  /** Without address and signature, which are secrets. */
  @Override
  public String toString() {
    return body;
  }

  /** Which field of an answer is 0 where the notice was taken; "" where the status says it. */
  static String[] codes(NoticeKind kind) {
    return switch (kind) {
      case DINGTALK -> new String[] {"errcode"};
      // StatusCode is what the bot answered before 2022, and still does beside it.
      case FEISHU -> new String[] {"code", "StatusCode"};
      default -> new String[0];
    };
  }
}
