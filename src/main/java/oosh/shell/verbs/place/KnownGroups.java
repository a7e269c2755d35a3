package oosh.shell.verbs.place;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import oosh.rollout.ParallelReads;
import oosh.rollout.Problem;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.plan.GroupAnswer;
import oosh.rollout.record.History;
import oosh.shell.CommandInput;
import oosh.shell.Session;
import oosh.shell.WordCompleter;

/**
 * Asks every group on which the journal knows an execution, in all regions of the profile. The
 * groups of a region are listed once; a region or a group that does not answer is an answer, too.
 */
public final class KnownGroups {
  /** How many groups are asked at a time. */
  private static final int AT_A_TIME = 8;

  /** The regions that {@code --regions} may name. */
  public static final WordCompleter REGIONS =
      WordCompleter.listOf(session -> session.history().regions(session.context().profile()));

  private KnownGroups() {}

  /** What is asked of a group. */
  @FunctionalInterface
  public interface Question<T> {
    /**
     * Asks; by another thread, perhaps.
     *
     * @param there a session in the group's region
     */
    T ask(Session there, ScalingGroup group);
  }

  /**
   * The answers, by region and id.
   *
   * @throws Problem if the line is not understood, or the journal cannot be read
   */
  public static <T> List<GroupAnswer<T>> ask(
      Session session, CommandInput in, Question<T> question) {
    String profile = session.context().profile();
    History history = session.history();
    Set<String> only = regions(in);
    Set<History.Place> places =
        new LinkedHashSet<>(
            history.places(profile, only.isEmpty() ? history.regions(profile) : only));
    if (places.size() >= History.MOST_PLACES) {
      session.note("of the first " + History.MOST_PLACES + " groups that the journal knows");
    }
    session
        .context()
        .chosenGroup()
        .map(g -> new History.Place(session.context().region(), g))
        .filter(p -> only.isEmpty() || only.contains(p.region()))
        .ifPresent(places::add);
    Map<String, List<String>> byRegion = new LinkedHashMap<>();
    places.forEach(
        p -> byRegion.computeIfAbsent(p.region(), r -> new ArrayList<>()).add(p.group()));
    List<GroupAnswer<T>> all = new ArrayList<>();
    for (Map.Entry<String, List<String>> region : byRegion.entrySet()) {
      Session there =
          new Session(
              session.backends(),
              session.screen(),
              session.backends().profiles().named(profile),
              region.getKey(),
              null);
      try {
        Map<String, ScalingGroup> listed = new LinkedHashMap<>();
        there.cloud().groups().list().forEach(g -> listed.put(g.id(), g));
        ofRegion(there, region.getValue(), listed, question, all);
      } catch (Problem p) {
        all.add(GroupAnswer.silentRegion(region.getKey(), region.getValue().size(), p));
      }
    }
    return all;
  }

  private static <T> void ofRegion(
      Session there,
      List<String> groups,
      Map<String, ScalingGroup> listed,
      Question<T> question,
      List<GroupAnswer<T>> all) {
    String region = there.context().region();
    for (int i = 0; i < groups.size(); i += AT_A_TIME) {
      List<String> some = groups.subList(i, Math.min(groups.size(), i + AT_A_TIME));
      Map<String, ParallelReads.PendingRead<T>> reads = new LinkedHashMap<>();
      for (String id : some) {
        ScalingGroup group = listed.get(id);
        if (group != null) {
          reads.put(id, there.cloud().readers().begin(() -> question.ask(there, group)));
        }
      }
      for (String id : some) {
        ScalingGroup group = listed.get(id);
        ParallelReads.PendingRead<T> read = reads.get(id);
        if (group == null || read == null) {
          all.add(GroupAnswer.gone(region, id));
          continue;
        }
        try {
          all.add(GroupAnswer.of(region, group, read.get()));
        } catch (Problem p) {
          all.add(GroupAnswer.silent(region, group, p));
        }
      }
    }
  }

  /**
   * That options stand with {@code --all}.
   *
   * @throws Problem if one stands without it
   */
  public static void onlyWithAll(CommandInput in, String line, String... options) {
    for (String option : options) {
      if (in.has(option)) {
        throw Problem.usage(
            "--" + option + " goes with --all",
            "without --all it is about the chosen group alone",
            line + " --" + option + " " + in.option(option, ""));
      }
    }
  }

  private static Set<String> regions(CommandInput in) {
    String typed = in.option("regions");
    if (typed == null) {
      return Set.of();
    }
    Set<String> all = new LinkedHashSet<>(List.of(typed.split(",", -1)));
    Predicate<String> wrong = r -> !r.matches("[a-z0-9-]{2,64}");
    if (all.stream().anyMatch(wrong)) {
      throw CommandInput.notTaken(
          "--regions", typed, "regions with commas between", "--regions cn-hangzhou,cn-beijing");
    }
    return all;
  }

  /**
   * The exit status of a partial answer: 0 where any group has answered, or none had to.
   *
   * @return else that of the first problem
   */
  public static int exitStatus(List<? extends GroupAnswer<?>> all) {
    return all.stream().anyMatch(a -> a.answer() != null)
        ? 0
        : all.stream()
            .map(GroupAnswer::problem)
            .filter(Objects::nonNull)
            .findFirst()
            .map(p -> p.kind().exitStatus())
            .orElse(0);
  }
}
