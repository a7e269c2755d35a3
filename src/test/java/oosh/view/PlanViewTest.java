package oosh.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.ScalingProcess;
import oosh.rollout.plan.Plan;
import oosh.rollout.plan.Rollback;
import oosh.rollout.update.BatchSizing;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.Payload;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import oosh.view.json.JsonOutput;
import oosh.view.json.PlanJson;
import org.junit.jupiter.api.Test;

class PlanViewTest {
  private final UpdateSpec staging =
      UpdateSpec.EMPTY
          .withScript(ViewFixtures.DEPLOY, CommandType.SHELL)
          .withRollbackScript(ViewFixtures.UNDO)
          .withBatches(BatchSizing.number(3))
          .withExtraParameter("lifecycleState", List.of("InService", "Protected"));
  private final Plan launch =
      Plan.launch(
          ViewFixtures.CONTEXT,
          staging,
          ViewFixtures.group(6, 0, 1, ScalingProcess.ALARM_NOTIFICATION),
          ViewFixtures.inService(6),
          Optional.empty(),
          "web 2.4.1");

  private Plan rollback() {
    Execution source = ViewFixtures.execution(ExecutionStatus.FAILED, 3);
    Rollback back = Rollback.of(ViewFixtures.CONTEXT, source, 4, Optional.empty(), staging, "");
    return Plan.rollback(
        back,
        source,
        ViewFixtures.group(4, 0, 2),
        ViewFixtures.inService(5),
        List.of("i-0", "i-1"),
        Optional.empty());
  }

  @Test
  void announcesAnAutomaticRollback() {
    assertThat(PlanView.text(launch, true, "", ViewFixtures.NARROW))
        .contains(
            "  on failure  automatic rollback with\n"
                + "              undo.sh, only while this\n"
                + "              oosh is watching\n  script      deploy.sh");
    assertThat(PlanView.text(launch, false, "", ViewFixtures.NARROW))
        .isEqualTo(PlanView.text(launch, ViewFixtures.NARROW));
    assertThat(PlanJson.of(launch, true).get("rollbackOnFailure").getAsBoolean()).isTrue();
    assertThat(PlanJson.of(launch, false)).isEqualTo(PlanJson.of(launch));
  }

  private static final UpdateSpec FILE =
      UpdateSpec.EMPTY.withPayload(
          Payload.FILE,
          Map.of(
              "invokeSourcePath",
              "https://h/a-2.tgz?Expires=1&Signature=secret",
              "invokeDestinationDir",
              "/opt"),
          Map.of(
              "rollbackSourcePath",
              "https://h/a-1.tgz?Expires=1&Signature=secret",
              "rollbackDestinationDir",
              "/opt"));

  private static Plan of(UpdateMethod method, UpdateSpec staging) {
    return Plan.launch(
        ViewFixtures.CONTEXT.withMethod(method),
        staging.withBatches(BatchSizing.number(3)),
        ViewFixtures.group(6, 0, 0),
        ViewFixtures.inService(6),
        Optional.empty(),
        "");
  }

  @Test
  void describesADownloadWithoutTheSignatureOfItsUrl() {
    assertThat(PlanView.text(of(UpdateMethod.DOWNLOAD_FILE, FILE), ViewFixtures.WIDE))
        .isEqualTo(
            """
            launch on asg-bp1web "web" · profile sandbox · cn-hangzhou
              method      download-file: have every instance fetch a file and run a script,
                          while it keeps serving
              instances   6 in service; 6 take part
              batches     3 batches of 2: at most 2 at once, and all keep serving; no pause
                          between batches; OOS chooses the order
              file        https://h/a-2.tgz?… into /opt
              in service  instances keep serving while it runs: the template uses no Standby
              hook        writes the lifecycle hook
                          ACS-ESS-LifeCycleDownloadFileAndRunCommand before the instances;
                          it stays in the group
              script      none: "exit 0" is sent, because the template always runs a script
              rollback    https://h/a-1.tgz?… into /opt
              processes   suspends and then resumes ScaleIn, ScaleOut, HealthCheck,
                          AlarmNotification, ScheduledAction
              role        left to OOS
            warning  the address is signed, and OOS shows parameters to all who may list
                     executions
              next   let the signature expire soon, or use method download-oss-file,
                     which signs automatically""");
    assertThat(JsonOutput.document(PlanJson.of(of(UpdateMethod.DOWNLOAD_FILE, FILE))))
        .contains("https://h/a-2.tgz?…")
        .doesNotContain("secret");
  }

  @Test
  void saysThatANewImageLosesTheDiskAndWhichImageARollbackLeaves() {
    UpdateSpec image =
        UpdateSpec.EMPTY.withPayload(
            Payload.IMAGE,
            Map.of("imageId", "m-2", "scalingConfigurationId", "asc-1"),
            Map.of("sourceImageId", "m-1"));
    assertThat(PlanView.text(of(UpdateMethod.REPLACE_IMAGE, image), ViewFixtures.WIDE))
        .isEqualTo(
            """
            launch on asg-bp1web "web" · profile sandbox · cn-hangzhou
              method      replace-image: give every instance a new system disk made of an
                          image; what is on the old one is lost
              instances   6 in service; 6 take part
              batches     3 batches of 2: at most 33% out of service, 4 keep serving; no
                          pause between batches; OOS chooses the order
              image       m-2, also for the scaling configuration asc-1
              loses       all that is on the system disk: each instance is stopped, gets a
                          new one, and is started
              configured  the scaling configuration gets the image before any instance does
              rollback    m-1
              processes   suspends and then resumes ScaleIn, ScaleOut, HealthCheck,
                          AlarmNotification, ScheduledAction
              role        left to OOS
            warning  a rollback does not restore the image of asc-1
              next   note its present image, and set it by hand after a rollback""");
  }

  @Test
  void describesALaunch() {
    assertThat(PlanView.text(launch, ViewFixtures.WIDE))
        .isEqualTo(
            """
            launch on asg-bp1web "web" · profile sandbox · cn-hangzhou
              instances   6 in service, 1 in Standby; 6 take part
              batches     3 batches of 2: at most 33% out of service, 4 keep serving; no
                          pause between batches; OOS chooses the order
              script      deploy.sh (sha e3cbd4, 24 of 18,432 bytes, RunShellScript); OOS
                          gives it 600 s on each instance
              rollback    undo.sh (sha cb1ad1, 22 bytes)
              processes   suspends and then resumes ScaleIn, ScaleOut, HealthCheck,
                          ScheduledAction; AlarmNotification is suspended already and stays
                          so
              role        left to OOS
              set         lifecycleState = InService,Protected
              because     "web 2.4.1"
            warning  1 in Standby will not be touched
              next
                heal returns those that an execution left there, the ESS console the others""");
  }

  @Test
  void describesALaunchInFortyColumns() {
    assertThat(PlanView.text(launch, ViewFixtures.NARROW))
        .isEqualTo(
            """
            launch on asg-bp1web "web" · profile
                sandbox · cn-hangzhou
              instances   6 in service, 1 in
                          Standby; 6 take part
              batches     3 batches of 2: at most
                          33% out of service, 4 keep
                          serving; no pause between
                          batches; OOS chooses the
                          order
              script      deploy.sh (sha e3cbd4, 24
                          of 18,432 bytes,
                          RunShellScript); OOS gives
                          it 600 s on each instance
              rollback    undo.sh (sha cb1ad1, 22
                          bytes)
              processes   suspends and then resumes
                          ScaleIn, ScaleOut,
                          HealthCheck,
                          ScheduledAction;
                          AlarmNotification is
                          suspended already and
                          stays so
              role        left to OOS
              set         lifecycleState =
                          InService,Protected
              because     "web 2.4.1"
            warning  1 in Standby will not be
                     touched
              next
                heal returns those that an execution
                left there,
                the ESS console the others""");
  }

  @Test
  void describesARollback() {
    assertThat(PlanView.text(rollback(), ViewFixtures.WIDE))
        .isEqualTo(
            """
            roll back exec-8f31 on asg-bp1web "web" · profile sandbox · cn-hangzhou
              instances   4 instances that it has touched
              batches     3 batches of 2 or 1: at most 40% out of service, 3 keep serving;
                          no pause between batches; OOS chooses the order
              script      undo.sh (sha cb1ad1, 22 of 18,432 bytes, RunShellScript); OOS
                          gives it 600 s on each instance
              processes   suspends and then resumes ScaleIn, ScaleOut
              role        left to OOS""");
  }

  @Test
  void asks() {
    assertThat(PlanView.question(launch, false))
        .isEqualTo("launch on 6 instances of asg-bp1web, profile sandbox? [y/N] ");
    assertThat(PlanView.question(rollback(), false))
        .isEqualTo("roll back 4 instances of asg-bp1web, profile sandbox? [y/N] ");
  }

  @Test
  void isJsonWithTheExactParameters() {
    assertThat(JsonOutput.document(PlanJson.of(rollback())))
        .isEqualTo(
            """
            {
              "action": "rollback",
              "group": {
                "id": "asg-bp1web",
                "name": "web",
                "region": "cn-hangzhou",
                "lifecycleState": "Active",
                "inService": 4,
                "protected": 0,
                "standby": 2,
                "other": 0,
                "total": 6,
                "minSize": 1,
                "maxSize": 9,
                "suspended": []
              },
              "instances": 4,
              "profile": "sandbox",
              "severe": false,
              "serving": 5,
              "outOfService": 2,
              "batchSizes": [
                2,
                1,
                1
              ],
              "rollbackScript": {
                "name": "undo.sh",
                "sha256": "cb1ad1a7ea4c7e4ee6c46c1025bed2240b5e9f3621e661ccfad8bea9ccd11308",
                "bytes": 22
              },
              "suspends": [
                "ScaleIn",
                "ScaleOut"
              ],
              "leftSuspended": [],
              "onFailure": "stop",
              "sourceExecutionId": "exec-8f31",
              "warnings": [],
              "method": "run-script",
              "template": "ACS-ESS-RollingUpdateByRunCommandInScalingGroup",
              "parameters": {
                "invokeType": "rollback",
                "scalingGroupId": "asg-bp1web",
                "commandType": "RunShellScript",
                "rollbackScript": "#!/bin/sh -e\\necho bye\\n",
                "OOSAssumeRole": "",
                "sourceExecutionId": "exec-8f31",
                "batchNumber": 3,
                "batchPauseOption": "Automatic"
              }
            }""");
  }
}
