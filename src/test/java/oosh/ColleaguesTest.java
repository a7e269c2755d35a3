package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import oosh.rollout.Warning;
import oosh.rollout.cloud.Execution;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.JournalEntry;
import oosh.shell.complete.ExecutionCompleter;
import oosh.shell.verbs.rollout.RollbackCommand;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.shell.core.command.completion.CompletionProposal;

/**
 * Two people with a journal each on one OOS: what one starts, the other sees. This shell is the
 * operator's, the colleague is ann on ops-2.
 */
class ColleaguesTest extends ShellFixture {
  private static final String FIRST = "exec-0000000000000001";
  private static final String LAUNCH = STAGED + "launch -y --confirm asg-bp1web -m 'web 2.4.1'";

  @TempDir Path home;

  private ShellFixture ann;

  @BeforeEach
  void open() {
    ann =
        new ShellFixture(
            new ColleagueBackends(backends, home, new Initiator("ann", "ops-2", 4711)));
  }

  @AfterEach
  void closeAnn() {
    ann.close();
  }

  private void launchOfAnn() {
    assertThat(ann.run(LAUNCH)).as(ann.said.toString()).isZero();
  }

  private String table() {
    return results.toString().replaceAll(" {3,}", "  ").strip();
  }

  @Test
  void historyAllListsWhatAColleagueStarted() {
    launchOfAnn();
    assertThat(run("use group asg-bp1web; history")).isZero();
    assertThat(oneLine()).contains("nothing launched yet");

    assertThat(run("history --all")).as(said.toString()).isZero();
    assertThat(results.toString())
        .isEqualTo(
            FIRST
                + "  18 s ago  asg-bp1web  Success  deploy.sh aebc9f  ann@ops-2, elsewhere"
                + "  \"web 2.4.1\"\n");
    assertThat(notes.toString()).isEmpty();

    pause(180);
    assertThat(run("history")).isZero();
    assertThat(table()).contains(FIRST, "ann@ops-2, elsewhere");
    assertThat(notes.toString().strip())
        .isEqualTo("started elsewhere: as read from OOS 3 min ago; history --all asks again");
    assertThat(run("history --output json")).isZero();
    assertThat(said.toString())
        .contains("\"state\": \"seen\"", "\"user\": \"ann\"", "\"host\": \"ops-2\"")
        .contains("\"reason\": \"web 2.4.1\"")
        .doesNotContain("as read from OOS");
  }

  @Test
  void itsFiltersHoldForColleaguesToo() {
    launchOfAnn();
    for (String filter :
        List.of(
            "--user ann",
            "--script deploy.sh",
            "--script aebc9f",
            "--status success",
            "--since 1h",
            "--group asg-bp1web")) {
      assertThat(run("history --all " + filter)).isZero();
      assertThat(table()).as(filter).startsWith(FIRST);
    }
    for (String filter : List.of("--user li", "--status Failed", "--group asg-bp1api")) {
      assertThat(run("history --all " + filter)).isZero();
      assertThat(table()).as(filter).isEqualTo("no launch matches these filters");
    }
    pause(3 * 3600);
    assertThat(run("history --all --since 1h")).isZero();
    assertThat(table()).isEqualTo("no launch matches these filters");
    assertThat(run("history --all --stats")).isZero();
    assertThat(table()).startsWith("asg-bp1web  1 launch  100% Success");
  }

  @Test
  void whatIsOnesOwnStaysOnesOwn() {
    assertThat(run(LAUNCH)).as(said.toString()).isZero();
    JournalEntry before = history().get(0);
    launchOfAnn();
    assertThat(run("history --all")).isZero();
    List<String> lines = results.toString().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).contains("ann@ops-2, elsewhere");
    assertThat(lines.get(1)).contains("Success 6/6").doesNotContain("elsewhere");
    assertThat(history().get(1)).isEqualTo(before);
    // Ann sees it the other way round.
    assertThat(ann.run("history --all")).isZero();
    assertThat(ann.results.toString().lines().filter(l -> l.contains("elsewhere")))
        .singleElement()
        .asString()
        .contains("operator@localhost, elsewhere");
  }

  @Test
  void bringsUpToDateWhatRanWhenItWasRead() throws InterruptedException {
    assertThat(ann.run(LAUNCH + " -d")).as(ann.said.toString()).isZero();
    assertThat(run("use group asg-bp1web; history --all")).isZero();
    assertThat(table()).containsAnyOf("Running", "Started");
    pause(600);
    assertThat(run("history --all")).isZero();
    assertThat(table()).contains("Success").doesNotContain("Running", "Started");
  }

  @Test
  void tabShowsWhatWasReadLast() {
    launchOfAnn();
    assertThat(run("use group asg-bp1web; history --all")).isZero();
    pause(180);
    String said = "ann@ops-2, elsewhere, read from OOS 3 min ago";
    assertThat(described(RollbackCommand.sources(session(), ""))).contains(FIRST, said);
    assertThat(described(ExecutionCompleter.ALL.propose(session(), List.of(), "exec-")))
        .contains(FIRST, said);
  }

  private static String described(List<CompletionProposal> proposals) {
    return proposals.stream()
        .map(p -> p.value() + " " + p.description())
        .collect(Collectors.joining("\n"));
  }

  @Test
  void coverageCountsWhatAColleagueLaunched() {
    launchOfAnn();
    assertThat(run("use group asg-bp1web; coverage " + FIRST)).as(said.toString()).isZero();
    assertThat(oneLine())
        .contains("deploy.sh (sha aebc9f)", "6 of 6 instances have it", FIRST + " (ann@ops-2)");
    assertThat(run("coverage " + FIRST + " --output json")).isZero();
    assertThat(said.toString()).contains("\"startedBy\": \"ann@ops-2\"");
    assertThat(run("stage script sessions/scripts/deploy.sh; plan")).isZero();
    assertThat(oneLine()).contains("already, by " + FIRST + " (ann@ops-2)");
  }

  @Test
  void doctorSaysWhoseLeftoversTheyAre() {
    backends.sandboxControl().failInstance("i-bp1c", "fail", 3, "", 1);
    assertThat(ann.run(LAUNCH)).isEqualTo(5);
    assertThat(run("use group asg-bp1web; doctor")).isZero();
    assertThat(oneLine()).contains("Standby i-bp1c: left by " + FIRST, ", by ann@ops-2)");
    assertThat(run("doctor --output json")).isZero();
    assertThat(said.toString()).contains("\"startedBy\": \"ann@ops-2\"");
    assertThat(run("heal -y --return-failed")).as(said.toString()).isZero();
    assertThat(states()).containsEntry("i-bp1c", "InService");
  }

  @Test
  void aRollbackOfTheNewestLaunchSaysThatItIsAColleagues() {
    launchOfAnn();
    assertThat(run("use group asg-bp1web; history --all; rollback --dry-run --output json"))
        .as(said.toString())
        .isZero();
    assertThat(said.toString())
        .contains("\"code\": \"" + Warning.Code.STARTED_ELSEWHERE.word() + "\"")
        .contains(FIRST + ", was started elsewhere, by ann@ops-2");
    assertThat(run("rollback " + FIRST + " --dry-run")).isZero();
    assertThat(said.toString()).doesNotContain("was started elsewhere");
  }

  @Test
  void aRollbackWarnsOfANewerLaunchOfAColleague() {
    assertThat(run(LAUNCH)).isZero();
    assertThat(ann.run(LAUNCH)).isZero();
    assertThat(run("rollback --dry-run")).as(said.toString()).isZero();
    assertThat(oneLine()).contains("(deploy.sh, by ann@ops-2), ran since on all of them");
  }

  @Test
  void aRefusalNamesTheColleagueWhoseLaunchRuns() {
    assertThat(ann.run(LAUNCH + " -d")).isZero();
    assertThat(run(LAUNCH)).isEqualTo(1);
    assertThat(oneLine()).contains("is in flight on this group", "by ann on ops-2");
    assertThat(run("doctor")).isZero();
    assertThat(oneLine()).contains("in flight " + FIRST + " (ann@ops-2) is ");
  }

  @Test
  void whereOosCannotBeAskedTheJournalAnswers() {
    launchOfAnn();
    assertThat(run("use group asg-bp1web; history --all")).isZero();
    pause(180);
    for (String how : List.of("denied", "error500", "throttle")) {
      backends.sandboxControl().failCall("ListExecutions", how, 30, 0);
      assertThat(run("history --all")).as(how).isZero();
      assertThat(results.toString()).as(how).contains(FIRST, "ann@ops-2, elsewhere");
      assertThat(notes.toString())
          .as(how)
          .startsWith("what OOS lists now is not in this list\n  why   ")
          .contains("\n  next  ", "started elsewhere: as read from OOS ");
      backends.sandboxControl().clearFaults();
    }
  }

  @Test
  void aStartWhoseAnswerWasLostIsNobodyElses() {
    backends.sandboxControl().failCall("StartExecution", "lost-answer", 3, 0);
    backends.sandboxControl().listLate("late-by-tag", Duration.ofSeconds(60));
    assertThat(run(LAUNCH)).as(said.toString()).isEqualTo(3);
    pause(30);
    assertThat(run("history --all")).isZero();
    assertThat(history()).hasSize(1).noneMatch(JournalEntry::isFromElsewhere);
  }

  @Test
  void aRetryTellsWhoAndWhichScript() {
    backends.sandboxControl().failInstance("i-bp1c", "fail", 3, "", 1);
    assertThat(ann.run(LAUNCH)).isEqualTo(5);
    backends.sandboxControl().clearFaults();
    assertThat(ann.run("retry --failed --missing -y --confirm asg-bp1web"))
        .as(ann.said.toString())
        .isZero();
    assertThat(executions()).hasSize(2);
    assertThat(executions().get(0).tags())
        .containsEntry("oosh-who", "ann@ops-2")
        .containsEntry("oosh-script", "aebc9f:deploy.sh");
  }

  @Test
  void aStartTellsWhoAndWhichScript() {
    launchOfAnn();
    Execution started = executions().get(0);
    assertThat(started.tags())
        .containsEntry("oosh-who", "ann@ops-2")
        .containsEntry("oosh-script", "aebc9f:deploy.sh");
    assertThat(ann.run("rollback -y --confirm asg-bp1web")).as(ann.said.toString()).isZero();
    assertThat(executions().get(0).tags()).containsEntry("oosh-script", "f158ef:undo.sh");
    assertThat(run("history --all")).isZero();
    assertThat(results.toString()).contains("rollback of " + FIRST);
    assertThat(run("show " + FIRST)).isZero();
    assertThat(said.toString())
        .contains("  who         ann@ops-2, as sandbox(200000000000000001)\n");
    assertThat(ann.run("show " + FIRST)).isZero();
    assertThat(ann.said.toString()).contains("  who         ann@ops-2\n");
  }
}
