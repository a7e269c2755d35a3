package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import oosh.shell.JsonAnswer;
import oosh.shell.Verb;
import oosh.shell.verbs.Verbs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every verb answers {@code --output json} with JSON on standard output, and nothing else. */
class AnswersInJsonTest extends ShellFixture {
  @TempDir Path folder;
  private final Set<String> tried = new TreeSet<>();
  private final JsonSchemas schemas = new JsonSchemas();
  private final Map<String, List<Set<String>>> declared = declared();

  /** A verb that is added, and not here, fails this test. */
  @Test
  void everyVerbAnswersWithJsonAlone() throws IOException {
    Path session = Files.writeString(folder.resolve("a.oosh"), "use group asg-bp1web\n#> a lie\n");
    String first = "exec-0000000000000001";
    answers(0, "sandbox start");
    answers(0, "sandbox status");
    answers(0, "sandbox set", "i-bp1f Protected");
    answers(0, "sandbox reset");
    answers(0, "use profile", "sandbox");
    answers(0, "use region", "cn-hangzhou");
    answers(0, "whoami");
    answers(0, "use group", "asg-bp1web");
    answers(0, "use");
    answers(0, "use method", "replace-image");
    answers(0, "stage image", "m-bp1web25");
    answers(0, "stage set", "lifecycleState InService");
    answers(0, "stage package", "nginx 1.26");
    answers(0, "stage file", "https://example.com/app.tar.gz /opt/app");
    answers(0, "stage object", "releases/app.tar.gz /opt/app");
    answers(0, "stage container", "sessions/scripts/web.json --configuration asc-web");
    answers(0, "unstage", "--all");
    answers(0, "use method", "run-script");
    answers(0, "stage script", "sessions/scripts/deploy.sh");
    answers(0, "stage rollback", "sessions/scripts/undo.sh");
    answers(0, "stage batch", "3");
    answers(0, "stage only", "i-bp1a");
    answers(0, "stage max-errors", "1");
    answers(0, "stage role", "OOSServiceRole");
    answers(0, "stage gate", "http 8080/health");
    answers(0, "stage drain", "30s");
    answers(0, "stage bake", "10m");
    answers(0, "undo");
    answers(0, "stage bake", "10m");
    answers(0, "unstage", "bake");
    answers(0, "unstage", "gate");
    answers(0, "unstage", "drain");
    answers(0, "stage suspend", "all");
    answers(0, "unstage", "only");
    answers(0, "unstage", "max-errors");
    answers(0, "unstage", "role");
    // There is no terminal for an editor.
    said(1, "edit", "script");
    answers(0, "stage pause", "first");
    answers(0, "stage on-failure", "pause");
    answers(0, "show");
    answers(0, "plan");
    answers(0, "audit");
    answers(0, "launch", "--dry-run");
    answers(7, "launch", "-y -m one");
    answers(0, "continue");
    answers(0, "stage first", "1");
    answers(0, "launch", "-y -m two --detach");
    answers(0, "pause");
    // It takes the pause back; the staged one comes all the same.
    answers(7, "continue");
    answers(0, "continue");
    answers(0, "unstage", "first");
    answers(0, "stage pause", "never");
    answers(0, "sandbox fail", "i-bp1c --times 2");
    answers(7, "launch", "-y");
    answers(7, "retry");
    answers(0, "skip", "-y");
    answers(0, "sandbox fail", "i-bp1d --times 1");
    answers(7, "launch", "-y");
    answers(0, "abort", "-y");
    answersInLines("watch", first);
    answers(7, "rollback", first + " -y");
    answers(0, "continue");
    answers(0, "doctor");
    answers(0, "heal", "--dry-run");
    answers(0, "heal", "--return-failed -y");
    answers(0, "coverage", first);
    answers(0, "history");
    answers(0, "history", "--stats");
    // What it repeats goes on until Ctrl-C.
    said(2, "repeat", "5s launch");
    answers(0, "outputs", first);
    answers(0, "outputs", "--diff i-bp1a i-bp1b");
    answers(0, "logs", first);
    answers(0, "report", first);
    answers(0, "tag", first + " good --force");
    answers(0, "tag");
    answers(0, "untag", "good");
    answers(0, "lock", "-m migration");
    answers(0, "lock status");
    answers(0, "unlock");
    answers(0, "freeze add", "22:00-23:00 --zone UTC -m backups");
    answers(0, "freeze list");
    answers(0, "freeze remove", "1 -y");
    answers("http://127.0.0.1:9/hook").answers("");
    answers(0, "notify add", "ci --kind webhook");
    answers(0, "set");
    answers(0, "set", "keys vi");
    // There is no prompt for an alias.
    said(1, "alias", "");
    said(1, "unalias", "web");
    answers(0, "notify list");
    // A check sends nothing.
    said(1, "notify test", "ci");
    answers(0, "notify remove", "ci");
    said(0, "journal export", "").lines().forEach(AnswersInJsonTest::document);
    answers(0, "journal export", folder.resolve("journal.jsonl").toString());
    answers(0, "journal status");
    answers(0, "journal import", folder.resolve("journal.jsonl").toString());
    answers(0, "rehearse", "--acts script");
    answers(0, "record", folder.resolve("b.oosh").toString());
    answers(0, "record", "stop");
    answersInLines("run", session.toString());
    answers(1, "run", "--check " + session);
    answers(0, "run", "--check --accept -y " + session);
    answers(0, "completion", "bash");
    answers(0, "help");
    answers(0, "help", "sandbox");
    answers(0, "help", "exit-codes");
    answers(0, "help", "warnings");
    assertThat(document(said(0, "launch", "-h")).getAsJsonObject().has("verbs")).isTrue();
    answers(0, "sandbox fail", "--clear");
    answers(0, "stage approval", "--by alice");
    answers(7, "launch", "-y --again once-more");
    // Who has started it cannot; TwoApproversTest has the answer of who may.
    answers(0, "approve");
    said(1, "approve", "-y");
    said(1, "reject", "-y -m no");
    answers(0, "sandbox approve", executions().get(0).id() + " --as alice --reject");
    answers(0, "clear");
    // A check's own sandbox does not stop; PipeTest has the answer of one that does.
    said(1, "sandbox stop", "");
    said(1, "sandbox serve", "--port 8765");
    assertThat(document(notes.toString()).getAsJsonObject().has("error")).isTrue();
    answers(0, "exit");

    assertThat(tried).isEqualTo(declared.keySet());
  }

  @Test
  void aLaunchAndTheRollbackThatFollowsAreOneDocument() {
    stage();
    run("sandbox fail i-bp1c --times 1");
    JsonObject answer = document(said(6, "launch", "-y --rollback-on-failure")).getAsJsonObject();
    assertThat(answer.get("status").getAsString()).isEqualTo("Failed");
    assertThat(answer.get("succeeded").getAsInt()).isEqualTo(3);
    JsonObject rollback = answer.getAsJsonObject("rollback");
    assertThat(rollback.get("status").getAsString()).isEqualTo("Success");
    assertThat(rollback.getAsJsonObject("parameters").get("sourceExecutionId"))
        .isEqualTo(answer.get("executionId"));
    assertThat(rollback.getAsJsonArray("batches")).isNotEmpty();
  }

  /** Its id would be lost with it. */
  @Test
  void aLaunchIsADocumentWhenItsWatchRunsOutOfTime() {
    stage();
    JsonObject answer = document(said(3, "launch", "-y --timeout 2s")).getAsJsonObject();
    assertThat(answer.get("executionId").getAsString()).isEqualTo("exec-0000000000000001");
    assertThat(answer.get("status").getAsString()).isEqualTo("Running");
    assertThat(notes.toString()).contains("the time given with --timeout is over");
  }

  @Test
  void aWatchEndsWithTheExecutionItself() {
    stage();
    run("launch -y -d");
    String last = said(0, "watch", "").lines().reduce((a, b) -> b).orElseThrow();
    assertThat(last)
        .startsWith("{\"executionId\":\"exec-0000000000000001\",\"status\":\"Success\",")
        .endsWith("\"succeeded\":6,\"planned\":6}");
  }

  @Test
  void aFileThatIsPlayedAnswersWithAnObjectForEachCommand() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("a.oosh"),
            "# Two.\nuse group asg-bp1web\nstage batch 3\nstage batch none\nhelp\n");
    assertThat(run("run --output json " + file)).isEqualTo(2);
    List<JsonObject> steps =
        results.toString().lines().map(l -> document(l).getAsJsonObject()).toList();
    assertThat(steps).hasSize(3);
    assertThat(steps.get(0).get("line").getAsInt()).isEqualTo(2);
    assertThat(steps.get(0).getAsJsonObject("answer").get("inService").getAsInt()).isEqualTo(6);
    assertThat(steps.get(1).getAsJsonObject("answer").get("message").getAsString())
        .isEqualTo("6 instances in 3 batches of 2: at most 33% out of service, 4 keep serving");
    assertThat(steps.get(2))
        .hasToString("{\"line\":4,\"command\":\"stage batch none\",\"exitStatus\":2}");
    assertThat(notes.toString()).contains("\"what\": \"stage batch does not take");
  }

  @Test
  void anInterruptedHealListsTheStepsThatWereDone() {
    stage();
    run("sandbox fail i-bp1c --times 1");
    run("launch -y");
    run("sandbox fail ResumeProcesses --how error500");
    JsonObject answer = document(said(3, "heal", "--return-failed -y")).getAsJsonObject();
    List<String> steps = new ArrayList<>();
    answer
        .getAsJsonArray("steps")
        .forEach(
            s ->
                steps.add(
                    s.getAsJsonObject().get("kind").getAsString()
                        + " "
                        + s.getAsJsonObject().get("done").getAsBoolean()));
    assertThat(steps).containsExactly("RETURN true", "RESUME false");
  }

  @Test
  void whatIsRefusedIsJsonAmongTheNotesAlsoWhereTheLineIsNotUnderstood() {
    for (String line : List.of("history --since soon", "histroy", "launch --nonsense")) {
      assertThat(run(line + " --output json")).as(line).isEqualTo(2);
      assertThat(results.toString()).isEmpty();
      assertThat(document(notes.toString()).getAsJsonObject().getAsJsonObject("error").get("kind"))
          .hasToString("\"usage\"");
    }
  }

  private void stage() {
    for (String line :
        List.of(
            "use group asg-bp1web",
            "stage script sessions/scripts/deploy.sh",
            "stage rollback sessions/scripts/undo.sh",
            "stage batch 3")) {
      assertThat(run(line)).isZero();
    }
  }

  /** What help says of the answers of each verb: the fields of each kind of answer. */
  private Map<String, List<Set<String>>> declared() {
    run("help --output json");
    Map<String, List<Set<String>>> verbs = new TreeMap<>();
    for (JsonElement v : document(results.toString()).getAsJsonObject().getAsJsonArray("verbs")) {
      List<Set<String>> kinds = new ArrayList<>();
      for (JsonElement fields : v.getAsJsonObject().getAsJsonArray("answers")) {
        Set<String> names = new TreeSet<>();
        fields.getAsJsonArray().forEach(f -> names.add(f.getAsString()));
        kinds.add(names);
      }
      verbs.put(v.getAsJsonObject().get("verb").getAsString(), kinds);
    }
    return verbs;
  }

  /** It is as one of the schemas of the verb says, which have no field that help does not name. */
  private void isDeclared(String verb, JsonElement answer) {
    assertThat(schemas.errors(answersOf(verb), answer.toString()))
        .as(verb + " " + answer)
        .isEmpty();
  }

  private static List<JsonAnswer> answersOf(String verb) {
    return Verbs.ALL.stream()
        .filter(v -> v.name().equals(verb))
        .findFirst()
        .map(Verb::answers)
        .orElse(List.of());
  }

  private void answers(int status, String verb) {
    answers(status, verb, "");
  }

  private void answers(int status, String verb, String words) {
    isDeclared(verb, document(said(status, verb, words)));
  }

  private void answersInLines(String verb, String words) {
    String said = said(0, verb, words);
    assertThat(said).as(verb).isNotEmpty();
    said.lines().forEach(l -> isDeclared(verb, document(l)));
  }

  private String said(int status, String verb, String words) {
    tried.add(verb);
    String line = verb + " --output json " + words;
    assertThat(run(line)).as(line + "\n" + said).isEqualTo(status);
    return results.toString();
  }

  /** The one document that the text is, by the letter of the standard. */
  private static JsonElement document(String text) {
    try {
      JsonReader reader = new JsonReader(new StringReader(text));
      reader.setStrictness(Strictness.STRICT);
      JsonElement document = JsonParser.parseReader(reader);
      assertThat(reader.peek()).as(text).isEqualTo(JsonToken.END_DOCUMENT);
      return document;
    } catch (IOException | RuntimeException e) {
      throw new AssertionError("no JSON document: " + text, e);
    }
  }
}
