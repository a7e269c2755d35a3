package oosh.view.notice;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import oosh.rollout.notice.NoticeTarget;
import oosh.rollout.notice.Outbox;
import oosh.view.json.JsonOutput;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TextTable;
import oosh.view.text.TimeText;

/*
 * team  dingtalk  oapi.dingtalk.com/…3f9a  signed      delivered 2 min ago
 * ci    webhook   ci.example.com/…77d0     not signed  2 pending; 1 min ago it answered 500
 * old   slack     hooks.slack.com/…XyZ1    not signed  1 given up; yesterday it answered 404
 */
/** The receivers of notices, with addresses that are shortened, and how deliveries go. */
public final class NoticeView {
  private NoticeView() {}

  public static String table(
      List<NoticeTarget> targets, List<Outbox.Deliveries> deliveries, Instant now, Style style) {
    if (targets.isEmpty()) {
      return "nobody is told how executions end; notify add NAME --kind KIND changes that";
    }
    TextTable columns = new TextTable(style);
    for (NoticeTarget target : targets) {
      columns.row(
          style.bold(TextSanitizer.line(target.name())),
          target.kind().word(),
          TextSanitizer.line(target.shortened()),
          target.isSigned() ? "signed" : "not signed",
          of(target, deliveries).map(d -> went(d, now)).orElse(""));
    }
    return columns.text();
  }

  private static Optional<Outbox.Deliveries> of(
      NoticeTarget target, List<Outbox.Deliveries> deliveries) {
    return deliveries.stream().filter(d -> d.target().equals(target.name())).findFirst();
  }

  private static String went(Outbox.Deliveries deliveries, Instant now) {
    Instant at = deliveries.lastAt();
    String error = TextSanitizer.line(deliveries.lastError());
    String counts =
        (deliveries.pending() > 0 ? deliveries.pending() + " pending; " : "")
            + (deliveries.givenUp() > 0 ? deliveries.givenUp() + " given up; " : "");
    return at == null
        ? counts.replaceFirst("; $", "")
        : counts
            + (error.isEmpty()
                ? "delivered " + TimeText.ago(at, now)
                : TimeText.ago(at, now) + " " + error);
  }

  /** Beside a name on Tab. */
  public static String candidate(NoticeTarget target) {
    return TextSanitizer.line(target.kind().word() + "  " + target.shortened());
  }

  /** An array of {@code {name, kind, address, signed, pending, givenUp, lastAt, lastError}}. */
  public static JsonArray json(List<NoticeTarget> targets, List<Outbox.Deliveries> deliveries) {
    return JsonOutput.array(
        targets,
        target -> {
          JsonObject json = new JsonObject();
          json.addProperty("name", target.name());
          json.addProperty("kind", target.kind().word());
          json.addProperty("address", target.shortened());
          json.addProperty("signed", target.isSigned());
          Optional<Outbox.Deliveries> went = of(target, deliveries);
          json.addProperty("pending", went.map(Outbox.Deliveries::pending).orElse(0));
          json.addProperty("givenUp", went.map(Outbox.Deliveries::givenUp).orElse(0));
          went.map(Outbox.Deliveries::lastAt)
              .ifPresent(at -> json.addProperty("lastAt", at.toString()));
          went.map(Outbox.Deliveries::lastError)
              .filter(error -> !error.isEmpty())
              .ifPresent(error -> json.addProperty("lastError", error));
          return json;
        });
  }
}
