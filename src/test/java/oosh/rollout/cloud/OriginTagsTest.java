package oosh.rollout.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The tags that tell who started an execution. */
final class OriginTagsTest {
  private static Execution tagged(Map<String, String> tags) {
    return new Execution(
        "exec-1",
        "t",
        ExecutionStatus.SUCCESS,
        "",
        "",
        Map.of(),
        List.of(),
        null,
        "root(130900)",
        "",
        tags,
        null,
        null);
  }

  @Test
  void tellWhoAndWhichScript() {
    Map<String, String> tags = OriginTags.of("ann", "ops-2", "deploy.sh", "aebc9f");
    assertThat(tags).isEqualTo(Map.of("oosh-who", "ann@ops-2", "oosh-script", "aebc9f:deploy.sh"));
    assertThat(tagged(tags).user()).isEqualTo("ann");
    assertThat(tagged(tags).host()).isEqualTo("ops-2");
    assertThat(OriginTags.scriptName(tags, "aebc9f", "invokeScript")).isEqualTo("deploy.sh");
    assertThat(OriginTags.scriptName(tags, "f158ef", "invokeScript")).isEqualTo("invokeScript");
    assertThat(OriginTags.of("ann", "ops-2", null, "")).containsOnlyKeys("oosh-who");
  }

  @Test
  void haveOnlyWhatATagMayHold() {
    Map<String, String> tags =
        OriginTags.of("DOMAIN\\änn", "", "http://" + "x".repeat(200), "aebc9f");
    assertThat(tags.get("oosh-who")).isEqualTo("DOMAIN__nn@_");
    assertThat(tags.values()).allMatch(v -> v.matches("[A-Za-z0-9._@:-]{1,128}"));
    assertThat(OriginTags.of("u".repeat(300), "h".repeat(300), null, "").get("oosh-who"))
        .hasSizeLessThanOrEqualTo(128);
  }

  @Test
  void ofAnotherFormTellNothing() {
    for (String who :
        new String[] {"", "ann", "ann@", "@ops-2", "a\u001b[2Jnn@ops", "ann@ops@ops", "a n@o"}) {
      Execution execution = tagged(Map.of("oosh-who", who));
      assertThat(execution.user()).as(who).isEqualTo("root(130900)");
      assertThat(execution.host()).as(who).isEmpty();
    }
    assertThat(
            OriginTags.scriptName(Map.of("oosh-script", "aebc9f:a\nb"), "aebc9f", "invokeScript"))
        .isEqualTo("invokeScript");
  }
}
