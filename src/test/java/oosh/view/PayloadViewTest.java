package oosh.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import oosh.rollout.Payload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a launch takes along, on a screen. */
class PayloadViewTest {
  private static final String SIGNED =
      "https://b.oss.aliyuncs.com/a.tgz?Expires=1&OSSAccessKeyId=LTAIabcdefghijkl&Signature=secret%3D";

  @Test
  void tellsEachKind() {
    assertThat(
            PayloadView.what(
                Payload.IMAGE, Map.of("imageId", "m-1", "scalingConfigurationId", "asc-1")))
        .isEqualTo("m-1, also for the scaling configuration asc-1");
    assertThat(PayloadView.what(Payload.PACKAGE, Map.of("packageName", "nginx")))
        .isEqualTo("install nginx, the newest version");
    assertThat(
            PayloadView.what(
                Payload.PACKAGE, Map.of("packageName", "nginx", "action", "uninstall")))
        .isEqualTo("uninstall nginx");
    assertThat(
            PayloadView.what(
                Payload.FILE, Map.of("invokeSourcePath", SIGNED, "invokeDestinationDir", "/opt")))
        .isEqualTo("https://b.oss.aliyuncs.com/a.tgz?… into /opt");
    assertThat(
            PayloadView.back(
                Payload.OBJECT,
                Map.of(
                    "rollbackBucketName",
                    "b",
                    "rollbackObjectName",
                    "d/a",
                    "rollbackDestinationDir",
                    "/opt")))
        .isEqualTo("b/d/a into /opt");
    assertThat(PayloadView.back(Payload.IMAGE, Map.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://h/a?x-oss-signature=secret",
        "https://h/a?x=1&security-token=secret",
        "oss://h/a?SecurityToken=secret&x=1",
        "http://ann:secret@h/a",
        "fetch https://h/a?X-Amz-Credential=secret now"
      })
  void showsNoAddressWithWhatSignsIt(String address) {
    assertThat(PayloadView.address(address)).doesNotContain("secret");
    assertThat(StagingView.value(address)).doesNotContain("secret");
    assertThat(StagingView.value(List.of(Map.of("u", address)))).doesNotContain("secret");
    assertThat(PayloadView.json(Map.of("u", List.of(address))).toString()).doesNotContain("secret");
  }

  @Test
  void leavesOtherAddressesAlone() {
    assertThat(PayloadView.address("https://h/a?version=2")).isEqualTo("https://h/a?version=2");
  }
}
