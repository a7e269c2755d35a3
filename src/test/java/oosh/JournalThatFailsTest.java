package oosh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import oosh.rollout.Cloud;
import oosh.rollout.CommandType;
import oosh.rollout.Context;
import oosh.rollout.Entry;
import oosh.rollout.Journal;
import oosh.rollout.Plan;
import oosh.rollout.Problem;
import oosh.rollout.Profile;
import oosh.rollout.Rollouts;
import oosh.rollout.Script;
import oosh.rollout.Staging;
import oosh.rollout.UpdateMethod;
import oosh.shell.Setting;
import org.junit.jupiter.api.Test;

/** A real journal and sandbox, but for one write that the disk has no room for. */
class JournalThatFailsTest {
  @Test
  void anIntentThatCannotBeWrittenStartsNothing() {
    try (Setting setting = CheckSetting.open()) {
      assertThatThrownBy(() -> launch(setting, "intend"))
          .isInstanceOfSatisfying(
              Problem.class, p -> assertThat(p.kind()).isEqualTo(Problem.Kind.REFUSED));
      assertThat(cloud(setting).executions().recent(null, 10)).isEmpty();
    }
  }

  @Test
  void aStartThatCannotBeWrittenIsNotCalledRefused() {
    try (Setting setting = CheckSetting.open()) {
      assertThatThrownBy(() -> launch(setting, "started"))
          .isInstanceOfSatisfying(
              Problem.class,
              p -> {
                assertThat(p.kind()).isEqualTo(Problem.Kind.UNCERTAIN);
                assertThat(p.what()).startsWith("exec-0000000000000001 was started");
                assertThat(p.next()).isEqualTo("watch exec-0000000000000001");
              });
      assertThat(cloud(setting).executions().recent(null, 10)).hasSize(1);
      assertThat(setting.journal().history(new Journal.Query(null, null, null, null, null, 10)))
          .extracting(Entry::state)
          .containsExactly(Entry.State.INTENDED);
    }
  }

  private static Cloud cloud(Setting setting) {
    return setting.profiles().open(setting.profiles().named(Profile.SANDBOX), "cn-hangzhou");
  }

  private static void launch(Setting setting, String failing) {
    Context context =
        new Context(Profile.SANDBOX, "cn-hangzhou", "asg-bp1web", UpdateMethod.RUN_SCRIPT);
    Script script = Script.of("a.sh", "true".getBytes(StandardCharsets.UTF_8));
    Cloud cloud = cloud(setting);
    Plan plan =
        Plan.launch(
            context,
            Staging.EMPTY.withScript(script, CommandType.SHELL),
            cloud.groups().find("asg-bp1web").orElseThrow(),
            cloud.groups().instances("asg-bp1web"),
            Optional.empty(),
            "");
    new Rollouts(
            cloud.executions(),
            failing(setting.journal(), failing),
            setting.pace(),
            setting.author(),
            setting.tokens())
        .start(plan.rollout(), setting.pace().instant(), "");
  }

  private static Journal failing(Journal journal, String method) {
    return (Journal)
        Proxy.newProxyInstance(
            Journal.class.getClassLoader(),
            new Class<?>[] {Journal.class},
            (self, called, arguments) -> {
              if (called.getName().equals(method)) {
                throw Problem.refused("the journal", "the disk is full", "make room");
              }
              try {
                return called.invoke(journal, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
