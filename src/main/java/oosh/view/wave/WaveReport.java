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
import oosh.view.document.MarkdownDocument;
import oosh.view.document.Phrase;
import oosh.view.document.ReportDocument;
import oosh.view.document.ReportDocument.Fact;
import oosh.view.document.ReportDocument.Grid;
import oosh.view.document.ReportDocument.Section;
import oosh.view.document.Tone;
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
/** A rollout, for a ticket: as Markdown, or as the parts of a page. Times are UTC. */
public final class WaveReport {
  /** Something that happened to a group. */
  private record Event(Instant at, int wave, Phrase text) {}

  /** The title of the section with all that happened. */
  static final String TIMELINE = "Timeline";

  private WaveReport() {}

  /** All of it. */
  public static String markdown(RolloutFile file, WaveStatus status, NextStep next, Instant now) {
    return MarkdownDocument.text(document(file, status, next, now));
  }

  /** The same as parts, of which a page is made, too. */
  static ReportDocument document(RolloutFile file, WaveStatus status, NextStep next, Instant now) {
    List<Section> sections = new ArrayList<>();
    file.waves().forEach(w -> sections.add(wave(file, w, status.of(w))));
    sections.add(timeline(status));
    return new ReportDocument(
        Phrase.foreign(status.id()).and(" by ").andForeign(status.rollout().file()),
        List.of(
            new ReportDocument.Paragraph(Phrase.foreign(WaveSentence.outcome(status, next, now))),
            new ReportDocument.Facts(head(file, status))),
        sections);
  }

  private static List<Fact> head(RolloutFile file, WaveStatus status) {
    WaveRollout r = status.rollout();
    List<Fact> rows = new ArrayList<>();
    rows.add(
        new Fact(
            "reason",
            r.reason().isEmpty() ? Phrase.own("none given") : Phrase.foreign(r.reason())));
    rows.add(new Fact("who", Phrase.foreign(r.author().text())));
    Instant end = status.ended();
    String took = end == null ? ", not at its end" : ", " + WaveSentence.took(status, end);
    rows.add(new Fact("when", Phrase.own(when(r.at()) + took)));
    rows.add(new Fact("profile", Phrase.foreign(r.profile())));
    rows.add(new Fact("method", Phrase.foreign(file.method().word())));
    rows.add(new Fact("script", script(file.spec().script())));
    rows.add(new Fact("rollback script", script(file.spec().rollbackScript())));
    rows.add(new Fact("batches", Phrase.foreign(WaveText.sizing(file.spec()))));
    rows.add(new Fact("failures", Phrase.own(WaveText.failures(file))));
    rows.add(new Fact("started anyway, because", Phrase.foreign(r.through())));
    if (status.wish() != WaveStatus.Wish.GO) {
      String wish =
          switch (status.wish()) {
            case GO -> "";
            case PAUSE -> "to pause";
            case ABORT -> "to abort";
            case BACK -> "to roll back";
          };
      rows.add(
          new Fact(
              "asked",
              Phrase.own(wish + (status.why().isEmpty() ? "" : ": ")).andForeign(status.why())));
    }
    return rows;
  }

  private static Phrase script(@Nullable Script s) {
    return s == null
        ? Phrase.EMPTY
        : Phrase.foreign(s.name())
            .and(", " + s.bytes() + " bytes, SHA-256 ")
            .andForeign(s.sha256());
  }

  private static Section wave(RolloutFile file, Wave wave, List<GroupProgress> groups) {
    WaveHours hours = wave.hours();
    Phrase how =
        Phrase.own(
            WaveText.groups(groups.size())
                + ", at most "
                + wave.atOnce()
                + " at once"
                + (wave.bake().isZero() ? "" : "; bake " + TimeText.span(wave.bake())));
    List<List<Phrase>> rows = new ArrayList<>();
    for (GroupProgress g : groups) {
      GroupStart launch = g.launch();
      GroupStart back = g.back();
      Phrase name = Phrase.foreign(g.group().group());
      rows.add(
          List.of(
              g.group().name().isEmpty() ? name : name.and(" ").andForeign(g.group().name()),
              Phrase.status(WaveText.settled(g), WaveText.tone(g)),
              Phrase.foreign(WaveText.has(g, file)),
              launch == null ? Phrase.EMPTY : executions(g, launch),
              Phrase.own(launch == null ? "" : when(launch.at())),
              Phrase.own(launch == null ? "" : took(launch)),
              back != null ? execution(back) : Phrase.own(g.undone() ? "by OOS" : "")));
    }
    return new Section(
        Phrase.own("Wave " + wave.number() + ": ").andForeign(wave.region()),
        List.of(
            new ReportDocument.Paragraph(
                hours == null ? how : how.and("; hours ").andForeign(hours.text())),
            new Grid(
                List.of("group", "outcome", "has now", "execution", "began", "took", "rollback"),
                rows)));
  }

  /** All of them, the newest first. */
  private static Phrase executions(GroupProgress g, GroupStart newest) {
    Phrase all = execution(newest);
    for (int i = g.earlier().size() - 1; i >= 0; i--) {
      all = all.and(", after ").and(execution(g.earlier().get(i)));
    }
    return all;
  }

  private static Phrase execution(GroupStart start) {
    String id = start.executionId();
    return id != null
        ? Phrase.foreign(id)
        : Phrase.own(
                (start.never() ? "refused" : "not answered") + (start.why().isEmpty() ? "" : ": "))
            .andForeign(start.why());
  }

  private static String took(GroupStart start) {
    Instant end = start.ended();
    return end == null ? "" : TimeText.span(Duration.between(start.at(), end));
  }

  private static Section timeline(WaveStatus status) {
    List<Event> events = new ArrayList<>();
    for (GroupProgress g : status.groups()) {
      g.earlier().forEach(start -> add(events, g, start, "launch"));
      add(events, g, g.launch(), g.earlier().isEmpty() ? "launch" : "launch again");
      add(events, g, g.back(), "rollback");
    }
    List<List<Phrase>> rows = new ArrayList<>();
    rows.add(row(status.rollout().at(), "", Phrase.own("the rollout began")));
    events.stream()
        .sorted(Comparator.comparing(Event::at))
        .forEach(e -> rows.add(row(e.at(), String.valueOf(e.wave()), e.text())));
    if (status.ended() != null) {
      rows.add(row(status.ended(), "", Phrase.own("the rollout ended")));
    }
    return new Section(TIMELINE, List.of(new Grid(List.of("when", "wave", "what"), rows)));
  }

  private static List<Phrase> row(Instant at, String wave, Phrase what) {
    return List.of(Phrase.own(when(at)), Phrase.own(wave), what);
  }

  private static void add(
      List<Event> events, GroupProgress g, @Nullable GroupStart start, String what) {
    if (start == null) {
      return;
    }
    Phrase on = Phrase.own(what + " on ").andForeign(g.group().group()).and(": ");
    events.add(new Event(start.at(), g.group().wave(), on.and(execution(start))));
    Instant end = start.ended();
    if (end != null) {
      Phrase status =
          start.status() == null
              ? Phrase.own("ended")
              : Phrase.status(start.status().word(), Tone.of(start.status(), false));
      events.add(
          new Event(
              end,
              g.group().wave(),
              on.and(status).and(" " + start.succeeded() + "/" + start.total())));
    }
  }

  /** In whole seconds. */
  private static String when(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
