package oosh.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import oosh.sandbox.api.SandboxCaller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Templates that an account keeps for itself. */
class StoredTemplatesTest {
  private static final String TEXT =
      """
      {"FormatVersion": "OOS-2019-06-01", "Description": "suspends %s",
       "Parameters": {"group": {"Type": "String"}},
       "Tasks": [{"Name": "suspend", "Action": "ACS::ExecuteAPI", "Properties": {
         "Service": "ESS", "API": "SuspendProcesses",
         "Parameters": {"ScalingGroupId": "{{ group }}", "Process": ["%s"]}}}]}
      """;

  private final Sandbox sandbox = Sandbox.open(SandboxOptions.inSteps());
  private final SandboxCaller caller = new SandboxCaller(sandbox);

  @AfterEach
  void close() {
    sandbox.close();
  }

  private static String text(String process) {
    return TEXT.formatted(process, process);
  }

  private SandboxCaller.Reply put(String action, String content, String... more) {
    return put(caller, action, content, more);
  }

  private static SandboxCaller.Reply put(
      SandboxCaller caller, String action, String content, String... more) {
    String[] all = new String[4 + more.length];
    all[0] = "TemplateName";
    all[1] = "team-rollout";
    all[2] = "Content";
    all[3] = content;
    System.arraycopy(more, 0, all, 4, more.length);
    return caller.call(SandboxCaller.OOS, action, all);
  }

  private JsonObject get(String... more) {
    String[] all = new String[2 + more.length];
    all[0] = "TemplateName";
    all[1] = "team-rollout";
    System.arraycopy(more, 0, all, 2, more.length);
    return caller.call(SandboxCaller.OOS, "GetTemplate", all).json();
  }

  @Test
  void isKeptListedAndGivenAnotherVersion() {
    JsonObject made =
        put("CreateTemplate", text("ScaleIn"), "VersionName", "first", "Tags", "{\"team\":\"a\"}")
            .json()
            .getAsJsonObject("Template");
    assertThat(made.get("ShareType").getAsString()).isEqualTo("Private");
    assertThat(made.get("TemplateVersion").getAsString()).isEqualTo("v1");
    assertThat(made.get("Description").getAsString()).isEqualTo("suspends ScaleIn");
    assertThat(put("CreateTemplate", text("ScaleIn")).code())
        .isEqualTo("EntityAlreadyExists.Template");
    assertThat(
            put("UpdateTemplate", text("ScaleOut"), "VersionName", "second")
                .json()
                .getAsJsonObject("Template")
                .get("TemplateVersion")
                .getAsString())
        .isEqualTo("v2");
    assertThat(get().get("Content").getAsString()).contains("ScaleOut");
    assertThat(get("TemplateVersion", "v1").get("Content").getAsString()).contains("ScaleIn");
    assertThat(
            caller
                .call(SandboxCaller.OOS, "ListTemplates", "Tags", "{\"team\":\"a\"}")
                .json()
                .getAsJsonArray("Templates"))
        .hasSize(1);
    assertThat(
            caller
                .call(SandboxCaller.OOS, "ListTemplates", "TemplateName", "team", "RegionId", "x")
                .json()
                .getAsJsonArray("Templates"))
        .isEmpty();
    caller.call(SandboxCaller.OOS, "DeleteTemplate", "TemplateName", "team-rollout");
    assertThat(get().get("Code").getAsString()).isEqualTo("EntityNotExists.Template");
  }

  @Test
  void isPlayedInTheVersionThatIsAskedFor() {
    put("CreateTemplate", text("ScaleIn"));
    put("UpdateTemplate", text("ScaleOut"));
    String group = "{\"group\":\"asg-bp1web\"}";
    String id = caller.startOf("team-rollout", group, "TemplateVersion", "v1");
    sandbox.advance(Duration.ofSeconds(1));
    JsonObject execution = caller.execution(id);
    assertThat(execution.get("Status").getAsString()).isEqualTo("Success");
    assertThat(execution.get("TemplateName").getAsString()).isEqualTo("team-rollout");
    assertThat(execution.get("TemplateVersion").getAsString()).isEqualTo("v1");
    assertThat(execution.get("TemplateId"))
        .isEqualTo(get().getAsJsonObject("Template").get("TemplateId"));
    assertThat(caller.suspended("asg-bp1web")).isEqualTo(1);
    caller.startOf("team-rollout", group);
    sandbox.advance(Duration.ofSeconds(1));
    assertThat(caller.suspended("asg-bp1web")).isEqualTo(2);
    assertThat(
            caller
                .call(SandboxCaller.OOS, "GetExecutionTemplate", "ExecutionId", id)
                .json()
                .get("Content")
                .getAsString())
        .isEqualTo(text("ScaleIn"));
    assertThat(
            caller
                .call(SandboxCaller.OOS, "GenerateExecutionPolicy", "TemplateName", "team-rollout")
                .json()
                .get("Policy")
                .getAsString())
        .contains("ess:SuspendProcesses");
  }

  @Test
  void isToldInTheFormatThatItWasWrittenIn() {
    String yaml =
        """
        FormatVersion: OOS-2019-06-01
        Parameters: {group: {Type: String}}
        Tasks:
          - Name: suspend
            Action: ACS::ExecuteAPI
            Properties:
              {Service: ESS, API: SuspendProcesses,
               Parameters: {ScalingGroupId: '{{ group }}', Process: [ScaleIn]}}
        """;
    JsonObject made = put("CreateTemplate", yaml).json().getAsJsonObject("Template");
    assertThat(made.get("TemplateFormat").getAsString()).isEqualTo("YAML");
    assertThat(get().get("Content").getAsString()).isEqualTo(yaml);
    assertThat(templates("YAML")).isEqualTo(1);
    assertThat(templates("JSON")).isGreaterThan(1);

    caller.startOf("team-rollout", "{\"group\":\"asg-bp1web\"}");
    sandbox.advance(Duration.ofSeconds(1));
    assertThat(caller.suspended("asg-bp1web")).isEqualTo(1);
  }

  private int templates(String format) {
    return caller
        .call(SandboxCaller.OOS, "ListTemplates", "TemplateFormat", format)
        .json()
        .getAsJsonArray("Templates")
        .size();
  }

  @Test
  void isRefusedWhereTheSandboxCannotPlayIt() {
    SandboxCaller.Reply reply =
        put("CreateTemplate", text("ScaleIn").replace("SuspendProcesses", "DeleteScalingGroup"));
    assertThat(reply.code()).isEqualTo("InvalidTemplate.Content");
    assertThat(reply.text()).contains("suspend", "DeleteScalingGroup");
    assertThat(
            caller
                .call(
                    SandboxCaller.OOS,
                    "CreateTemplate",
                    "TemplateName",
                    "ACS-mine",
                    "Content",
                    text("ScaleIn"))
                .code())
        .isEqualTo("InvalidParameter");
    assertThat(
            caller
                .call(
                    SandboxCaller.OOS,
                    "DeleteTemplate",
                    "TemplateName",
                    "ACS-ESS-RollingUpdateByRunCommandInScalingGroup")
                .code())
        .isEqualTo("Forbidden");
  }

  @Test
  void outlivesTheProcess(@TempDir Path directory) {
    SandboxOptions options = new SandboxOptions(0, directory.resolve("state.json"), true, null);
    try (Sandbox first = Sandbox.open(options)) {
      put(new SandboxCaller(first), "CreateTemplate", text("ScaleIn"));
    }
    try (Sandbox second = Sandbox.open(options)) {
      SandboxCaller later = new SandboxCaller(second);
      assertThat(put(later, "UpdateTemplate", text("ScaleOut")).text()).contains("\"v2\"");
    }
  }
}
