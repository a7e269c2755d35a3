package oosh.view.wave;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import oosh.rollout.wave.GroupProgress;
import oosh.rollout.wave.GroupStart;
import oosh.rollout.wave.NextStep;
import oosh.rollout.wave.RolloutFile;
import oosh.rollout.wave.Wave;
import oosh.rollout.wave.WaveStatus;
import oosh.view.document.Phrase;
import oosh.view.document.ReportDocument;
import oosh.view.document.Tone;
import oosh.view.page.HtmlPage;
import oosh.view.page.Timeline;
import oosh.view.page.Timeline.Bar;
import oosh.view.page.Timeline.Kind;
import oosh.view.page.Timeline.Level;
import oosh.view.page.Timeline.Row;
import oosh.view.page.TimelineDrawing;
import oosh.view.text.TimeText;

/*
 * wave-6f1c by rollout.yaml
 * 3 of 3 groups succeeded in 4m 00s
 * Summary
 * Timeline   the picture
 * Wave 1: cn-hangzhou
 * …
 * Starts and ends
 */
/** The report of a rollout over many groups as a page: what the Markdown has, with a picture. */
public final class WavePage {
  /** With more groups than this in a wave, those that are well share a row. */
  private static final int MOST_GROUPS = 40;

  private final RolloutFile file;
  private final WaveStatus status;
  private final Instant now;
  private final List<Row> rows = new ArrayList<>();

  private WavePage(RolloutFile file, WaveStatus status, Instant now) {
    this.file = file;
    this.status = status;
    this.now = now;
  }

  /**
   * The page.
   *
   * @param mask takes secrets out of a text
   */
  public static String html(
      RolloutFile file, WaveStatus status, NextStep next, Instant now, UnaryOperator<String> mask) {
    ReportDocument document = WaveReport.document(file, status, next, now);
    String outcome = WaveSentence.outcome(status, next, now);
    Timeline timeline = new WavePage(file, status, now).timeline(outcome);
    return HtmlPage.of(
        document.title(),
        Phrase.own(outcome),
        now,
        mask,
        page -> {
          page.section(
              Phrase.own("Summary"),
              document.facts().stream().filter(b -> b instanceof ReportDocument.Facts).toList());
          if (!timeline.isEmpty()) {
            page.section(Phrase.own("Timeline"), () -> TimelineDrawing.draw(timeline, page));
          }
          for (ReportDocument.Section s : document.sections()) {
            // The picture has that title already.
            boolean table = s.title().equals(Phrase.own(WaveReport.TIMELINE));
            page.section(table ? Phrase.own("Starts and ends") : s.title(), s.blocks());
          }
        });
  }

  private Timeline timeline(String outcome) {
    for (Wave wave : file.waves()) {
      List<GroupProgress> groups = status.of(wave);
      rows.add(
          new Row("Wave " + wave.number() + ": " + wave.region(), Level.TOP, false, List.of()));
      List<GroupProgress> apart =
          groups.size() <= MOST_GROUPS
              ? groups
              : groups.stream().filter(g -> WaveText.tone(g) != Tone.GOOD).toList();
      List<GroupProgress> shown = apart.stream().limit(MOST_GROUPS).toList();
      shown.forEach(g -> rows.add(new Row(name(g), Level.ROW, false, bars(g))));
      together(groups.stream().filter(g -> !shown.contains(g)).toList());
      bake(wave, groups);
    }
    return new Timeline(
        rows,
        "The rollout began "
            + status.rollout().at()
            + ": "
            + outcome
            + ". The tables below have the figures.");
  }

  private static String name(GroupProgress g) {
    return g.group().name().isEmpty()
        ? g.group().group()
        : g.group().group() + " " + g.group().name();
  }

  private List<Bar> bars(GroupProgress g) {
    List<Bar> bars = new ArrayList<>();
    g.launches().forEach(start -> bar(bars, g, start, Kind.LAUNCH, "launch"));
    GroupStart back = g.back();
    if (back != null && back.executionId() != null) {
      bar(bars, g, back, Kind.BACK, "rollback");
    }
    return bars;
  }

  private void bar(List<Bar> bars, GroupProgress g, GroupStart start, Kind kind, String what) {
    Instant end = end(start);
    String word = start.status() == null ? "Started" : start.status().word();
    String label = word + " " + start.succeeded() + "/" + start.total();
    bars.add(
        new Bar(
            start.at(),
            end,
            kind,
            label,
            Tone.of(start.status(), false),
            what
                + " on "
                + g.group().group()
                + ", "
                + start.executionId()
                + ": "
                + label
                + ", "
                + TimeText.span(Duration.between(start.at(), end))));
  }

  /** Clocks differ: nothing ends before it began. */
  private Instant end(GroupStart start) {
    Instant end = start.ended() != null ? start.ended() : start.forgotten() ? start.at() : now;
    return end.isBefore(start.at()) ? start.at() : end;
  }

  /** One row for all that are well, or that are too many. */
  private void together(List<GroupProgress> groups) {
    List<Bar> all = groups.stream().flatMap(g -> bars(g).stream()).toList();
    Optional<Instant> from = all.stream().map(Bar::from).min(Comparator.naturalOrder());
    Optional<Instant> to = all.stream().map(Bar::to).max(Comparator.naturalOrder());
    if (groups.isEmpty()) {
      return;
    }
    String name = WaveText.groups(groups.size()) + " more";
    String counts = WaveText.counts(groups, WaveText::settled);
    boolean well = groups.stream().allMatch(g -> WaveText.tone(g) == Tone.GOOD);
    rows.add(
        new Row(
            name,
            Level.ROW,
            false,
            from.isEmpty() || to.isEmpty()
                ? List.of()
                : List.of(
                    new Bar(
                        from.get(),
                        to.get(),
                        Kind.LAUNCH,
                        counts,
                        well ? Tone.GOOD : Tone.CAREFUL,
                        name + ": " + counts))));
  }

  /** From its last end to the first start of the next wave, or as far as it has come. */
  private void bake(Wave wave, List<GroupProgress> groups) {
    Optional<Instant> from =
        groups.stream()
            .flatMap(g -> Stream.ofNullable(g.launch()))
            .flatMap(start -> Stream.ofNullable(start.ended()))
            .max(Comparator.naturalOrder());
    boolean over = groups.stream().allMatch(g -> g.launch() != null || !g.leftOut().isEmpty());
    if (wave.bake().isZero() || from.isEmpty() || !over) {
      return;
    }
    Instant until = from.get().plus(wave.bake());
    Instant stop =
        Stream.of(Objects.requireNonNullElse(status.ended(), now), until)
            .min(Comparator.naturalOrder())
            .orElse(until);
    if (stop.isAfter(from.get())) {
      String tip = "bake, " + TimeText.span(Duration.between(from.get(), stop));
      rows.add(
          new Row(
              "bake",
              Level.ROW,
              false,
              List.of(new Bar(from.get(), stop, Kind.PAUSE, "bake", null, tip))));
    }
  }
}
