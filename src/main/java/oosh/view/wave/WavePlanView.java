package oosh.view.wave;

import static oosh.view.text.TextSanitizer.sentence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import oosh.rollout.OnFailure;
import oosh.rollout.Problem;
import oosh.rollout.Warning;
import oosh.rollout.plan.Plan;
import oosh.rollout.plan.WavePlan;
import oosh.rollout.update.BatchSizing;
import oosh.rollout.update.Gates;
import oosh.rollout.update.Payload;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateSpec;
import oosh.rollout.wave.GroupOfWave;
import oosh.rollout.wave.RolloutFile;
import oosh.rollout.wave.Wave;
import oosh.rollout.wave.WaveHours;
import oosh.view.GateView;
import oosh.view.PayloadView;
import oosh.view.ProblemView;
import oosh.view.approval.ApprovalView;
import oosh.view.text.DescriptionList;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TextTable;
import oosh.view.text.TextWidth;
import oosh.view.text.TimeText;
import org.jspecify.annotations.Nullable;

/*
 * rollout.yaml: launch on 3 groups · profile sandbox
 *   method      run-script
 *   script      deploy.sh (sha 3f9a1c)
 *   rollback    undo.sh (sha 11aa22)
 *   batches     3 batches; no pause between batches
 *   failures    at the first failed group nothing more is started
 *   because     "web 2.4.1"
 *
 * wave  region       group             instances  batches  out at once
 * 1     cn-hangzhou  asg-bp1db         2          2 of 1   1 of 2 (50%)
 *       one group at a time; then a bake of 10m 00s
 * 2     cn-hangzhou  asg-bp1web "web"  6          3 of 2   2 of 6 (33%)
 *                    asg-bp1api "api"  4          2 of 2   2 of 4 (50%)
 *       2 groups at once; hours Mon-Fri 09:00-17:00 Asia/Shanghai: closed, next Mon …
 *
 * 3 groups in 2 waves, 12 instances in 1 region; at most 4 of 12 (33%) out of service at once
 * warning  asg-bp1db, asg-bp1api: there is no rollback script
 *   next   stage rollback FILE
 */
/** What a rollout file would do, in one table, with every warning by group. */
public final class WavePlanView {
  /** In columns, as of a plan of one group. */
  private static final int LONGEST_REASON = 300;

  /** How many groups a warning names. */
  private static final int NAMED = 8;

  private WavePlanView() {}

  /** The whole plan. */
  public static String text(WavePlan plan, Instant now, Style style) {
    DescriptionList out = new DescriptionList(style, 12);
    head(out, plan);
    out.plain("");
    table(out, plan, now, style);
    out.plain("");
    out.head(totals(plan));
    warnings(out, plan, style);
    problems(plan).forEach(p -> out.plain(ProblemView.text(p, style)));
    confirm(out, plan, style);
    return out.text();
  }

  private static void head(DescriptionList out, WavePlan plan) {
    RolloutFile file = plan.file();
    UpdateSpec spec = file.spec();
    out.head(
        sentence("%s: launch on %s", file.name(), WaveText.groups(plan.groups().size()))
            + plan(plan).map(WavePlanView::profile).orElse(""));
    out.row("method", TextSanitizer.line(file.method().word()));
    Payload payload = file.method().payload().orElse(null);
    if (payload != null) {
      out.row(payload.word(), PayloadView.what(payload, spec.extraParameters()));
    }
    out.row("script", script(spec.script()));
    out.row(
        "rollback",
        spec.rollbackScript() == null && spec.rollbackValues().isEmpty()
            ? "none"
            : script(spec.rollbackScript()));
    out.row("batches", WaveText.sizing(spec));
    out.row("only oosh's", TextSanitizer.line(spec.strategy().describeUnsupported()));
    GateView.rows(out::row, spec.gates(), 0);
    if (spec.onFailureOrDefault() != OnFailure.STOP) {
      out.row("failure", spec.onFailureOrDefault().sentence());
    }
    out.row("failures", WaveText.failures(file));
    out.row(
        "profile",
        plan(plan).filter(p -> p.mark().production()).map(p -> "marked production").orElse(""));
    out.row("approval", ApprovalView.planned(spec.strategy().approval()));
    out.row("role", TextSanitizer.line(spec.role()));
    plan(plan)
        .map(p -> p.rollout().reason())
        .filter(r -> !r.isEmpty())
        .ifPresent(
            r -> out.row("because", DescriptionList.quoted(TextWidth.cut(r, LONGEST_REASON))));
  }

  private static String profile(Plan plan) {
    return sentence(" · profile %s", plan.rollout().context().profile());
  }

  private static String script(@Nullable Script script) {
    return script == null
        ? ""
        : TextSanitizer.line(script.name()) + " (sha " + script.shortSha() + ")";
  }

  static Optional<Plan> plan(WavePlan plan) {
    return plan.groups().stream().map(WavePlan.OfGroup::plan).filter(Objects::nonNull).findFirst();
  }

  static List<WavePlan.OfGroup> of(WavePlan plan, Wave wave) {
    return plan.groups().stream().filter(g -> g.group().wave() == wave.number()).toList();
  }

  /** With a head and short cells where all of it fits; else each cell says what it is. */
  private static void table(DescriptionList out, WavePlan plan, Instant now, Style style) {
    TextTable columns = columns(plan, true, style);
    boolean fits = style.width() != Style.ENDLESS && columns.widest() <= style.width();
    List<List<String>> blocks = (fits ? columns : columns(plan, false, style)).blocks();
    int row = 0;
    if (fits) {
      out.plain(style.dim(blocks.get(row++).get(0)));
    }
    for (Wave wave : plan.file().waves()) {
      int groups = Math.max(1, of(plan, wave).size());
      for (int i = 0; i < groups; i++) {
        blocks.get(row++).forEach(out::plain);
      }
      TextWidth.wrap(pace(plan.file(), wave, of(plan, wave).size(), now), style.width() - 6)
          .forEach(l -> out.plain(style.dim("      " + l)));
    }
  }

  private static TextTable columns(WavePlan plan, boolean head, Style style) {
    TextTable table = new TextTable(style);
    if (head) {
      table.row("wave", "region", "group", "instances", "batches", "out at once");
    }
    for (Wave wave : plan.file().waves()) {
      boolean first = true;
      String region = TextSanitizer.line(wave.region());
      for (WavePlan.OfGroup g : of(plan, wave)) {
        boolean said = !first && head;
        table.row(
            said ? "" : (head ? "" : "wave ") + wave.number(),
            said ? "" : region,
            WaveText.group(g.group()),
            head
                ? String.valueOf(g.group().instances())
                : DescriptionList.count(g.group().instances(), "instance"),
            batches(g, head),
            out(g, head, style));
        first = false;
      }
      if (first) {
        table.row(
            (head ? "" : "wave ") + wave.number(),
            region,
            style.bad(sentence("no group: %s", wave.groups().text())));
      }
    }
    return table;
  }

  private static String batches(WavePlan.OfGroup g, boolean brief) {
    Plan plan = g.plan();
    if (plan == null) {
      return "";
    }
    String all = BatchSizing.describe(plan.batchSizes());
    return brief ? all.replaceFirst(" batch(es)?", "") : all;
  }

  private static String out(WavePlan.OfGroup g, boolean brief, Style style) {
    Plan plan = g.plan();
    if (plan == null) {
      return style.bad("cannot launch");
    }
    int out = plan.capacity().out();
    int serving = plan.capacity().serving();
    String share = out + " of " + serving + WaveText.share(out, serving) + (brief ? "" : " out");
    return plan.isSevere() ? style.warn(share) : share;
  }

  private static String pace(RolloutFile file, Wave wave, int groups, Instant now) {
    String pace =
        groups < 2
            ? "one group"
            : wave.atOnce() == 1
                ? "one group at a time"
                : Math.min(groups, wave.atOnce()) + " groups at once";
    return pace + bake(file.spec().gates(), wave) + hours(wave.hours(), now);
  }

  /** Probes and scripts look at instances, while their batch is worked on. */
  private static String bake(Gates gates, Wave wave) {
    if (wave.bake().isZero()) {
      return "";
    }
    String looks =
        gates.isEmpty()
            ? ""
            : gates.afterBatch().isEmpty()
                ? ", after which no gate is checked again"
                : ", then load balancers and alarms are checked";
    return "; then a bake of " + TimeText.span(wave.bake()) + looks;
  }

  private static String hours(@Nullable WaveHours hours, Instant now) {
    if (hours == null) {
      return "";
    }
    return "; hours "
        + TextSanitizer.line(hours.text())
        + hours
            .until(now)
            .map(until -> ": open until " + hours.clock(until))
            .or(() -> hours.next(now).map(next -> ": closed now, open " + hours.clock(next)))
            .orElse(": over, they never come again");
  }

  private static String totals(WavePlan plan) {
    long regions = plan.file().waves().stream().map(Wave::region).distinct().count();
    int most = mostOut(plan);
    int serving = serving(plan);
    return WaveText.groups(plan.groups().size())
        + " in "
        + DescriptionList.count(plan.file().waves().size(), "wave")
        + ", "
        + DescriptionList.count(plan.instances(), "instance")
        + " in "
        + DescriptionList.count(regions, "region")
        + "; at most "
        + most
        + " of "
        + serving
        + WaveText.share(most, serving)
        + " out of service at once";
  }

  static int serving(WavePlan plan) {
    return outs(plan.groups().stream(), p -> p.capacity().serving()).stream()
        .mapToInt(Integer::intValue)
        .sum();
  }

  /** Of the groups of a wave as many as may go at once; a group that has failed may stay so. */
  static int mostOut(WavePlan plan) {
    int most = 0;
    for (Wave wave : plan.file().waves()) {
      List<Integer> here = outs(of(plan, wave).stream(), p -> p.capacity().out());
      List<Integer> before =
          outs(
              plan.groups().stream().filter(g -> g.group().wave() < wave.number()),
              p -> p.capacity().out());
      int going = Math.min(here.size(), wave.atOnce());
      List<Integer> failed =
          Stream.concat(before.stream(), here.stream().skip(going))
              .sorted(Comparator.reverseOrder())
              .limit(plan.file().maxFailures())
              .toList();
      most =
          Math.max(
              most,
              Stream.concat(here.stream().limit(going), failed.stream())
                  .mapToInt(Integer::intValue)
                  .sum());
    }
    return most;
  }

  /** The largest first. */
  private static List<Integer> outs(Stream<WavePlan.OfGroup> groups, Function<Plan, Integer> of) {
    return groups
        .map(WavePlan.OfGroup::plan)
        .filter(Objects::nonNull)
        .map(of)
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  /** Equal ones are said once, the severe ones first. */
  private static void warnings(DescriptionList out, WavePlan plan, Style style) {
    Map<Warning, List<String>> by = new LinkedHashMap<>();
    long planned = 0;
    for (WavePlan.OfGroup g : plan.groups()) {
      if (g.plan() != null) {
        planned++;
        g.plan()
            .warnings()
            .forEach(w -> by.computeIfAbsent(w, k -> new ArrayList<>()).add(g.group().group()));
      }
    }
    long all = planned;
    by.entrySet().stream()
        .sorted(Comparator.comparing(e -> !e.getKey().code().isSevere()))
        .forEach(
            e -> {
              Warning w = e.getKey();
              List<String> groups = e.getValue().stream().distinct().toList();
              String label = w.code().isSevere() ? "severe" : "warning";
              String who =
                  groups.size() == all && all > 1
                      ? "every group"
                      : DescriptionList.list(groups, NAMED);
              out.remark(label, style.warn(label), who + ": " + TextSanitizer.line(w.text()))
                  .next(label.length(), TextSanitizer.line(w.remedy()));
            });
  }

  /** Those of regions and waves, then those of groups, each with its group. */
  private static List<Problem> problems(WavePlan plan) {
    List<Problem> all = new ArrayList<>(plan.problems());
    for (WavePlan.OfGroup g : plan.groups()) {
      Problem problem = g.problem();
      if (problem != null) {
        GroupOfWave at = g.group();
        String what = "wave " + at.wave() + ", " + at.group() + ": " + problem.what();
        all.add(problem.instead(what, problem.next()));
      }
    }
    return all;
  }

  private static void confirm(DescriptionList out, WavePlan plan, Style style) {
    List<String> options = confirms(plan).stream().map(g -> "--confirm " + g).toList();
    if (!options.isEmpty()) {
      out.plain(
          style.wrapped(
              options.size() == 1
                  ? "this group is started only with its own name:"
                  : "these groups are started only with the name of each:"));
      TextWidth.fill(options, " ", style.width() - 4).forEach(l -> out.plain("    " + l));
    }
  }

  /** The ids of the groups that only their own name confirms, and that nobody has confirmed. */
  private static List<String> confirms(WavePlan plan) {
    return plan.severe().stream()
        .map(WavePlan.OfGroup::group)
        .filter(g -> !g.confirmed())
        .map(g -> TextSanitizer.line(g.group()))
        .toList();
  }

  /** The question that a yes or no answers, with the space that the answer stands after. */
  public static String question(WavePlan plan) {
    return "launch on "
        + WaveText.groups(plan.groups().size())
        + ", "
        + DescriptionList.count(plan.instances(), "instance")
        + " in "
        + DescriptionList.count(plan.file().waves().size(), "wave")
        + plan(plan)
            .map(
                p ->
                    sentence(", profile %s", p.rollout().context().profile())
                        + (p.mark().production() ? " [production]" : ""))
            .orElse("")
        + "? [y/N] ";
  }
}
