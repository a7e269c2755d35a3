package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import oosh.journal.PostgresDatabase;
import oosh.journal.PostgresServer;
import oosh.journal.postgres.PostgresAddress;
import oosh.journal.postgres.PostgresConnection;
import oosh.journal.postgres.PostgresJournal;
import oosh.rollout.notice.NoticeAudience;
import oosh.rollout.record.Initiator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A saved plan that others must approve: three people with a shell each, on a team's journal. */
class PlanApprovalTest extends ShellFixture {
  private static final List<String> PEOPLE = List.of("li", "wang", "zoe");

  @TempDir Path folder;
  private PostgresDatabase database;
  private ShellFixture li;
  private ShellFixture wang;
  private ShellFixture zoe;

  @BeforeEach
  void open() throws IOException {
    database = PostgresServer.shared().newDatabase();
    for (String name : PEOPLE) {
      database.sql().execute("create role " + user(name) + " login superuser");
    }
    li = shell("li");
    wang = shell("wang");
    zoe = shell("zoe");
  }

  @AfterEach
  void closeShells() {
    List.of(li, wang, zoe).forEach(ShellFixture::close);
    database.close();
    for (String name : PEOPLE) {
      PostgresServer.shared().sql("postgres").execute("drop role " + user(name));
    }
  }

  private String user(String name) {
    return name + "_" + database.name();
  }

  private ShellFixture shell(String name) throws IOException {
    PostgresJournal journal =
        new PostgresJournal(
            new PostgresConnection(
                PostgresAddress.of(database.url(user(name)), "OOSH_JOURNAL"),
                () -> null,
                "oosh test",
                () -> {},
                record -> {}),
            NoticeAudience.NOBODY);
    return new ShellFixture(
        new ColleagueBackends(
            backends,
            Files.createDirectory(folder.resolve(name)),
            new Initiator(name, "ops-" + name, 1),
            journal));
  }

  private String save(int need) {
    String file = folder.resolve("plan.json").toString();
    assertThat(li.run(STAGED + "plan --save " + file + " --need " + need))
        .as(li.said.toString())
        .isZero();
    assertThat(li.notes.toString())
        .contains("and once it has " + need + (need == 1 ? " approval" : " approvals"));
    assertThat(li.run("unstage --all")).isZero();
    return file;
  }

  private void refuses(String file, String why) {
    li.said.getBuffer().setLength(0);
    assertThat(li.run("launch --plan " + file + " -y --confirm asg-bp1web")).isEqualTo(1);
    assertThat(li.said.toString().replaceAll("\\s+", " ")).contains("nothing was started", why);
  }

  @Test
  void isStartedOnceEnoughOthersHaveApprovedIt() {
    String file = save(2);
    refuses(
        file,
        "the plan needs 2 approvals of others than who saves and who starts it, and has none");
    assertThat(wang.run("approve " + file + " -y -m 'read it'")).as(wang.said.toString()).isZero();
    assertThat(wang.run("approve " + file + " -y")).isZero();
    refuses(file, "and has " + user("wang"));
    assertThat(zoe.run("approve " + file + " -y")).isZero();

    assertThat(li.run("launch --plan " + file + " -y --confirm asg-bp1web"))
        .as(li.said.toString())
        .isZero();
    assertThat(zoe.run("audit")).isZero();
    assertThat(zoe.results.toString())
        .contains(
            user("li") + " (",
            "plan-saved",
            "approved",
            "read it",
            "intended",
            "started",
            "plan-started",
            "approved by");
  }

  @Test
  void isNotApprovedByWhoSavesOrStartsIt() {
    String file = save(1);
    assertThat(li.run("approve " + file + " -y")).isEqualTo(1);
    assertThat(li.said.toString()).contains("who saves a plan cannot approve it");
    assertThat(wang.run("approve " + file + " -y")).isZero();

    assertThat(wang.run("use group asg-bp1web; launch --plan " + file + " -y --confirm asg-bp1web"))
        .isEqualTo(1);
    assertThat(wang.said.toString()).contains("nothing was started");
    assertThat(zoe.run("use group asg-bp1web; launch --plan " + file + " -y --confirm asg-bp1web"))
        .as(zoe.said.toString())
        .isZero();
  }

  @Test
  void isNotStartedWhileSomebodyRejectsIt() {
    String file = save(1);
    assertThat(wang.run("approve " + file + " -y")).isZero();
    assertThat(zoe.run("reject " + file + " -y")).as("a reason is needed").isEqualTo(2);
    assertThat(zoe.run("reject " + file + " -y -m 'not on a Friday'")).isZero();
    refuses(file, user("zoe") + " has rejected the plan: not on a Friday");
    assertThat(zoe.run("approve " + file + " -y")).isZero();
    assertThat(li.run("launch --plan " + file + " -y --confirm asg-bp1web")).isZero();
  }

  /** Whoever changes the file, and its hash with it, has a plan that nobody knows. */
  @Test
  void isAnotherPlanOnceItsFileIsChanged() throws IOException {
    String file = save(1);
    assertThat(wang.run("approve " + file + " -y")).isZero();
    String text = Files.readString(Path.of(file));
    Files.writeString(Path.of(file), text.replace("\"need\": 1", "\"need\": 2"));
    assertThat(li.run("launch --plan " + file + " -y --confirm asg-bp1web")).isEqualTo(1);
    assertThat(li.said.toString()).contains("it was changed since plan --save wrote it");

    String other = folder.resolve("other.json").toString();
    assertThat(li.run(STAGED + "stage batch 2; plan --save " + other + " --need 1")).isZero();
    assertThat(li.run("unstage --all")).isZero();
    refuses(other, "and has none");
  }

  @Test
  void isAskedForAgainBehindTheQuestion() {
    String file = save(1);
    assertThat(wang.run("approve " + file + " -y")).isZero();
    li.answers(() -> zoe.run("reject " + file + " -y -m stop"), "y");
    assertThat(li.run("launch --plan " + file)).isEqualTo(1);
    assertThat(li.said.toString()).contains("has rejected the plan: stop");
  }

  /** It is asked for once more in the transaction that writes the start. */
  @Test
  void isNotStartedIfSomebodyRejectsItBehindTheLastLook() {
    String file = save(1);
    assertThat(wang.run("approve " + file + " -y")).isZero();
    ((ColleagueBackends) li.backends)
        .beforeIntent(() -> assertThat(zoe.run("reject " + file + " -y -m stop")).isZero());
    refuses(file, user("zoe") + " has rejected the plan: stop");
    assertThat(executions()).isEmpty();
    assertThat(zoe.run("audit")).isZero();
    assertThat(zoe.results.toString()).doesNotContain("intended", "plan-started");
  }

  @Test
  void itsApprovalsAreForOneStart() {
    String file = save(1);
    assertThat(wang.run("approve " + file + " -y")).isZero();
    String launch = "launch --plan " + file + " -y --confirm asg-bp1web";
    assertThat(li.run(launch)).as(li.oneLine()).isZero();
    String id = executions().get(0).id();

    assertThat(li.run(launch)).isEqualTo(1);
    assertThat(li.oneLine())
        .contains("and has none since it was started as " + id)
        .contains("next ask others to approve it again: approve " + file);
    assertThat(zoe.run("approve " + file + " -y")).as(zoe.oneLine()).isZero();
    assertThat(li.run(launch)).as(li.oneLine()).isZero();
    assertThat(executions()).hasSize(2);
    assertThat(zoe.run("audit")).isZero();
    assertThat(zoe.results.toString())
        .containsPattern("plan-started .* saved by " + user("li") + ", approved by " + user("zoe"))
        .containsPattern(
            "plan-started .* saved by " + user("li") + ", approved by " + user("wang"));
  }

  @Test
  void aStartThatOosRefusesUsesNoApproval() {
    String file = save(1);
    assertThat(wang.run("approve " + file + " -y")).isZero();
    backends.sandboxControl().failCall("StartExecution", "denied", 1, 0);
    String launch = "launch --plan " + file + " -y --confirm asg-bp1web";
    assertThat(li.run(launch)).isNotZero();
    assertThat(executions()).isEmpty();
    assertThat(li.run(launch)).as(li.oneLine()).isZero();
  }

  @Test
  void isListedWhileApprovalsAreMissing() {
    String file = save(2);
    assertThat(wang.run("approve " + file + " -y")).isZero();
    assertThat(zoe.run("approve")).as(zoe.oneLine()).isZero();
    assertThat(zoe.oneLine())
        .containsPattern(
            "plan [0-9a-f]{12} asg-bp1web needs 2 of others than "
                + user("li")
                + "; has "
                + user("wang")
                + " "
                + user("li"))
        .contains("next: approve FILE of the plan");
    assertThat(zoe.run("approve --output json")).isZero();
    assertThat(zoe.oneLine()).contains("\"kind\": \"plan\"", "\"missing\": 1");
    assertThat(zoe.run("approve " + file + " -y")).isZero();
    assertThat(zoe.run("approve")).isZero();
    assertThat(zoe.oneLine()).contains("nothing waits for approval: cn-hangzhou");
  }

  /** As plan prints it, made again of what the services say, with the texts of its scripts. */
  @Test
  void isShownAsAPlanBeforeTheQuestion() {
    String file = save(1);
    wang.answers("n");
    assertThat(wang.run("approve " + file)).isEqualTo(3);
    assertThat(wang.said.toString())
        .contains("launch on asg-bp1web \"web\" · profile sandbox · cn-hangzhou\n")
        .contains("batches", "3 batches of 2")
        .contains("script deploy.sh (sha aebc9f, 214 bytes)\n")
        .contains("\n  # Puts version 2.4.1 of the web in place, and remembers the one before.\n")
        .contains("\n  echo 2.4.1 >version\n")
        .contains("rollback script undo.sh (sha f158ef, 261 bytes)\n")
        .contains("needs 1 of others than " + user("li") + "; has none")
        .contains("next  approve " + file)
        .doesNotContain("parameter batchNumber");
    assertThat(wang.session().staging().count()).as("nothing stays staged").isZero();
  }

  /** Then the file's own facts are what can be read, each on a line. */
  @Test
  void isShownByItsFactsWhereItCannotBeMadeAgain() {
    String file = save(1);
    assertThat(wang.run("use region cn-shanghai")).isZero();
    wang.answers("n");
    assertThat(wang.run("approve " + file)).isEqualTo(3);
    assertThat(wang.said.toString())
        .contains("it cannot be planned here as it was saved: ")
        .contains("instance i-bp1a", "parameter batchNumber")
        .contains("\n  echo 2.4.1 >version\n");
  }

  @Test
  void needsAJournalOfATeam() {
    String file = folder.resolve("mine.json").toString();
    assertThat(run(STAGED + "plan --save " + file + " --need 1")).isEqualTo(1);
    assertThat(said.toString())
        .contains(
            "plans cannot be approved here",
            "this journal is a file of one person's, who could approve everything",
            "OOSH_JOURNAL=");
    assertThat(folder.resolve("mine.json")).doesNotExist();

    String theirs = save(1);
    assertThat(run("unstage --all; launch --plan " + theirs + " -y")).isEqualTo(1);
    assertThat(said.toString()).contains("plans cannot be approved here");
  }
}
