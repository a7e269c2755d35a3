package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import oosh.rollout.hold.FreezeWindow;
import oosh.rollout.hold.GroupLock;
import oosh.rollout.hold.Person;
import oosh.shell.SandboxControl.FailingCalls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of the groups of a later wave while the first one runs, and what is said of it. */
@Timeout(60)
class WaveMeanwhileTest extends WaveTestBase {
  private static final Person WANG = new Person("wang", "ops-2");

  /** Launches while something happens during the first wave. */
  private int launchedWhile(Runnable happens) {
    whenShown("asg-t4nweb  Running", happens);
    return run(launch);
  }

  private void requireWaits(String group, String said) {
    assertThat(phases()).contains(group + " TO_START").startsWith("asg-t4nweb SUCCESS");
    assertThat(oneLine()).contains(said).contains("waits: could not start ");
  }

  /** The lines to type. */
  private void requireNext(String group) {
    assertThat(oneLine())
        .contains(
            "continue " + id() + " later tries it again",
            "continue " + id() + " --skip " + group + " leaves it as it is");
  }

  private void goesOn(String line) {
    assertThat(run(line + " " + id())).as(oneLine()).isZero();
    assertThat(phases())
        .containsExactly("asg-t4nweb SUCCESS", "asg-bp1web SUCCESS", "asg-bp1api SUCCESS");
  }

  @Test
  void aGroupThatIsLockedWaitsAndTheOthersGo() {
    int exit =
        launchedWhile(
            () ->
                backends
                    .journal()
                    .restrictions()
                    .lock(new GroupLock("cn-hangzhou", GROUP, WANG, "migration", session().now())));
    assertThat(exit).as(oneLine()).isEqualTo(7);
    requireWaits(GROUP, "cannot launch on asg-bp1web: wang on ops-2 locked it ");
    assertThat(oneLine()).contains(" ago: \"migration\"");
    requireNext(GROUP);
    GroupLock lock = backends.journal().restrictions().lockOn("cn-hangzhou", GROUP).orElseThrow();
    backends.journal().restrictions().unlock(lock, WANG, "");
    goesOn("continue");
  }

  private void freeze() {
    DateTimeFormatter form = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");
    LocalDateTime now = LocalDateTime.ofInstant(session().now(), ZoneOffset.UTC);
    backends
        .journal()
        .restrictions()
        .add(
            new FreezeWindow(
                0,
                FreezeWindow.times(
                    form.format(now.minusHours(1)) + " - " + form.format(now.plusHours(1))),
                ZoneOffset.UTC,
                "*",
                WANG,
                "year's end",
                session().now()));
  }

  @Test
  void aFreezeThatBeginsHoldsTheNextWave() {
    assertThat(launchedWhile(this::freeze)).as(oneLine()).isEqualTo(7);
    requireWaits(GROUP, "cannot launch on asg-bp1web: freeze 1 (");
    requireWaits("asg-bp1api", " is in force until ");
    assertThat(oneLine()).contains("year's end");
    requireNext(GROUP);
    requireNext("asg-bp1api");
    assertThat(run("continue " + id())).isEqualTo(7);
    pause(2 * 3600);
    goesOn("continue");
  }

  @Test
  void aFreezeThatBeginsDoesNotHoldWhatWasLaunchedThroughFreezes() {
    launch += " --through-freeze hotfix";
    assertThat(launchedWhile(this::freeze)).as(oneLine()).isZero();
  }

  @Test
  void aGroupWithoutInstancesWaits() {
    assertThat(
            launchedWhile(() -> backends.sandboxControl().setSize("asg-bp1api", 0, Duration.ZERO)))
        .as(oneLine())
        .isEqualTo(7);
    requireWaits("asg-bp1api", "none of its 0 instances is InService");
    backends.sandboxControl().setSize("asg-bp1api", 4, Duration.ZERO);
    goesOn("continue");
  }

  @Test
  void whatAGroupHasThenIsLaunchedOn() {
    assertThat(
            launchedWhile(
                () -> {
                  backends.sandboxControl().setSize(GROUP, 8, Duration.ZERO);
                  backends.sandboxControl().takeOut("i-bp2e");
                }))
        .as(oneLine())
        .isZero();
    assertThat(oneLine())
        .contains("asg-bp1web Success 8/8", "asg-bp1api Success 4/4", "on 8 of 8", "on 4 of 4");
  }

  @Test
  void aGroupThatIsGoneWaits() {
    file(UPDATE + WAVES.replace("asg-t4nweb}", "asg-t4nweb, bake: 30s}"));
    whenShown(
        "bake until", () -> backends.sandboxControl().stage(group(), instances(), false, null));
    assertThat(run(launch)).as(oneLine()).isEqualTo(7);
    assertThat(phases()).contains("asg-bp1web SUCCESS");
    requireWaits("asg-bp1api", "no scaling group asg-bp1api: ESS does not know it");
    assertThat(run("continue " + id() + " --skip asg-bp1api")).as(oneLine()).isZero();
  }

  /** A pattern is looked up at the plan. */
  @Test
  void aGroupThatAppearsIsNoPartOfIt() {
    file(UPDATE + "waves: [{region: cn-hangzhou, groups: 'asg-bp1*', bake: 30s}]\n");
    backends.sandboxControl().stage(group(), instances(), false, null);
    whenShown("bake until", () -> backends.sandboxControl().reset());
    assertThat(run(launch.replace(" --confirm asg-t4nweb", ""))).as(oneLine()).isZero();
    assertThat(oneLine()).contains("1 of 1 group succeeded");
    assertThat(phases()).containsExactly("asg-bp1web SUCCESS");
    assertThat(executions()).isEmpty();
  }

  @Test
  void aPlanThatHasBecomeSevereWantsTheGroupsName() {
    assertThat(launchedWhile(() -> backends.sandboxControl().setSize(GROUP, 2, Duration.ZERO)))
        .as(oneLine())
        .isEqualTo(7);
    assertThat(oneLine())
        .contains("nothing was started on asg-bp1web: its plan is severe now")
        .contains("continue " + id() + " --confirm asg-bp1web");
    goesOn("continue --confirm asg-bp1web");
  }

  @Test
  void aRegionThatDoesNotAnswerForAWhileIsTriedAgain() {
    assertThat(
            launchedWhile(
                () ->
                    backends
                        .sandboxControl()
                        .failCalls(new FailingCalls(null, "cn-hangzhou", null), "error500", 40, 0)))
        .as(oneLine())
        .isZero();
    assertThat(oneLine()).contains("oosh tries again");
  }
}
