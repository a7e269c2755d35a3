package oosh.view;

import static oosh.view.text.TextSanitizer.sentence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import oosh.rollout.OnFailure;
import oosh.rollout.Warning;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.plan.Plan;
import oosh.rollout.plan.Rollback;
import oosh.rollout.record.ForgottenExecution;
import oosh.rollout.update.BatchPause;
import oosh.rollout.update.BatchSizing;
import oosh.rollout.update.Context;
import oosh.rollout.update.EndNotice;
import oosh.rollout.update.Launch;
import oosh.rollout.update.ProbedScript;
import oosh.rollout.update.Rollout;
import oosh.rollout.update.RolloutStrategy;
import oosh.rollout.update.Script;
import oosh.rollout.update.TargetFilter;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import oosh.view.approval.ApprovalView;
import oosh.view.text.DescriptionList;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TextWidth;

/*
 * launch on asg-bp1web "web" · profile production · cn-hangzhou
 *   instances   6 in service; 6 take part
 *   batches     3 batches of 2: at most 33% out of service, 4 keep serving; no pause between
 *               batches
 *   order       1: i-bp1c (canary); 2: i-bp1f (unhealthy), i-bp1d
 *   script      deploy.sh (sha 3f9a1c, 412 of 18,432 bytes, RunShellScript); OOS gives it 600 s on
 *               each instance
 *   rollback    undo.sh (sha 11aa22, 96 bytes)
 *   processes   suspends and then resumes ScaleIn, ScaleOut
 *   role        OOSServiceRole
 *   because     "web 2.4.1"
 * severe  all 6 that serve may be out of service at once
 *   next  one at a time: stage batch --size 1
 * warning  1 in Standby will not be touched
 *   next   return them to service first
 */
/** What a launch or a rollback would do, in sentences. */
public final class PlanView {
  /** In columns; {@code show EXEC} has all of it. */
  private static final int LONGEST_REASON = 300;

  /** How many of the chosen instances are named. */
  private static final int NAMED = 8;

  private PlanView() {}

  public static String text(Plan plan, Style style) {
    return text(plan, false, "", style);
  }

  /**
   * @param automaticRollback whether oosh rolls it back if it fails
   * @param then what oosh does once it has succeeded; "" for nothing
   */
  public static String text(Plan plan, boolean automaticRollback, String then, Style style) {
    DescriptionList out = new DescriptionList(style, 12);
    Rollout rollout = plan.rollout();
    if (rollout instanceof Launch launch) {
      launch(out, plan, launch, automaticRollback);
    } else if (rollout instanceof Rollback rollback) {
      rollback(out, plan, rollback);
    }
    out.row("profile", plan.mark().production() ? "marked production" : "");
    out.row("approval", ApprovalView.planned(rollout.spec().strategy().approval()));
    out.row("notice", rollout instanceof Launch launch ? notice(launch) : "");
    out.row("then", then);
    out.row("role", DescriptionList.or(TextSanitizer.line(rollout.spec().role()), "left to OOS"));
    if (rollout instanceof Launch launch) {
      loose(launch).forEach((k, v) -> out.row("set", PayloadView.setting(k, v)));
    }
    if (!rollout.reason().isEmpty()) {
      out.row("because", DescriptionList.quoted(TextWidth.cut(rollout.reason(), LONGEST_REASON)));
    }
    for (Warning warning : plan.warnings()) {
      String label = warning.code().isSevere() ? "severe" : "warning";
      out.remark(label, style.warn(label), TextSanitizer.line(warning.text()))
          .next(label.length(), TextSanitizer.line(warning.remedy()));
    }
    return out.text();
  }

  /**
   * The question, with the space that the answer stands after: a yes or no, or the name of the
   * group.
   */
  public static String question(Plan plan, boolean byName) {
    Context at = plan.rollout().context();
    return byName
        ? sentence("type %s to %s, profile %s", plan.rollout().group(), act(plan), at.profile())
            + (plan.mark().production() ? " [production]: " : ": ")
        : plainQuestion(plan);
  }

  /** The question that a yes or no answers, whatever the plan warns of. */
  static String plainQuestion(Plan plan) {
    Context at = plan.rollout().context();
    return sentence(
        "%s of %s, profile %s? [y/N] ", act(plan), plan.rollout().group(), at.profile());
  }

  private static String act(Plan plan) {
    return (plan.rollout() instanceof Rollback ? "roll back " : "launch on ")
        + DescriptionList.count(plan.rollout().instances(), "instance");
  }

  private static void launch(
      DescriptionList out, Plan plan, Launch launch, boolean automaticRollback) {
    out.head("launch on " + GroupView.named(plan.group()) + place(plan));
    boolean own = launch.context().method().usesOoshTemplate();
    method(out, launch);
    out.row("instances", states(plan) + "; " + takePart(launch));
    out.row("batches", own ? ownBatches(plan, launch) : batches(plan));
    OrderView.rows(out, plan);
    MethodView.sentences(out, launch);
    out.row("errors", mayFail(plan, launch));
    if (launch.spec().onFailureOrDefault() != OnFailure.STOP) {
      out.row("failure", launch.spec().onFailureOrDefault().sentence());
    }
    Script undo = launch.spec().rollbackScript();
    String back = MethodView.back(launch);
    String with = undo == null ? "" : " with " + TextSanitizer.line(undo.name());
    if (automaticRollback) {
      out.row(
          "on failure",
          "automatic rollback"
              + (back.isEmpty() ? with : " to " + back)
              + ", only while this oosh is watching");
    }
    Script script = launch.spec().script();
    if (script != null) {
      out.row("script", running(launch.spec(), script, type(launch)));
      GateView.rows(out::row, launch.spec().gates(), own ? launch.template().looks() : 0);
      out.row("time", GateView.time(plan));
    } else if (launch.context().method().runsScript()) {
      out.row("script", MethodView.noScript(launch.context().method()));
    }
    String none =
        launch.context().method().isUserTemplate() ? MethodView.foreignBack(launch) : "none";
    String runs = undo == null ? "" : SessionStatusView.describe(undo, "");
    out.row(
        "rollback",
        back.isEmpty() || runs.isEmpty()
            ? DescriptionList.or(back + runs, none)
            : back + ", and " + runs);
    out.row("processes", processes(plan));
  }

  /** Whom OOS tells, and who can read where. */
  private static String notice(Launch launch) {
    EndNotice notice = launch.spec().strategy().endNotice();
    return notice == null
        ? ""
        : "at its end, unless it is cancelled, OOS tells "
            + notice.name()
            + " ("
            + notice.kind()
            + "); who may read this execution in the account can read that address";
  }

  private static String mayFail(Plan plan, Launch launch) {
    RolloutStrategy strategy = launch.spec().strategy();
    String most = strategy.maxErrors();
    int tolerated = plan.capacity().tolerated();
    if (most.isEmpty() || tolerated == 0) {
      return most.isEmpty() ? "" : most + ": no instance may fail";
    }
    if (launch.context().method().usesOoshTemplate() && launch.template().asksAboutEachFailure()) {
      return most + ": but each failure waits for a person, who decides about it";
    }
    return "up to "
        + (most.endsWith("%")
            ? most + " (" + tolerated + " in all)"
            : DescriptionList.count(Integer.parseInt(most), "instance"))
        + " may fail; "
        + (launch.context().method().usesStandby() ? "failed instances stay in Standby, and " : "")
        + "OOS tags no instance";
  }

  private static void method(DescriptionList out, Launch launch) {
    UpdateMethod method = launch.context().method();
    if (method.usesOoshTemplate()) {
      String beyond = launch.spec().unsupportedBy(UpdateMethod.RUN_SCRIPT);
      out.row(
          "method",
          method.word()
              + ": oosh's own template, sent with the start"
              + (beyond.isEmpty()
                  ? ""
                  : ", because the public template has no parameter for " + beyond)
              + (launch.suspend().isEmpty() ? "" : "; after a failure it resumes the processes"));
    } else if (!method.equals(UpdateMethod.RUN_SCRIPT)) {
      out.row("method", TextSanitizer.line(method.word() + ": " + method.sentence()));
    }
  }

  /** What no sentence of the method's tells. */
  private static Map<String, Object> loose(Launch launch) {
    Map<String, Object> loose = new LinkedHashMap<>(launch.spec().extraParameters());
    launch.context().method().payload().ifPresent(p -> p.parameters().forEach(loose::remove));
    return loose;
  }

  private static void rollback(DescriptionList out, Plan plan, Rollback rollback) {
    String source = rollback.sourceExecutionId();
    out.head(sentence("roll back %s on %s", source, GroupView.named(plan.group())) + place(plan));
    Rollback.Rest rest = rollback.rest();
    if (rest != null) {
      method(out, rest.launch());
    }
    out.row(
        "instances",
        rest == null
            ? DescriptionList.count(rollback.instances(), "instance") + " that it has touched"
            : rollback.instances()
                + " of the instances that it has touched: "
                + names(rest.instances()));
    if (rest != null) {
      rest(out, rest, source);
    }
    out.row("batches", batches(plan));
    OrderView.rows(out, plan);
    MethodView.sentences(out, rollback);
    Script undo = rollback.spec().rollbackScript();
    if (undo != null) {
      out.row("script", running(rollback.spec(), undo, type(rollback)));
      GateView.rows(out::row, rollback.spec().gates(), 0);
    }
    out.row("processes", processes(plan));
  }

  private static void rest(DescriptionList out, Rollback.Rest rest, String id) {
    if (rest.forgotten()) {
      out.row("journal", TextSanitizer.line(ForgottenExecution.sentence(List.of(id))));
    }
    if (!rest.gone().isEmpty()) {
      out.row("has left", names(rest.gone()) + ": the public template would stop there");
    }
    if (!rest.done().isEmpty()) {
      out.row("done", "rolled back already: " + done(rest.done()));
    }
  }

  /** {@code i-bp1a by exec-6f1c; i-bp1b, i-bp1c by exec-8f31}, in the order of instances. */
  private static String done(Map<String, String> done) {
    Map<String, List<String>> by = new LinkedHashMap<>();
    new TreeMap<>(done)
        .forEach((i, rollback) -> by.computeIfAbsent(rollback, r -> new ArrayList<>()).add(i));
    return by.entrySet().stream()
        .map(e -> names(e.getValue()) + " by " + TextSanitizer.line(e.getKey()))
        .collect(Collectors.joining("; "));
  }

  private static String names(Collection<String> ids) {
    return DescriptionList.list(ids, NAMED);
  }

  /** {@code · profile production · cn-hangzhou}. */
  private static String place(Plan plan) {
    Context at = plan.rollout().context();
    return sentence(" · profile %s · %s", at.profile(), at.region());
  }

  private static String states(Plan plan) {
    ScalingGroup group = plan.group();
    int idle = group.inService() + group.protectedInstances() - plan.capacity().serving();
    return group.inService()
        + " in service"
        + GroupView.part(
            Math.max(0, idle), " of them " + (idle == 1 ? "does" : "do") + " not serve")
        + GroupView.part(group.protectedInstances(), " Protected")
        + GroupView.part(group.standby(), " in Standby");
  }

  private static String takePart(Launch launch) {
    int n = launch.instances();
    TargetFilter only = launch.spec().strategy().only();
    String named = only.isList() && !only.skipMatching() ? names(only.names()) : "";
    return DescriptionList.or(named, String.valueOf(n))
        + (n == 1 ? " takes part" : " take part")
        + (named.isEmpty() && !only.words().isEmpty()
            ? ": " + TextSanitizer.line(only.words())
            : "");
  }

  private static String ownBatches(Plan plan, Launch launch) {
    RolloutStrategy strategy = launch.spec().strategy();
    return sentence(
            "%s: %s; %s",
            batches(launch),
            SessionStatusView.atMost(plan.capacity()),
            strategy.waitBetweenBatches().isZero()
                ? launch.spec().pauseOrDefault().sentence()
                : SessionStatusView.pause(strategy))
        + (launch.sizes().size() == 1
                || launch.template().hasBrake()
                || launch.spec().pauseOrDefault() == BatchPause.EVERY
            ? ""
            : "; pause cannot stop it, because of so many batches");
  }

  private static String batches(Launch launch) {
    return launch.spec().strategy().first().isEmpty()
        ? RolloutStrategy.list(launch.sizes())
        : launch.spec().describe(launch.sizes());
  }

  private static String batches(Plan plan) {
    List<Integer> sizes = plan.batchSizes();
    String sizing = BatchSizing.describe(sizes) + ": ";
    String pause = plan.rollout().spec().pauseOrDefault().sentence();
    String order = plan.order() == null && sizes.size() > 1 ? "; OOS chooses the order" : "";
    if (!plan.rollout().context().method().declares("batchNumber")) {
      return "as the template divides them";
    }
    if (!plan.rollout().context().method().usesStandby()) {
      return sizing
          + "at most "
          + sizes.get(0)
          + " at once, and all keep serving; "
          + pause
          + order;
    }
    return sizing + SessionStatusView.atMost(plan.capacity()) + "; " + pause + order;
  }

  /** What runs it: where the template is not told, the system of the instance decides. */
  private static String type(Rollout rollout) {
    return rollout.context().method().declares("commandType")
        ? rollout.spec().commandType().word()
        : "RunShellScript, on Windows RunPowerShellScript";
  }

  private static String running(UpdateSpec spec, Script script, String type) {
    int sent = new ProbedScript(script, spec.gates()).bytes();
    return String.format(
        Locale.ROOT,
        "%s (sha %s, %,d%s of %,d bytes%s, %s); OOS gives it %d s on each instance",
        TextSanitizer.line(script.name()),
        script.shortSha(),
        script.bytes(),
        !spec.gates().wrapsScript() ? "" : String.format(Locale.ROOT, " bytes; %,d", sent),
        Script.MAX_BYTES,
        !spec.gates().wrapsScript() ? "" : " are sent",
        type,
        spec.commandSeconds());
  }

  private static String processes(Plan plan) {
    String left = GroupView.words(plan.leftSuspended());
    String what = plan.suspends().isEmpty() ? "suspends none" : "suspends and then resumes ";
    String stay =
        plan.leftSuspended().size() == 1
            ? " is suspended already and stays so"
            : " are suspended already and stay so";
    return what
        + GroupView.words(plan.suspends())
        + GateView.scaleOutOff(plan)
        + (left.isEmpty() ? "" : "; " + left + stay);
  }
}
