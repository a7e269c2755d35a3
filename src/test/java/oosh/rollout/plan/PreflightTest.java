package oosh.rollout.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import oosh.rollout.Warning;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.update.BatchSizing;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.Context;
import oosh.rollout.update.Launch;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreflightTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "read answer",
        "sudo vim /etc/hosts",
        "apt-get install nginx",
        "yum update && true; yum install -q nginx",
        "  less /var/log/messages"
      })
  void warnsOfWhatWaitsForAnAnswer(String line) {
    assertThat(warnings("#!/bin/sh -e\n" + line + "\n"))
        .singleElement()
        .satisfies(
            w ->
                assertThat(w.text())
                    .startsWith("line 2 of deploy.sh waits for input that never comes"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "while read line; do echo $line; done <file",
        "read version <VERSION",
        "cat list | read first",
        "apt-get install -y nginx",
        "apt-get -yq install nginx",
        "yum --assumeyes install nginx",
        "echo topmost",
        "readonly X=1",
        "password=$(fetch)",
        "token=\"$TOKEN\"",
        "echo 'the secret: is out'"
      })
  void warnsOfNothingInAHarmlessScript(String line) {
    assertThat(warnings("#!/bin/sh -e\n" + line + "\n")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "export KEY=LTAI5tFakeFakeFakeFake",
        "DB_PASSWORD='hunter2hunter2'",
        "-----BEGIN RSA PRIVATE KEY-----",
        "curl -H 'X-Token: abcdefgh12345678'"
      })
  void warnsOfASecretWithoutSayingIt(String line) {
    assertThat(warnings("#!/bin/sh -e\n" + line + "\n"))
        .singleElement()
        .satisfies(
            w ->
                assertThat(w.text() + w.remedy())
                    .contains("line 2 of deploy.sh looks like a secret")
                    .doesNotContain("hunter2", "LTAI5t", "abcdefgh"));
  }

  @Test
  void warnsOfAScriptThatCannotFail() {
    assertThat(warnings("#!/bin/sh\nfalse\nexit 0\n"))
        .extracting(Warning::text)
        .containsExactly(
            "deploy.sh ignores errors and always exits with 0, so OOS cannot see a failure");
    assertThat(warnings("#!/bin/sh\nset -e\nfalse\nexit 0\n")).isEmpty();
  }

  @Test
  void warnsOfAByteOrderMark() {
    assertThat(warnings("\ufeff#!/bin/sh\nset -e\ntrue\n"))
        .extracting(Warning::text)
        .containsExactly(
            "deploy.sh begins with a byte order mark, so the system does not find its #! line");
  }

  @Test
  void warnsOfABatchThatCanEmptyAZone() {
    assertThat(zones(2, "a", "a", "b", "b", "b", "b"))
        .extracting(Warning::text)
        .containsExactly("a batch of 3 can take all that serves in a (2) out of service");
    assertThat(zones(3, "a", "a", "a", "b", "b", "b")).isEmpty();
    assertThat(zones(1, "a", "a", "a")).isEmpty();
  }

  private static List<Warning> zones(int batches, String... zones) {
    List<GroupInstance> instances = new java.util.ArrayList<>();
    for (int i = 0; i < zones.length; i++) {
      instances.add(new GroupInstance("i-" + i, "InService", "Healthy", zones[i], null));
    }
    Launch launch =
        new Launch(
            new Context("p", "r", "asg-1", UpdateMethod.RUN_SCRIPT),
            instances.size(),
            UpdateSpec.EMPTY
                .withScript(Script.ofText("deploy.sh", "true"), CommandType.SHELL)
                .withBatches(BatchSizing.number(batches)),
            Set.of(),
            "",
            List.of(),
            Map.of());
    return Preflight.ofZones(launch, instances, List.of("InService"));
  }

  private static List<Warning> warnings(String text) {
    return Preflight.ofScript(Script.ofText("deploy.sh", text), CommandType.SHELL);
  }
}
