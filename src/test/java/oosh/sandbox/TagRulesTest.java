package oosh.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import oosh.sandbox.api.SandboxCaller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sandbox refuses of tags and of filters, as the service does. */
class TagRulesTest {
  private static final String TEMPLATE = "ACS-ESS-RollingUpdateByRunCommandInScalingGroup";

  @ParameterizedTest
  @ValueSource(strings = {"{\"\":\"a\"}", "{\"acs:x\":\"a\"}", "{\"aliyunx\":\"a\"}"})
  void refusesAKeyThatIsEmptyOrReserved(String tags) {
    try (Sandbox sandbox = Sandbox.open(SandboxOptions.inSteps())) {
      assertThat(start(sandbox, tags).text()).contains("is not valid");
    }
  }

  @Test
  void refusesAValueThatIsTooLongOrReserved() {
    try (Sandbox sandbox = Sandbox.open(SandboxOptions.inSteps())) {
      for (String value : new String[] {"acs:x", "a http://b", "v".repeat(129)}) {
        JsonObject tags = new JsonObject();
        tags.addProperty("k", value);
        assertThat(start(sandbox, tags.toString()).text()).contains("is not valid");
      }
      assertThat(start(sandbox, "{\"k\":\"" + "v".repeat(128) + "\"}").text())
          .doesNotContain("is not valid");
    }
  }

  @Test
  void refusesMoreThanTwentyTags() {
    JsonObject tags = new JsonObject();
    for (int i = 0; i < 21; i++) {
      tags.addProperty("k" + i, "v");
    }
    try (Sandbox sandbox = Sandbox.open(SandboxOptions.inSteps())) {
      assertThat(start(sandbox, tags.toString()).text()).contains("at most 20 tags");
      tags.remove("k0");
      assertThat(start(sandbox, tags.toString()).text()).doesNotContain("at most 20 tags");
    }
  }

  @Test
  void refusesFiltersThatExcludeEachOther() {
    try (Sandbox sandbox = Sandbox.open(SandboxOptions.inSteps())) {
      SandboxCaller.Reply reply =
          new SandboxCaller(sandbox)
              .call(
                  SandboxCaller.OOS,
                  "ListExecutions",
                  "Depth",
                  "RootDepth",
                  "IncludeChildExecution",
                  "true");
      assertThat(reply.http()).isEqualTo(400);
      assertThat(reply.text()).contains("exclude each other");
    }
  }

  private static SandboxCaller.Reply start(Sandbox sandbox, String tags) {
    return new SandboxCaller(sandbox)
        .call(
            SandboxCaller.OOS,
            "StartExecution",
            "TemplateName",
            TEMPLATE,
            "Tags",
            tags,
            "Parameters",
            "{}");
  }
}
