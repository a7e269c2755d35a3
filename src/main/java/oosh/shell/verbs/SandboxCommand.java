package oosh.shell.verbs;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Profile;
import oosh.shell.Answer;
import oosh.shell.CommandInput;
import oosh.shell.JsonAnswer;
import oosh.shell.SandboxControl;
import oosh.shell.Session;
import oosh.shell.Verb;
import oosh.shell.WordCompleter;
import oosh.shell.complete.CatalogueCompleter;
import oosh.view.text.DescriptionList;

/** {@code sandbox start|stop|status|reset|set|serve}: the local sandbox. */
final class SandboxCommand {
  private static final List<String> STATES =
      words("InService Standby Protected Pending Removing Stopped Running Unhealthy Healthy");

  private static final List<String> GROUP_STATES = words("Scaling SystemSuspended Idle");

  private static final String ALARM = "alarm";
  private static final List<String> ALARM_STATES = words("OK ALARM INSUFFICIENT_DATA");

  /** Services and alarms in the line of the status. */
  private static final int SHOWN = 5;

  private SandboxCommand() {}

  static List<String> words(String words) {
    return List.of(words.split(" ", -1));
  }

  static WordCompleter oneOf(List<String> some, List<String> others) {
    return WordCompleter.words(
        Stream.of(some, others).flatMap(List::stream).toArray(String[]::new));
  }

  static Verb of(String word, String sentence, JsonAnswer answer) {
    return Verb.of("sandbox " + word, Verb.HelpSection.SHELL, sentence)
        .withoutJournal()
        .answers(answer);
  }

  static SandboxControl sandbox(Session session) {
    return session.backends().sandboxControl();
  }

  static Verb start() {
    return of("start", "start the local sandbox", JsonAnswer.SANDBOX)
        .example("sandbox start")
        .does((session, in) -> print(session, in, sandbox(session).start()));
  }

  /** The main class does it: it lasts until it is ended, and is no part of a shell. */
  static Verb serve() {
    return of(
            "serve",
            "a sandbox for any SDK, until it is stopped; outside the shell",
            JsonAnswer.NOTHING)
        .example(
            "sandbox serve --port 8765",
            "sandbox serve --port 8765 --state FILE",
            "sandbox serve --port 8765 --user alice --user bob",
            "sandbox serve --port 8765 --no-pace --no-scripts",
            "sandbox serve --port 8765 --groups 100 --instances 100")
        .flag("port", "PORT", "on 127.0.0.1; by default any free port")
        .flag("state", "FILE", "keep its state there; nothing is kept without it")
        .flag("user", "NAME", "a further RAM user, whose keys it prints; any number of times")
        .flag("no-pace", null, "its tasks take no time")
        .flag("no-scripts", null, "no script is run")
        .flag("groups", "N", "so many groups more, fleet-001 and so on, by turns in its regions")
        .flag("instances", "N", "how many instances each of them has; 10 by default")
        .does(
            (session, in) -> {
              throw Problem.refused(
                  "sandbox serve does not run inside a shell",
                  "it serves until it is stopped",
                  "oosh sandbox serve --port 8765, at another prompt");
            });
  }

  static Verb stop() {
    return of("stop", "stop it; its state is kept", JsonAnswer.MESSAGE)
        .example("sandbox stop")
        .does(
            (session, in) ->
                Answer.message(
                    session,
                    in,
                    sandbox(session).stop() ? "the sandbox has ended" : "no sandbox runs"));
  }

  static Verb status() {
    return of("status", "whether one runs, and where", JsonAnswer.SANDBOX)
        .example("sandbox status", "sandbox status --output json")
        .does((session, in) -> print(session, in, sandbox(session).status()));
  }

  static Verb reset() {
    return of("reset", "back to the groups it began with", JsonAnswer.MESSAGE)
        .example("sandbox reset")
        .does(
            (session, in) -> {
              sandbox(session).reset();
              return Answer.message(session, in, "the sandbox is back to its first state");
            });
  }

  static Verb set() {
    return of("set", "change the group, as a user may have done by hand", JsonAnswer.MESSAGE)
        .example(
            "sandbox set i-bp1c Standby",
            "sandbox set i-bp1c Unhealthy",
            "sandbox set i-bp1c --service 503",
            "sandbox set i-bp1c --tag release=canary",
            "sandbox set i-bp1c --zone cn-hangzhou-h",
            "sandbox set i-bp1c --gone",
            "sandbox set exec-6f1c0b3a9d2e4f58 --gone",
            "sandbox set asg-bp1big --size 1000",
            "sandbox set asg-bp1web --size 8 --after 30s",
            "sandbox set asg-bp1web Scaling",
            "sandbox set alarm web-cpu ALARM",
            "sandbox set DeployRole --lacks ecs:TagResources")
        .argument("INSTANCE|GROUP|ROLE|EXEC|alarm", SandboxWords.SETS)
        .optional(
            "STATE|RULE",
            forAlarm(
                (session, before, prefix) ->
                    session.context().profile().equals(Profile.SANDBOX)
                        ? CatalogueCompleter.RULES.propose(session, before, prefix)
                        : List.of(),
                oneOf(STATES, GROUP_STATES)))
        .optional("STATE", forAlarm(oneOf(ALARM_STATES, List.of()), WordCompleter.NOTHING))
        .flag(
            "gone",
            null,
            "the instance leaves its group, as in scaling in; OOS forgets the execution")
        .flag(
            "service", "WORD", "what the instance's service is: up, down, or answers, such as 503")
        .values("service", WordCompleter.words("up", "down", "503"))
        .flag("tag", "KEY=VALUE", "a tag that ECS has of the instance")
        .flag("zone", "ZONE", "the instance is in that zone")
        .flag("size", "N", "how many instances the group has")
        .flag("after", "TIME", "with --size: so long from now")
        .flag("lacks", "RIGHTS", "what the role may not do; none for nothing")
        .does(SandboxCommand::set);
  }

  private static WordCompleter forAlarm(WordCompleter alarm, WordCompleter others) {
    return (session, before, prefix) ->
        (before.get(2).equals(ALARM) ? alarm : others).propose(session, before, prefix);
  }

  private static int alarm(Session session, CommandInput in) {
    String rule = in.argument(1).orElse("RULE");
    String state =
        in.argument(2)
            .flatMap(s -> ALARM_STATES.stream().filter(s::equalsIgnoreCase).findFirst())
            .orElseThrow(
                () ->
                    Problem.usage(
                        "sandbox set alarm " + rule + " needs a state",
                        "an alarm rule can be " + String.join(", ", ALARM_STATES),
                        "sandbox set alarm " + rule + " ALARM"));
    sandbox(session).setAlarm(rule, state);
    return Answer.message(session, in, "alarm rule %s is %s", rule, state);
  }

  private static int set(Session session, CommandInput in) {
    String what = in.need(0);
    if (what.equals(ALARM)) {
      return alarm(session, in);
    }
    if (in.argument(2).isPresent()) {
      throw Problem.usage(
          "sandbox set " + what + " does not take \"" + in.need(2) + "\"",
          "only an alarm rule has a word more",
          "sandbox set alarm web-cpu ALARM");
    }
    Optional<Integer> size = in.number("size");
    if (size.isPresent()) {
      return size(session, in, what, size.get());
    }
    if (in.has("after")) {
      throw Problem.usage(
          "sandbox set " + what + " does not take --after",
          "only the size of a group can be ordered for later",
          "sandbox set asg-bp1web --size 8 --after 30s");
    }
    String service = in.option("service");
    if (service != null) {
      sandbox(session).setService(what, service);
      String does = service.matches("up|down") ? "is " + service : "answers " + service;
      return Answer.message(session, in, "the service of %s %s", what, does);
    }
    String tag = in.option("tag");
    if (tag != null) {
      return tag(session, in, what, tag);
    }
    String zone = in.option("zone");
    if (zone != null) {
      sandbox(session).setZone(what, zone);
      return Answer.message(session, in, "%s is in %s", what, zone);
    }
    String lacks = in.option("lacks");
    if (lacks != null) {
      List<String> rights = lacks.equals("none") ? List.of() : List.of(lacks.split(",", -1));
      sandbox(session).setRole(what, rights);
      String missing = rights.isEmpty() ? "nothing" : String.join(", ", rights);
      return Answer.message(session, in, what + " lacks " + missing);
    }
    if (in.has("gone") && what.startsWith("exec-")) {
      sandbox(session).forget(what);
      return Answer.message(session, in, "OOS no longer knows " + what);
    }
    if (in.has("gone")) {
      sandbox(session).takeOut(what);
      return Answer.message(session, in, what + " has left its group");
    }
    boolean group = what.startsWith("asg-");
    List<String> states = group ? GROUP_STATES : STATES;
    String state =
        in.argument(1)
            .flatMap(s -> states.stream().filter(s::equalsIgnoreCase).findFirst())
            .orElseThrow(
                () ->
                    Problem.usage(
                        "sandbox set " + what + " needs a state",
                        (group ? "a group can be " : "an instance can be ")
                            + String.join(", ", states),
                        "sandbox set " + what + " " + states.get(group ? 0 : 1)));
    if (group) {
      sandbox(session).setGroup(what, state);
    } else {
      sandbox(session).setInstance(what, state);
    }
    return Answer.message(session, in, what + " is " + state);
  }

  private static int size(Session session, CommandInput in, String group, int size) {
    String given = in.option("after", "0s");
    Duration after =
        time("--after", given, "sandbox set " + group + " --size " + size + " --after 30s");
    sandbox(session).setSize(group, size, after);
    String instances = DescriptionList.count(size, "instance");
    return after.isZero()
        ? Answer.message(session, in, "%s has %s", group, instances)
        : Answer.message(
            session, in, "ordered: %s has %s in %d s", group, instances, after.toSeconds());
  }

  static Duration time(String flag, String given, String example) {
    return CommandInput.taken(
        CommandInput.time(given), flag, given, "a whole number and s, m or h", example);
  }

  private static int tag(Session session, CommandInput in, String instance, String tag) {
    int equals = tag.indexOf('=');
    if (equals < 1) {
      throw CommandInput.notTaken(
          "--tag", tag, "KEY=VALUE", "sandbox set " + instance + " --tag release=canary");
    }
    sandbox(session).setTag(instance, tag.substring(0, equals), tag.substring(equals + 1));
    return Answer.message(session, in, "%s has the tag %s", instance, tag);
  }

  private static int print(Session session, CommandInput in, SandboxControl.SandboxStatus status) {
    session.print(in.json() ? status.json() : session.style().wrapped(line(status)));
    return 0;
  }

  private static String line(SandboxControl.SandboxStatus s) {
    String scripts =
        s.notRun().isEmpty()
            ? "scripts run in " + s.jail()
            : "no script is run (" + s.notRun() + ")";
    return s.port() == 0
        ? "no sandbox runs; sandbox start starts one"
        : String.format(
                Locale.ROOT,
                "sandbox on http://127.0.0.1:%d (pid %d), %s, executions under way: %d",
                s.port(),
                s.pid(),
                scripts,
                s.running())
            + listed(", services not up: ", s.services())
            + listed(", alarms: ", s.alarms())
            + listed(", ordered: ", s.due())
            + (s.unsaved().isEmpty() ? "" : ", its state is not saved: " + s.unsaved());
  }

  /** Each with its word; of many the first few. */
  private static String listed(String heading, Map<String, String> words) {
    if (words.isEmpty()) {
      return "";
    }
    String some =
        words.entrySet().stream()
            .limit(SHOWN)
            .map(each -> each.getKey() + " " + each.getValue())
            .collect(Collectors.joining(", "));
    int more = words.size() - SHOWN;
    return heading + some + (more > 0 ? " and " + more + " more" : "");
  }
}
