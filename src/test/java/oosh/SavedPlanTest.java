package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateSpec;
import oosh.view.json.SavedPlan;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plan --save}, and {@code launch --plan}. */
class SavedPlanTest extends ShellFixture {
  private static final String OPTIONS =
      "--script sessions/scripts/deploy.sh --rollback sessions/scripts/undo.sh --batch 3 ";

  @TempDir Path folder;
  private Path file;
  private String launch;

  @BeforeEach
  void names() {
    file = folder.resolve("plan.json");
    launch = "launch --plan " + file + " -y -m why";
  }

  private void save(String options) {
    assertThat(runEach("use group asg-bp1web; plan " + options + "--save " + file))
        .as(said::toString)
        .isZero();
  }

  private void refused(String line, String... said) {
    assertThat(runEach(line)).as(this.said::toString).isEqualTo(1);
    assertThat(oneLine()).contains(said);
    assertThat(executions()).isEmpty();
  }

  private void edit(String from, String to) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));
  }

  @Test
  void startsWhatWasSaved() throws Exception {
    save(
        OPTIONS
            + "--pause first --first 1 --max-errors 1 --suspend ScaleIn --role OOSServiceRole"
            + " --set 'timeout 60' --gate lb --drain 5s --on-failure pause ");
    assertThat(notes.toString()).contains("saved as " + file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(run("plan " + OPTIONS)).isZero();
    ShellFixture other = new ShellFixture(backends);
    assertThat(other.run(launch + " -d")).as(other.said::toString).isZero();
    assertThat(other.said.toString()).contains("because     \"why\"", "deploy.sh (sha aebc9f");
    assertThat(other.run("show --output json")).isZero();
    assertThat(other.said.toString()).doesNotContain("deploy.sh", "run-script-oosh");
    assertThat(executions()).hasSize(1);
    assertThat(history().get(0).spec().gates().gates()).hasSize(1);
  }

  @Test
  void sendsTheSameAsALaunchWithTheOptions() {
    save(OPTIONS);
    assertThat(run("launch --dry-run --output json " + OPTIONS)).isZero();
    String options = results.toString();
    assertThat(run("launch --dry-run --output json --plan " + file)).isZero();
    assertThat(results).hasToString(options);
  }

  @Test
  void asksAsEver() {
    save(OPTIONS);
    answers("n");
    assertThat(run("launch --plan " + file)).isEqualTo(3);
    assertThat(said.toString()).contains("3 batches of 2");
    assertThat(executions()).isEmpty();
  }

  @Test
  void namesWhatHasChangedInTheGroup() {
    save(OPTIONS);
    elsewhere("sandbox set i-bp1c Standby");
    refused(
        launch,
        "instance i-bp1c: it was InService, and is Standby",
        "batches: it was 2, 2, 2, and is 2, 2, 1",
        "nothing was started why 2 things are not as in " + file + ", saved 20",
        "next plan --save FILE again");
  }

  @Test
  void noticesWhatChangesDuringTheQuestion() {
    save(OPTIONS);
    answers(() -> elsewhere("sandbox set i-bp1c Standby"), "y");
    refused("launch --plan " + file, "instance i-bp1c: it was InService, and is Standby");
  }

  @Test
  void namesTheOtherPlace() {
    save(OPTIONS);
    refused("use group asg-bp1api; " + launch, "group: it was asg-bp1web, and is asg-bp1api");
    refused("use region cn-beijing; " + launch, "region: it was cn-hangzhou, and is cn-beijing");
  }

  @Test
  void namesAFileThatHasChangedHere() throws Exception {
    Path script = Files.writeString(folder.resolve("deploy.sh"), "echo 1\n");
    save("--script " + script + " ");
    Files.writeString(script, "echo 2\n");
    refused(launch, "file " + script + ": it was sha ", ", and is sha ");
    Files.delete(script);
    assertThat(run(launch + " -d --confirm asg-bp1web")).as(said::toString).isZero();
  }

  @Test
  void refusesWhatWasEdited() throws Exception {
    save(OPTIONS);
    edit("echo 2.4.1", "echo 6.6.6");
    refused(launch, "cannot use " + file + " as a plan", "it was changed since plan --save");
  }

  @Test
  void refusesWhatIsNoPlanOfThisVersion() throws Exception {
    save(OPTIONS);
    edit("\"ooshPlan\": 1", "\"ooshPlan\": 3");
    refused(launch, "it is a plan of version 3, and this oosh reads versions 1 and 2");
    Files.writeString(file, Files.readString(file).substring(0, 300));
    refused(launch, "as a plan", "it is cut off");
    Files.writeString(file, "group: web");
    refused(launch, "as a plan", "it is not valid JSON");
    Files.writeString(file, "{}");
    refused(launch, "plan --save has not written it");
    Files.writeString(file, " ".repeat(1024 * 1024 + 1));
    refused(launch, "it is larger than 1024 KiB");
    Files.delete(file);
    refused(launch, "there is no such file");
  }

  @Test
  void refusesAFileThatOthersCanWrite() throws Exception {
    save(OPTIONS);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    refused(launch, "other users can write to " + file, "next chmod go-w " + file);
  }

  @Test
  void writesOverNoFile() throws Exception {
    Files.writeString(file, "mine");
    refused(
        "use group asg-bp1web; plan " + OPTIONS + "--save " + file,
        "cannot save the plan as " + file,
        "the file is there already");
    assertThat(file).hasContent("mine");
    refused("plan " + OPTIONS + "--save " + folder + "/none/plan.json", "it cannot be written");
  }

  @Test
  void keepsNoSecret() {
    refused(
        "use group asg-bp1web; plan --method download-file --file"
            + " 'https://example.com/a.tgz?Signature=abcdefgh&Expires=1 /opt/a' --save "
            + file,
        "cannot save the plan as " + file,
        "a signed address");
    assertThat(file).doesNotExist();
  }

  @Test
  void takesNothingElse() {
    save(OPTIONS);
    assertThat(run(launch + " --batch 2")).isEqualTo(2);
    assertThat(oneLine()).contains("launch cannot take --plan and --batch together");
    assertThat(run(launch + " --newcomers")).isEqualTo(2);
    assertThat(run(launch + " --notify-from-oos ops")).isEqualTo(2);
    assertThat(runEach("stage batch 2; " + launch)).isEqualTo(2);
    assertThat(oneLine()).contains("next unstage --all, then launch --plan " + file);
    assertThat(executions()).isEmpty();
  }

  @Test
  void startsNothingTwice() {
    save(OPTIONS);
    assertThat(
            runEach(
                "sandbox fail StartExecution --times 3 --how lost-answer;"
                    + " sandbox fail ListExecutions --how late --for 30s; "
                    + launch))
        .isPositive();
    assertThat(runEach("sandbox fail --clear; " + launch)).as(said::toString).isZero();
    assertThat(executions()).hasSize(1);
  }

  /** Whoever can compute a digest: what is shown and run is still held against the facts. */
  @Test
  void namesWhatWasEditedWithSkill() throws Exception {
    save(OPTIONS);
    SavedPlan plan = SavedPlan.of("plan", Files.readString(file));
    Script evil = Script.ofText("deploy.sh", "echo 6.6.6\n");
    write(plan, plan.staged().withScript(evil, CommandType.SHELL), plan.facts());
    refused(launch, "file sessions/scripts/deploy.sh: it was sha ");
    edit("echo 6.6.6", "echo 7.7.7");
    refused(launch, "it was changed since plan --save");
    SavedPlan without =
        new SavedPlan(plan.saved(), plan.context(), plan.staged(), Map.of(), plan.facts());
    write(without, plan.staged().withScript(evil, CommandType.SHELL), plan.facts());
    refused(launch, "parameter invokeScript: it was sha ");
  }

  @Test
  void holdsTheVersionOfATemplate() throws Exception {
    save("--method replace-image --image 'm-bp1web25 --back-to m-bp1web24' ");
    SavedPlan plan = SavedPlan.of("plan", Files.readString(file));
    Map<String, String> facts = new LinkedHashMap<>(plan.facts());
    facts.put("template version", "v0");
    write(plan, plan.staged(), facts);
    refused(launch, "template version: it was v0, and is ");
    write(plan, plan.staged(), plan.facts());
    assertThat(run(launch + " -d --confirm asg-bp1web")).as(said::toString).isZero();
  }

  private void write(SavedPlan plan, UpdateSpec staged, Map<String, String> facts)
      throws IOException {
    Files.writeString(
        file, new SavedPlan(plan.saved(), plan.context(), staged, plan.files(), facts).text());
  }
}
