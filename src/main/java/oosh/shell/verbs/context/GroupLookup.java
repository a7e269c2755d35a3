package oosh.shell.verbs.context;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import oosh.rollout.Problem;
import oosh.rollout.Unasked;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.cloud.ScalingGroups;
import oosh.rollout.update.Context;
import oosh.shell.Quoting;
import oosh.shell.Session;
import oosh.view.GroupView;
import oosh.view.text.TextSanitizer;

/** The group that a word names: by its id, else by its name, else where else it is. */
public final class GroupLookup {
  /** In seconds, for all other regions together: the answer is only a hint. */
  private static final int LONGEST = 3;

  /** How many regions are asked at once. */
  private static final int AT_ONCE = 8;

  private GroupLookup() {}

  /**
   * The group with that id, or the only one with that name.
   *
   * @throws Problem REFUSED if there is none, with its region if another region has it; or if
   *     several have the name, which are listed then
   */
  public static ScalingGroup find(Session session, String word) throws InterruptedException {
    ScalingGroups groups = session.cloud().groups();
    Optional<ScalingGroup> byId = groups.find(word);
    if (byId.isPresent()) {
      return byId.get();
    }
    List<ScalingGroup> named = groups.list().stream().filter(g -> g.name().equals(word)).toList();
    if (named.size() == 1) {
      return named.get(0);
    }
    if (named.size() > 1) {
      named.forEach(g -> session.say("  " + GroupView.line(g)));
      throw Problem.refused(
          "several scaling groups are called " + TextSanitizer.line(word),
          "a name chooses a group only where no other group has it",
          "use group " + named.get(0).id());
    }
    String here = session.context().region();
    Optional<String> elsewhere = kept(session, word);
    if (elsewhere.isEmpty()) {
      elsewhere = asked(session, word);
    }
    if (elsewhere.isEmpty()) {
      return groups.need(word, here);
    }
    throw Problem.refused(
        "no scaling group " + TextSanitizer.line(word) + " in " + here,
        "it is in " + elsewhere.get(),
        "use region " + elsewhere.get() + ", then use group " + Quoting.quoted(word));
  }

  /** As Tab knows the other regions, from earlier shells. */
  private static Optional<String> kept(Session session, String word) {
    Context at = session.context();
    try {
      return others(session).stream()
          .filter(
              region ->
                  session.choices().groups(at.profile(), region).stream()
                      .anyMatch(g -> g.id().equals(word) || g.name().equals(word)))
          .findFirst();
    } catch (Problem unread) {
      return Optional.empty();
    }
  }

  private static List<String> others(Session session) {
    return session.backends().profiles().regions().stream()
        .filter(region -> !region.equals(session.context().region()))
        .toList();
  }

  /**
   * Asks ESS in all other regions, side by side. A region that does not answer in time, or refuses,
   * is left out.
   */
  private static Optional<String> asked(Session session, String word) throws InterruptedException {
    String profile = session.context().profile();
    List<String> regions = others(session);
    List<Callable<Boolean>> questions =
        regions.stream()
            .<Callable<Boolean>>map(
                region -> () -> session.cloud(profile, region).groups().find(word).isPresent())
            .toList();
    ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE, GroupLookup::reader);
    try {
      List<Future<Boolean>> answers = pool.invokeAll(questions, LONGEST, TimeUnit.SECONDS);
      for (int i = 0; i < answers.size(); i++) {
        if (isYes(answers.get(i))) {
          return Optional.of(regions.get(i));
        }
      }
      return Optional.empty();
    } finally {
      pool.shutdownNow();
    }
  }

  private static Thread reader(Runnable read) {
    Thread thread = new Thread(Unasked.carried(read), "regions");
    thread.setDaemon(true);
    return thread;
  }

  private static boolean isYes(Future<Boolean> answer) throws InterruptedException {
    try {
      return !answer.isCancelled() && answer.get();
    } catch (ExecutionException refused) {
      return false;
    }
  }
}
