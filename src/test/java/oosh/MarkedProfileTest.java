package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.util.List;
import java.util.Map;
import oosh.config.Config;
import oosh.config.Hooks;
import oosh.config.JournalSettings;
import oosh.config.ProfileRules;
import oosh.rollout.ProfileMark;
import oosh.shell.Prompt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A profile that the config file marks: every start on it is confirmed by the group's id. */
@Timeout(60)
class MarkedProfileTest extends ShellFixture {
  private static final String NAMED =
      "type asg-bp1web to launch on 6 instances, profile sandbox [production]: ";

  MarkedProfileTest() {
    super(
        new ConfiguredBackends(
            ShellFixture.backends(),
            new Config(
                null,
                null,
                null,
                Hooks.NONE,
                Map.of(),
                new ProfileRules(
                    List.of(new ProfileRules.Rule("sand*", true, ProfileMark.Colour.RED))),
                JournalSettings.NONE)));
  }

  @Test
  void aLaunchIsConfirmedByTheNameOfTheGroup() {
    answers("y");
    assertThat(run(STAGED + "launch")).isEqualTo(3);
    assertThat(questions).last().isEqualTo(NAMED);
    assertThat(oneLine()).contains("what was typed is not asg-bp1web");
    assertThat(executions()).isEmpty();
    answers(GROUP);
    assertThat(run("launch")).as(oneLine()).isZero();
    assertThat(executions()).hasSize(1);
  }

  @Test
  void yesAloneIsRefusedAndNamesTheOption() {
    assertThat(run(STAGED + "launch -y")).isEqualTo(1);
    assertThat(oneLine())
        .contains("the profile is marked production, and -y alone does not confirm a start on it")
        .contains("launch -y --confirm asg-bp1web");
    assertThat(questions).isEmpty();
    assertThat(run("launch -y --confirm asg-bp1web")).as(oneLine()).isZero();
    assertThat(executions()).hasSize(1);
  }

  @Test
  void aRollbackAndARetryAreTheSameButNotTheRollbackInAHurry() {
    assertThat(run(STAGED + "launch --confirm asg-bp1web")).as(oneLine()).isZero();
    assertThat(run("rollback -y")).isEqualTo(1);
    assertThat(oneLine()).contains("next rollback -y --confirm asg-bp1web");
    assertThat(run("retry --failed --missing --newcomers -y")).isEqualTo(1);
    assertThat(run("rollback --now -y")).as(oneLine()).isZero();
    assertThat(executions()).hasSize(2);
  }

  @Test
  void aRollbackThatWasConfirmedWithItsLaunchAsksNothing() {
    run("sandbox fail i-bp1c --times 1");
    assertThat(run(STAGED + "launch --rollback-on-failure --confirm asg-bp1web"))
        .as(oneLine())
        .isEqualTo(6);
    assertThat(questions).isEmpty();
  }

  @Test
  void aRetryAtThePauseIsAStart() {
    run("sandbox fail i-bp1c");
    assertThat(run(STAGED + "launch --on-failure pause --confirm asg-bp1web"))
        .as(oneLine())
        .isEqualTo(7);
    assertThat(run("retry -y")).isEqualTo(1);
    assertThat(oneLine()).contains("--confirm asg-bp1web");
    answers("n");
    assertThat(run("retry")).isEqualTo(3);
    assertThat(questions.get(questions.size() - 1))
        .startsWith("type asg-bp1web to retry i-bp1c of exec-");
    run("sandbox fail --clear");
    answers(GROUP);
    run("retry --detach");
    assertThat(oneLine()).contains("retries i-bp1c of exec-");
  }

  @Test
  void planAndRehearsalAskNothingAndThePlanShowsTheMark() {
    assertThat(run(STAGED + "plan")).isZero();
    assertThat(oneLine()).contains("profile marked production");
    assertThat(run("plan --output json")).isZero();
    var json = JsonParser.parseString(results.toString()).getAsJsonObject();
    assertThat(json.get("mark").getAsString()).isEqualTo("production");
    assertThat(json.get("severe").getAsBoolean()).isTrue();
    assertThat(questions).isEmpty();
  }

  @Test
  void newcomersAreNotAskedFor() {
    assertThat(run(STAGED + "launch --newcomers --confirm asg-bp1web")).as(oneLine()).isZero();
    assertThat(questions).isEmpty();
  }

  @Test
  void thePromptNamesTheMark() {
    run("use group asg-bp1web");
    assertThat(Prompt.of(session())).isEqualTo("sandbox [production] cn-hangzhou asg-bp1web(6) › ");
  }
}
