package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import oosh.aliyun.RealProfilesWithoutRetryDelay;
import oosh.rollout.record.History;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.start.ListedExecutions;
import oosh.shell.NonInteractiveShell;
import oosh.shell.Session;
import oosh.shell.Shell;
import oosh.shell.screen.StreamScreen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code history --all} on lists that are too long, that do not end, and that hold anything. */
class HostileListTest {
  private static final String ESCAPE = "\u001b[2Jgone\u202e\u0007";
  private static final Instant NOON = Instant.parse("2026-03-04T05:00:00Z");

  @TempDir Path home;

  private final StringWriter out = new StringWriter();
  private final StringWriter notes = new StringWriter();

  private int run(HostileServiceBackends backends, String line) {
    out.getBuffer().setLength(0);
    notes.getBuffer().setLength(0);
    Session session =
        new Session(
            backends,
            new StreamScreen(
                new PrintWriter(out, true), new PrintWriter(notes, true), () -> 200, false, null),
            backends.profiles().named("prod"),
            "cn-hangzhou",
            null);
    return new NonInteractiveShell(new Shell(session)).line(line);
  }

  private static JsonObject execution(int number, String group) {
    JsonObject parameters = new JsonObject();
    parameters.addProperty("invokeType", "invoke");
    parameters.addProperty("scalingGroupId", group);
    parameters.addProperty("invokeScript", "echo " + number);
    JsonObject e = new JsonObject();
    e.addProperty("ExecutionId", "exec-" + number);
    e.addProperty("TemplateName", "ACS-ESS-RollingUpdateByRunCommandInScalingGroup");
    e.addProperty("Status", "Success");
    e.addProperty("ExecutedBy", "root");
    e.addProperty("CreateDate", NOON.minusSeconds(number).toString());
    e.add("Parameters", parameters);
    return e;
  }

  private static HostileService.Answers answers(JsonArray executions, String nextToken) {
    JsonObject body = new JsonObject();
    body.addProperty("RequestId", "R");
    body.addProperty("NextToken", nextToken);
    body.add("Executions", executions);
    return new HostileService.Answers(200, Map.of("ListExecutions", body.toString()));
  }

  private List<JournalEntry> journal(HostileServiceBackends backends) {
    return backends
        .journal()
        .history()
        .list(new History.Query("prod", "cn-hangzhou", null, null, null, 5000));
  }

  @Test
  void readsTheNewestThousandAndSaysSo() throws Exception {
    try (HostileService service = new HostileService();
        HostileServiceBackends backends =
            new HostileServiceBackends(
                home, RealProfilesWithoutRetryDelay::new, service.address())) {
      JsonArray all = new JsonArray();
      for (int i = 1; i <= 600; i++) {
        all.add(execution(i, "asg-" + i % 7));
      }
      // Both lists of OOS are answered with these.
      service.answer(answers(all, ""));
      assertThat(run(backends, "history --all --limit 3")).isZero();
      assertThat(run(backends, "history --all --limit 3")).isZero();
      assertThat(out.toString().lines()).hasSize(3);
      assertThat(notes.toString())
          .startsWith("OOS was read back to 2026-03-04T04:51:40Z, its newest 1,000 executions; ");
      assertThat(journal(backends)).hasSize(ListedExecutions.MOST / 2);
    }
  }

  @Test
  void pagesWithoutAnEndAreGivenUp() throws Exception {
    try (HostileService service = new HostileService();
        HostileServiceBackends backends =
            new HostileServiceBackends(
                home, RealProfilesWithoutRetryDelay::new, service.address())) {
      JsonArray one = new JsonArray();
      one.add(execution(1, "asg-1"));
      service.answer(answers(one, ""));
      assertThat(run(backends, "history --all")).isZero();
      service.answer(answers(one, "again"));
      assertThat(run(backends, "history --all")).isZero();
      assertThat(out.toString()).startsWith("exec-1 ");
      assertThat(notes.toString())
          .startsWith(
              "what OOS lists now is not in this list\n"
                  + "  why   the service's pages repeat\n"
                  + "  next  try again in a minute\n");
    }
  }

  @Test
  void whateverStandsInAListNothingOfItActsOnTheTerminal() throws Exception {
    try (HostileService service = new HostileService();
        HostileServiceBackends backends =
            new HostileServiceBackends(
                home, RealProfilesWithoutRetryDelay::new, service.address())) {
      JsonArray all = new JsonArray();
      JsonObject text = execution(1, "asg-1");
      text.addProperty("ExecutedBy", ESCAPE + "x".repeat(100_000));
      text.addProperty("Description", ESCAPE + "y".repeat(100_000));
      JsonObject tags = new JsonObject();
      tags.addProperty("oosh-who", ESCAPE + "@" + ESCAPE);
      tags.addProperty("oosh-script", "aebc9f:" + ESCAPE);
      text.add("Tags", tags);
      text.getAsJsonObject("Parameters").addProperty("invokeScript", "z".repeat(300_000));
      all.add(text);
      all.add(execution(2, "../" + ESCAPE));
      all.add(execution(3, ""));
      service.answer(answers(all, ""));
      for (String line :
          new String[] {"history --all", "history", "history --all --output tsv", "show exec-1"}) {
        assertThat(run(backends, line)).as(line + notes).isZero();
        assertThat(out + notes.toString())
            .as(line)
            .doesNotContain("\u001b", "\u202e", "\u0007")
            .contains("exec-1");
      }
      assertThat(journal(backends))
          .singleElement()
          .satisfies(
              e -> {
                assertThat(e.reason()).hasSizeLessThan(3000);
                assertThat(e.author().user()).hasSizeLessThan(3000);
                assertThat(e.spec().script()).isNull();
              });
    }
  }
}
