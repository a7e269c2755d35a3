package oosh.view.wave;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import oosh.rollout.update.Script;
import oosh.rollout.wave.GroupProgress;
import oosh.rollout.wave.GroupStart;
import oosh.rollout.wave.NextStep;
import oosh.rollout.wave.RolloutFile;
import oosh.rollout.wave.Wave;
import oosh.rollout.wave.WaveHours;
import oosh.rollout.wave.WaveRollout;
import oosh.rollout.wave.WaveStatus;
import oosh.view.text.Markdown;
import oosh.view.text.TimeText;
import org.jspecify.annotations.Nullable;

/*
 * # `wave-6f1c` by `rollout.yaml`: 3 of 3 groups succeeded in 4m 00s
 *
 * | | |
 * |---|---|
 * | reason | `web 2.4.1` |
 * …
 * ## Wave 1: `cn-hangzhou`
 * | group | outcome | has now | execution | began | took | rollback |
 * ## Timeline
 */
/** A rollout as Markdown (CommonMark and GitHub's tables), for a ticket. Times are UTC. */
public final class WaveReport {
  /** Something that happened to a group. */
  private record Event(Instant at, int wave, String text) {}

  private WaveReport() {}

  /** All of it. */
  public static String markdown(RolloutFile file, WaveStatus status, NextStep next, Instant now) {
    StringBuilder out = new StringBuilder();
    out.append("# ")
        .append(Markdown.code(status.id()))
        .append(" by ")
        .append(Markdown.code(status.rollout().file()))
        .append("\n\n")
        .append(Markdown.code(WaveSentence.outcome(status, next, now)))
        .append("\n\n| | |\n|---|---|\n");
    head(out, file, status);
    file.waves().forEach(w -> wave(out, file, w, status.of(w)));
    timeline(out, status);
    return out.toString().stripTrailing();
  }

  private static void head(StringBuilder out, RolloutFile file, WaveStatus status) {
    WaveRollout r = status.rollout();
    row(out, "reason", r.reason().isEmpty() ? "none given" : Markdown.cell(r.reason()));
    row(out, "who", Markdown.cell(r.author().text()));
    Instant end = status.ended();
    row(
        out,
        "when",
        when(r.at()) + (end == null ? ", not at its end" : ", " + WaveSentence.took(status, end)));
    row(out, "profile", Markdown.cell(r.profile()));
    row(out, "method", Markdown.cell(file.method().word()));
    row(out, "script", script(file.spec().script()));
    row(out, "rollback script", script(file.spec().rollbackScript()));
    row(out, "batches", Markdown.cell(WaveText.sizing(file.spec())));
    row(out, "failures", WaveText.failures(file));
    row(out, "started anyway, because", Markdown.cell(r.through()));
    if (status.wish() != WaveStatus.Wish.GO) {
      String wish =
          switch (status.wish()) {
            case GO -> "";
            case PAUSE -> "to pause";
            case ABORT -> "to abort";
            case BACK -> "to roll back";
          };
      row(out, "asked", wish + (status.why().isEmpty() ? "" : ": " + Markdown.cell(status.why())));
    }
  }

  private static String script(@Nullable Script s) {
    return s == null
        ? ""
        : Markdown.cell(s.name())
            + ", "
            + s.bytes()
            + " bytes, SHA-256 "
            + Markdown.cell(s.sha256());
  }

  private static void wave(
      StringBuilder out, RolloutFile file, Wave wave, List<GroupProgress> groups) {
    out.append("\n## Wave ")
        .append(wave.number())
        .append(": ")
        .append(Markdown.code(wave.region()))
        .append("\n\n")
        .append(WaveText.groups(groups.size()))
        .append(", at most ")
        .append(wave.atOnce())
        .append(" at once");
    if (!wave.bake().isZero()) {
      out.append("; bake ").append(TimeText.span(wave.bake()));
    }
    WaveHours hours = wave.hours();
    if (hours != null) {
      out.append("; hours ").append(Markdown.code(hours.text()));
    }
    out.append("\n\n| group | outcome | has now | execution | began | took | rollback |\n")
        .append("|---|---|---|---|---|---|---|\n");
    for (GroupProgress g : groups) {
      GroupStart launch = g.launch();
      GroupStart back = g.back();
      out.append(
          Markdown.row(
              Markdown.cell(g.group().group())
                  + (g.group().name().isEmpty() ? "" : " " + Markdown.cell(g.group().name())),
              Markdown.cell(WaveText.settled(g)),
              Markdown.cell(WaveText.has(g, file)),
              launch == null ? "" : executions(g, launch),
              launch == null ? "" : when(launch.at()),
              launch == null ? "" : took(launch),
              back != null ? execution(back) : g.undone() ? "by OOS" : ""));
    }
  }

  /** All of them, the newest first. */
  private static String executions(GroupProgress g, GroupStart newest) {
    String all = execution(newest);
    for (int i = g.earlier().size() - 1; i >= 0; i--) {
      all += ", after " + execution(g.earlier().get(i));
    }
    return all;
  }

  private static String execution(GroupStart start) {
    String id = start.executionId();
    return id != null
        ? Markdown.cell(id)
        : (start.never() ? "refused" : "not answered")
            + (start.why().isEmpty() ? "" : ": " + Markdown.cell(start.why()));
  }

  private static String took(GroupStart start) {
    Instant end = start.ended();
    return end == null ? "" : TimeText.span(Duration.between(start.at(), end));
  }

  private static void timeline(StringBuilder out, WaveStatus status) {
    List<Event> events = new ArrayList<>();
    for (GroupProgress g : status.groups()) {
      g.earlier().forEach(start -> add(events, g, start, "launch"));
      add(events, g, g.launch(), g.earlier().isEmpty() ? "launch" : "launch again");
      add(events, g, g.back(), "rollback");
    }
    out.append("\n## Timeline\n\n| when | wave | what |\n|---|---|---|\n");
    out.append(Markdown.row(when(status.rollout().at()), "", "the rollout began"));
    events.stream()
        .sorted(Comparator.comparing(Event::at))
        .forEach(e -> out.append(Markdown.row(when(e.at()), e.wave(), e.text())));
    if (status.ended() != null) {
      out.append(Markdown.row(when(status.ended()), "", "the rollout ended"));
    }
  }

  private static void add(
      List<Event> events, GroupProgress g, @Nullable GroupStart start, String what) {
    if (start == null) {
      return;
    }
    String group = Markdown.cell(g.group().group());
    String on = what + " on " + group + ": " + execution(start);
    events.add(new Event(start.at(), g.group().wave(), on));
    Instant end = start.ended();
    if (end != null) {
      String status = start.status() == null ? "ended" : Markdown.cell(start.status().word());
      String text =
          what + " on " + group + ": " + status + " " + start.succeeded() + "/" + start.total();
      events.add(new Event(end, g.group().wave(), text));
    }
  }

  /** In whole seconds. */
  private static String when(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static void row(StringBuilder out, String name, String value) {
    out.append(value.isEmpty() ? "" : Markdown.row(name, value));
  }
}
