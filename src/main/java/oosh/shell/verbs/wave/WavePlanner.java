package oosh.shell.verbs.wave;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oosh.rollout.ParallelReads;
import oosh.rollout.Problem;
import oosh.rollout.Warning;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.hold.Exemption;
import oosh.rollout.plan.WavePlan;
import oosh.rollout.wave.GroupOfWave;
import oosh.rollout.wave.GroupSelector;
import oosh.rollout.wave.RolloutFile;
import oosh.rollout.wave.Wave;
import oosh.shell.Session;
import oosh.shell.verbs.planning.ConflictCheck;
import oosh.shell.verbs.planning.HoldCheck;
import oosh.shell.verbs.planning.PlannedStart;
import oosh.shell.verbs.planning.StartPlanner;

/** Finds the groups that a rollout file means, and plans the launch on each. */
final class WavePlanner {
  private static final Pattern STAGE = Pattern.compile("\\bstage ([a-z-]+)");

  private final Session session;
  private final RolloutFile file;
  private final Exemption exemption;

  /**
   * @param through why it starts although a freeze is in force; "" if it does not
   */
  WavePlanner(Session session, RolloutFile file, String through) {
    this.session = session;
    this.file = file;
    this.exemption = new Exemption(false, through, "");
  }

  /** The plan of the whole, from what the services say now. */
  WavePlan plan(String reason) {
    Map<String, Problem> silent = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    List<GroupOfWave> found = groups(silent, problems);
    List<WavePlan.OfGroup> plans = new ArrayList<>();
    for (GroupOfWave group : found) {
      plans.add(planOf(group, reason));
    }
    problems.addAll(0, silent.values());
    return new WavePlan(file, plans, problems);
  }

  private WavePlan.OfGroup planOf(GroupOfWave group, String reason) {
    try {
      Session there = GroupSession.of(session, file, group);
      PlannedStart planned = launch(there, reason);
      return new WavePlan.OfGroup(
          new GroupOfWave(
              group.position(),
              group.wave(),
              group.region(),
              group.group(),
              planned.plan().group().name(),
              planned.plan().rollout().instances()),
          ConflictCheck.add(there, planned, there.rollouts().reconcile(there.context()))
              .withWarnings(w -> new Warning(w.code(), w.text(), inFile(w.remedy()))),
          null);
    } catch (Problem p) {
      return new WavePlan.OfGroup(group, null, p.instead(p.what(), inFile(p.next())));
    }
  }

  /** What is typed at a prompt, as the file says it: {@code batch: --size 1 in the file}. */
  static String inFile(String next) {
    return STAGE
        .matcher(
            next.replace(", then launch", "")
                .replaceAll("stage set (\\S+) ([^\\s;]+)", "in the file, set: {$1: \"$2\"}"))
        .replaceAll(m -> "in the file, " + Matcher.quoteReplacement(m.group(1) + ":"));
  }

  /** The launch on the group of a session, as the services are now. */
  PlannedStart launch(Session there, String reason) {
    return held(there, new StartPlanner(there, note -> {}).launch(file.spec(), reason));
  }

  /** Held against locks and freezes, and marked with what the user has said of the profile. */
  PlannedStart held(Session there, PlannedStart planned) {
    return HoldCheck.add(
        there, planned.with(exemption).marked(session.backends().config().profiles()));
  }

  /** The groups in their order; each of a region is read once. */
  private List<GroupOfWave> groups(Map<String, Problem> silent, List<Problem> problems) {
    Map<String, ParallelReads.PendingRead<List<ScalingGroup>>> reads = new LinkedHashMap<>();
    for (Wave wave : file.waves()) {
      Session there = GroupSession.at(session, wave.region());
      reads.computeIfAbsent(
          wave.region(), r -> there.cloud().readers().begin(() -> there.cloud().groups().list()));
    }
    List<GroupOfWave> found = new ArrayList<>();
    Map<String, Integer> waveOf = new HashMap<>();
    for (Wave wave : file.waves()) {
      List<ScalingGroup> taken;
      try {
        taken = among(wave, Objects.requireNonNull(reads.get(wave.region())).get());
      } catch (Problem p) {
        silent.putIfAbsent(wave.region(), p.instead(wave.region() + ": " + p.what(), p.next()));
        continue;
      }
      missing(wave, taken, problems);
      for (ScalingGroup group : taken) {
        Integer before = waveOf.putIfAbsent(wave.region() + " " + group.id(), wave.number());
        if (before != null) {
          problems.add(
              Problem.refused(
                  group.id() + " is in wave " + before + " and in wave " + wave.number(),
                  "a rollout launches on a group once",
                  "take it out of one of them"));
          continue;
        }
        found.add(
            new GroupOfWave(
                found.size(),
                wave.number(),
                wave.region(),
                group.id(),
                group.name(),
                group.total()));
      }
    }
    if (found.size() > RolloutFile.MOST_GROUPS) {
      problems.add(
          Problem.refused(
              "the file means " + found.size() + " groups",
              "a rollout takes at most " + RolloutFile.MOST_GROUPS,
              "make two files of it"));
    }
    return found;
  }

  private List<ScalingGroup> among(Wave wave, List<ScalingGroup> all) {
    List<String> tagged =
        wave.groups() instanceof GroupSelector.Tagged tag
            ? GroupSession.at(session, wave.region())
                .cloud()
                .groups()
                .tagged(tag.key(), tag.value())
            : List.of();
    return wave.groups().among(all, tagged);
  }

  private static void missing(Wave wave, List<ScalingGroup> taken, List<Problem> problems) {
    if (wave.groups() instanceof GroupSelector.Named named) {
      for (String word : named.groups()) {
        if (taken.stream().noneMatch(g -> g.id().equals(word) || g.name().equals(word))) {
          problems.add(
              Problem.refused(
                  "wave " + wave.number() + ": no scaling group " + word,
                  "ESS does not know it in " + wave.region(),
                  "use region " + wave.region() + ", then use group (Tab lists them)"));
        }
      }
    } else if (taken.isEmpty()) {
      problems.add(
          Problem.refused(
              "wave " + wave.number() + " has no group",
              "none in " + wave.region() + " fits " + wave.groups().text(),
              "correct the file, or take the wave out"));
    }
  }
}
