package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import oosh.notify.NoticeReceiver;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executions that wait for an approval, in the shell of who has started them. */
class ApprovalVerbsTest extends ShellFixture {
  private static final String ID = "exec-0000000000000001";
  private static final String FIRST = STAGED + "stage approval --by alice,bob --need 2; ";
  private static final String REST = STAGED + "stage approval --by alice --before rest; ";

  @TempDir Path folder;

  private Execution launched() {
    return executions().get(0);
  }

  private void waits(String staged) {
    assertThat(run(staged + "launch -y -m x")).as(said::toString).isEqualTo(7);
    assertThat(oneLine()).contains("Waiting for approval by alice");
  }

  private void answers(String user, String more) {
    assertThat(run("sandbox approve " + ID + " --as " + user + more)).as(said::toString).isZero();
  }

  @Test
  void waitsBeforeItSuspendsAProcess() {
    waits(FIRST);
    assertThat(group().suspended()).isEmpty();
    assertThat(run("history")).isZero();
    assertThat(oneLine())
        .contains(ID, "Waiting", "waits for approval by alice, bob (2 needed)")
        .doesNotContain("unknown");
    // It is asked for again by every history, whoever has approved it meanwhile.
    assertThat(backends.journal().starts().find(ID).orElseThrow().unended()).isTrue();
    answers("alice", " -m 'read it'");
    assertThat(run("watch")).isEqualTo(7);
    assertThat(oneLine()).contains("alice, bob (1 of 2), before batch 1 of 3: 0 of 6");
    answers("bob", "");
    assertThat(run("watch")).isZero();
    assertThat(run("show " + ID)).isZero();
    assertThat(oneLine())
        .contains(
            "approval before the first batch by alice, bob (2 of 2): given by alice, bob",
            "approvalUri = (hidden)");
    assertThat(run("history")).isZero();
    assertThat(oneLine()).contains("Success 6/6", "approved by alice, bob");
    assertThat(run("report " + ID)).isZero();
    assertThat(oneLine()).contains("## Approvals", "Approved by alice (1 of 2): read it");
  }

  @Test
  void approveAloneListsWhatWaits() {
    assertThat(run("use group asg-bp1web; approve")).isZero();
    assertThat(oneLine()).contains("nothing waits for approval: asg-bp1web");
    waits(FIRST);
    for (String verb : new String[] {"approve", "reject"}) {
      assertThat(run(verb)).isZero();
      assertThat(oneLine())
          .contains(ID + " asg-bp1web alice, bob (2 needed), before batch 1 sandbox(")
          .contains("\"x\" next: " + verb + " EXEC");
    }
    answers("alice", "");
    assertThat(run("approve --output json")).isZero();
    assertThat(results.toString().replaceAll("\\s+", ""))
        .contains("\"need\":2,\"approvers\":[\"alice\",\"bob\"],\"approvedBy\":[\"alice\"]")
        .contains("\"missing\":1");
    assertThat(run("use group asg-bp1api; approve")).isZero();
    assertThat(oneLine()).contains("nothing waits for approval: asg-bp1api");
  }

  @Test
  void isNoPauseThatVerbsCanAnswer() {
    waits(FIRST);
    assertThat(run("continue")).isEqualTo(1);
    assertThat(oneLine())
        .contains(ID + " cannot be continued", "approval by alice, bob", "next approve " + ID);
    assertThat(run("continue --all")).isEqualTo(1);
    assertThat(run("pause")).isEqualTo(1);
    assertThat(oneLine()).contains("it waits already, for approval by alice, bob (2 needed)");
    assertThat(run("retry")).isEqualTo(1);
    assertThat(oneLine()).contains("nothing of " + ID + " can be retried");
    assertThat(run("skip -y")).isEqualTo(1);
    assertThat(launched().status()).isEqualTo(ExecutionStatus.WAITING);
  }

  @Test
  void whoStartsCannotAnswer() {
    waits(FIRST);
    assertThat(run("approve " + ID + " -y")).isEqualTo(1);
    assertThat(oneLine()).contains("who starts cannot approve", "next ask one of alice, bob");
    assertThat(run("reject " + ID + " -y -m no")).isEqualTo(1);
    assertThat(oneLine()).contains("who starts cannot reject", "next abort " + ID + " ends it");
    assertThat(run("reject " + ID + " -y")).isEqualTo(2);
    assertThat(oneLine()).contains("reject needs a reason");
    assertThat(launched().status()).isEqualTo(ExecutionStatus.WAITING);
  }

  @Test
  void answersNothingElse() {
    assertThat(run(STAGED + "stage pause first; launch -y -m x")).isEqualTo(7);
    assertThat(run("approve " + ID + " -y")).isEqualTo(1);
    assertThat(oneLine()).contains("it waits, but for no approval", "next continue " + ID);
    assertThat(run("abort -y; approve " + ID + " -y")).isEqualTo(1);
    assertThat(oneLine()).contains("it has ended: Cancelled");
  }

  @Test
  void aRejectionEndsItBeforeAnythingIsChanged() {
    waits(FIRST);
    answers("bob", " --reject -m 'not today'");
    assertThat(run("watch")).isEqualTo(5);
    assertThat(oneLine())
        .contains(
            "Cancelled",
            "Rejected by bob: not today",
            "it has changed nothing: it was not approved")
        .doesNotContain("stay suspended", "next: rollback");
    assertThat(examine().leftovers()).isEmpty();
    assertThat(run("history")).isZero();
    assertThat(oneLine()).contains("Rejected by bob: not today");
    assertThat(run("launch -y -m x")).as("nothing is in its way").isEqualTo(7);
  }

  @Test
  void isRolledBackBehindARejectionOfTheRest() {
    waits(REST);
    assertThat(oneLine()).contains("before batch 2 of 3: 2 of 6 instances done");
    answers("alice", " --reject -m 'it is slow'");
    assertThat(run("watch")).isEqualTo(5);
    assertThat(oneLine()).contains("2 succeeded, 4 not reached", "next: rollback " + ID);
    assertThat(run("rollback " + ID + " -y -m back")).as(said::toString).isZero();
    assertThat(oneLine()).contains("Success: 2 of 2 instances").doesNotContain("approval");
    assertThat(group().suspended()).isEmpty();
  }

  @Test
  void aRetryAsksAgain() {
    waits(REST);
    answers("alice", " --reject -m 'it is slow'");
    assertThat(run("watch")).isEqualTo(5);
    assertThat(run("retry " + ID + " --missing -y -m again")).as(said::toString).isEqualTo(7);
    assertThat(oneLine())
        .contains("approval before batch 2, alice must approve", "Waiting for approval by alice");
  }

  @Test
  void anAbortSaysWhatItLeaves() {
    waits(FIRST);
    assertThat(run("abort -y")).isZero();
    assertThat(oneLine()).contains("it suspended none", "it has changed nothing");
  }

  @Test
  void continueAllDoesNotApprove() {
    assertThat(run(REST + "stage first 1; launch -y -m x")).as(said::toString).isEqualTo(7);
    answers("alice", "");
    assertThat(run("watch")).isZero();
    assertThat(
            run(
                "launch -y -m y --on-failure pause --approval '--by alice --before rest' --again x"))
        .isEqualTo(7);
    assertThat(run("continue --all")).isEqualTo(1);
    assertThat(launched().status()).isEqualTo(ExecutionStatus.WAITING);
  }

  @Test
  void refusesAnApprovalThatNobodyCouldGive() {
    assertThat(run(STAGED + "stage approval --by sandbox,alice --need 2; launch -y")).isEqualTo(1);
    assertThat(oneLine())
        .contains(
            "sandbox starts it, and who starts cannot approve",
            "next stage approval --by NAME,NAME, with 2 others");
    assertThat(run("stage approval --by alice,sandbox,bob; launch -y")).isEqualTo(1);
    assertThat(oneLine()).contains("next stage approval --by alice,bob, and");
    assertThat(run("stage batch 1; stage approval --by alice --before rest; launch -y"))
        .isEqualTo(1);
    assertThat(oneLine()).contains("there is one batch");
    assertThat(executions()).isEmpty();
    assertThat(run("stage approval --need 2")).isEqualTo(2);
    assertThat(run("stage approval --by alice --need 0")).isEqualTo(2);
    assertThat(run("stage approval --by alice --before tea")).isEqualTo(2);
    assertThat(run("stage approval --by 'a b'")).isEqualTo(2);
    assertThat(run("stage approval --by alice --notify nobody")).isEqualTo(1);
    assertThat(oneLine()).contains("there is no notice of that name");
  }

  @Test
  void isStagedAndUnstagedLikeEverythingElse() {
    assertThat(run(FIRST + "show")).isZero();
    assertThat(oneLine())
        .contains("approval before the first batch, 2 of alice, bob must approve; nobody is told");
    Path plan = folder.resolve("plan.json");
    assertThat(run("plan --save " + plan + "; launch --plan " + plan + " -y -m x"))
        .as(said::toString)
        .isEqualTo(7);
    assertThat(run("abort -y; unstage approval")).isZero();
    assertThat(run("show")).isZero();
    assertThat(oneLine()).doesNotContain("approval");
    assertThat(run("stage approval --by alice; use method update-container; plan")).isEqualTo(1);
    assertThat(oneLine()).contains("an approval", "unstage approval");
  }

  @Test
  void tellsTheNoticeAndShowsItsAddressNowhere() throws Exception {
    try (NoticeReceiver receiver = new NoticeReceiver()) {
      answers(receiver.address().toString()).answers("");
      assertThat(run("notify add team --kind slack")).as(said::toString).isZero();
      StringBuilder all = new StringBuilder();
      assertThat(
              run(
                  STAGED
                      + "stage approval --by alice --notify team; plan --output json; show;"
                      + " launch -y -m x"))
          .isEqualTo(7);
      all.append(said);
      assertThat(oneLine()).contains("OOS tells team (slack)");
      NoticeReceiver.Post post = receiver.next();
      assertThat(post.body()).contains(ID, "waits for approval by alice (1 needed)");
      answers("alice", "");
      assertThat(run("watch; show " + ID + " --output json; report " + ID + "; history"))
          .as(said::toString)
          .isZero();
      all.append(said);
      assertThat(all.toString()).doesNotContain(NoticeReceiver.TOKEN);
      try (Stream<Path> files = Files.walk(backends.home())) {
        assertThat(files.filter(Files::isRegularFile))
            .filteredOn(f -> !f.toString().contains("settings"))
            .allSatisfy(
                f ->
                    assertThat(new String(Files.readAllBytes(f), "ISO-8859-1"))
                        .doesNotContain(NoticeReceiver.TOKEN));
      }
      assertThat(run("notify remove team; launch -y -m y --again x")).isEqualTo(1);
      assertThat(oneLine()).contains("the notice team", "was removed or has another address");
    }
  }

  @Test
  void failsWhereTheNoticeDoesNotArrive() throws Exception {
    try (NoticeReceiver receiver = new NoticeReceiver()) {
      answers(receiver.address().toString()).answers("");
      receiver.answers(500, "no");
      assertThat(run("notify add team --kind slack")).isZero();
      assertThat(run(STAGED + "stage approval --by alice --notify team; launch -y -m x"))
          .isEqualTo(5);
      assertThat(oneLine()).contains("the WebHook answered 500");
      assertThat(group().suspended()).isEmpty();
    }
  }

  /** Nobody is asked, and nobody is told. */
  @Test
  void aRehearsalGivesTheApprovalItself() throws Exception {
    try (NoticeReceiver receiver = new NoticeReceiver()) {
      answers(receiver.address().toString()).answers("");
      assertThat(run("notify add team --kind slack")).isZero();
      for (String before : new String[] {"first", "rest"}) {
        int unused =
            run(
                STAGED
                    + "stage approval --by alice,bob --need 2 --notify team --before "
                    + before
                    + "; rehearse --acts script");
        assertThat(oneLine())
            .contains(
                "approval given by the rehearsal itself, not by alice, bob (2 needed)",
                "Success: 6 of 6 instances");
      }
      assertThat(receiver.taken()).isEmpty();
      assertThat(executions()).isEmpty();
    }
  }
}
