package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/**
 * What {@code --output}, {@code --query}, {@code --columns} and the exit statuses for programs do.
 */
class AnswerFormsTest extends ShellFixture {
  @TempDir Path folder;

  private String answer(int status, String line) {
    assertThat(run(line)).as(line + "\n" + notes).isEqualTo(status);
    return results.toString();
  }

  @Test
  void oneAnswerInEachForm() {
    launch("-m 'a, b'");
    String first = "exec-0000000000000001";
    assertThat(answer(0, "history -o tsv --columns executionId,user,reason"))
        .isEqualTo(first + "\toperator\ta, b\n");
    assertThat(answer(0, "history -o csv --columns executionId,reason"))
        .isEqualTo("executionId,reason\n" + first + ",\"a, b\"\n");
    assertThat(answer(0, "history --columns executionId,script.name"))
        .isEqualTo("executionId            script.name\n" + first + "  deploy.sh\n");
    assertThat(answer(0, "history --query '[].status'")).isEqualTo("[\n  \"Success\"\n]\n");
    assertThat(answer(0, "history -o text --query '[0].executionId'")).isEqualTo(first + "\n");
    List<Object> entries = new Yaml().load(answer(0, "history -o yaml"));
    assertThat(entries).hasSize(1);
    assertThat(answer(0, "history -o tsv").split("\t", -1))
        .as("as many columns as the answer has fields")
        .hasSize(33);
  }

  @Test
  void whatCannotBeAnsweredIsRefusedBeforeAnythingIsDone() {
    run("use group asg-bp1web; stage script sessions/scripts/deploy.sh");
    for (String option :
        List.of("--query '[['", "--columns nofield", "-o xml", "-o json --columns status")) {
      assertThat(run("launch -y " + option)).as(option).isEqualTo(2);
      assertThat(results.toString()).isEmpty();
    }
    assertThat(answer(0, "history --output json")).isEqualTo("[]\n");
  }

  @Test
  void aLaunchWhoseAnswerCannotBeQueriedIsKnownAllTheSame() {
    launch("--query 'length(succeeded)'", 1);
    assertThat(notes.toString())
        .contains("started exec-0000000000000001")
        .contains("could not be queried");
    assertThat(answer(0, "history -o text --query '[0].status'")).isEqualTo("Success\n");
  }

  /** The exit status says what became of the launch, and not of its answer. */
  @Test
  void aQueryThatFailsHidesNoFailureOfTheLaunch() {
    run("use group asg-bp1web; stage script sessions/scripts/deploy.sh; stage batch 3");
    run("sandbox fail i-bp1c --times 1");
    answer(5, "launch -y --query 'abs(status)'");
    assertThat(notes.toString()).contains("could not be queried").contains("history, or show EXEC");
  }

  @Test
  void aQueryWithoutBoundsIsRefused() {
    answer(2, "show --query " + "[".repeat(900));
    answer(2, "show --query " + "a.".repeat(600) + "a");
    answer(1, "show --query '" + "[@,@]|".repeat(40) + "@'");
    assertThat(notes.toString()).contains("it makes more than 250000 values");
  }

  @Test
  void aProblemIsYamlWhereTheAnswerWouldBe() {
    assertThat(answer(1, "use group asg-none -o yaml")).isEmpty();
    Map<String, Map<String, String>> problem = new Yaml().load(notes.toString());
    assertThat(problem.get("error"))
        .containsKeys("what", "why", "next")
        .containsEntry("kind", "refused");
    assertThat(answer(1, "use group asg-none -o csv")).isEmpty();
    assertThat(notes.toString()).startsWith("no scaling group asg-none");
  }

  @Test
  void stepsOfAFileAreDocumentsWithinTheAnswerWhateverTheirLinesSay() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("a.oosh"),
            "use group asg-bp1web -o yaml\nshow -o csv --query group.name\n");
    assertThat(answer(0, "run -o tsv --columns line,answer " + file))
        .isEqualTo("1\t" + line(0) + "\n2\tweb\n");
    assertThat(answer(0, "run -o yaml " + file))
        .startsWith("---\nline: 1\n")
        .contains("\n---\nline: 2\n");
  }

  /** The first step's answer, as the JSON of the steps has it. */
  private String line(int step) throws IOException {
    String was = results.toString();
    run("run -o json " + folder.resolve("a.oosh"));
    String answer =
        JsonParser.parseString(results.toString().lines().toList().get(step))
            .getAsJsonObject()
            .get("answer")
            .toString();
    results.getBuffer().setLength(0);
    results.append(was);
    return answer;
  }

  @Test
  void aPlanTellsAProgramWhetherThereIsSomethingToDo() {
    run("use group asg-bp1web; stage script sessions/scripts/deploy.sh; stage batch 3");
    answer(8, "plan --detailed-exitcode");
    answer(0, "plan");
    answer(0, "launch -y");
    answer(0, "plan --detailed-exitcode");
    answer(8, "stage script sessions/scripts/undo.sh; plan --detailed-exitcode");
    answer(0, "plan");
    answer(1, "use group asg-bp1empty; plan --detailed-exitcode");
  }

  @Test
  void doctorTellsAProgramWhetherSomethingIsLeft() {
    launch("");
    answer(0, "doctor --detailed-exitcode");
    run("sandbox fail i-bp1c --times 1");
    run("launch -y");
    answer(8, "doctor --detailed-exitcode -o json");
    answer(0, "doctor");
  }

  @Test
  void numbersForPrometheusAreOfStatisticsAlone() {
    launch("");
    assertThat(answer(0, "history --stats --output prometheus"))
        .contains(
            "oosh_launches{profile=\"sandbox\",region=\"cn-hangzhou\",group=\"asg-bp1web\"} 1\n");
    answer(2, "history --output prometheus");
    answer(2, "history --stats --output prometheus --query x");
    answer(2, "show --output prometheus");
  }

  private void launch(String options) {
    launch(options, 0);
  }

  private void launch(String options, int status) {
    run("use group asg-bp1web; stage script sessions/scripts/deploy.sh; stage batch 3");
    answer(status, "launch -y " + options);
  }
}
