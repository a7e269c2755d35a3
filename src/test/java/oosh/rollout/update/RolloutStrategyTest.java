package oosh.rollout.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import oosh.rollout.OnFailure;
import oosh.rollout.Problem;
import oosh.rollout.RolloutFixtures;
import oosh.rollout.Warning;
import oosh.rollout.cloud.GroupInstance;
import oosh.rollout.plan.Plan;
import org.junit.jupiter.api.Test;

/** What oosh's own template can do, and when it is refused. */
class RolloutStrategyTest {
  private static final Context OWN =
      new Context("default", "cn-hangzhou", "asg-1", UpdateMethod.RUN_SCRIPT_OOSH);
  private static final Script SCRIPT = Script.ofText("a.sh", "set -e\n");
  private static final UpdateSpec STAGED =
      UpdateSpec.EMPTY.withScript(SCRIPT, CommandType.SHELL).withRollbackScript(SCRIPT);

  @Test
  void theLastStepRepeats() {
    assertThat(RolloutStrategy.NONE.withSteps("1,5,20%").sizes(40))
        .isEqualTo(List.of(1, 5, 8, 8, 8, 8, 2));
    assertThat(RolloutStrategy.NONE.withSteps("1,5").sizes(3)).isEqualTo(List.of(1, 2));
    // A share of a small group is one instance at least.
    assertThat(RolloutStrategy.NONE.withSteps("1%,10%").sizes(3)).isEqualTo(List.of(1, 1, 1));
  }

  @Test
  void saysHowTheGroupIsCut() {
    assertThat(RolloutStrategy.list(RolloutStrategy.NONE.withSteps("1,5,20%").sizes(40)))
        .isEqualTo("batches of 1, 5, 4 times 8, 2");
    assertThat(RolloutStrategy.list(List.of(1, 1))).isEqualTo("2 batches of 1");
    assertThat(RolloutStrategy.list(List.of(6))).isEqualTo("1 batch of 6");
    assertThat(RolloutStrategy.list(List.of(2, 1))).isEqualTo("batches of 2, 1");
  }

  @Test
  void refusesMoreBatchesThanAHundred() {
    assertThatThrownBy(() -> RolloutStrategy.NONE.withSteps("1,2").sizes(1000))
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.why()).contains("501 batches", "at most 100"));
  }

  @Test
  void refusesAnInvalidStep() {
    for (String typed : List.of("1,,2", "0,2", "1,101%", "1,-2", "1,x")) {
      assertThatThrownBy(() -> RolloutStrategy.NONE.withSteps(typed)).isInstanceOf(Problem.class);
    }
  }

  @Test
  void refusesAnInvalidNumberOfErrors() {
    for (String typed : List.of("x", "101%", "-1", "%")) {
      assertThatThrownBy(() -> RolloutStrategy.NONE.withMaxErrors(typed))
          .isInstanceOf(Problem.class);
    }
    assertThat(RolloutStrategy.NONE.withMaxErrors("0")).isEqualTo(RolloutStrategy.NONE);
  }

  @Test
  void acceptsAPauseOfMoreThanADay() {
    assertThat(RolloutStrategy.of("pause=PT49H").waitBetweenBatches())
        .isEqualTo(Duration.ofHours(49));
  }

  @Test
  void readsBackWhatTheJournalStores() {
    RolloutStrategy tuning =
        RolloutStrategy.NONE
            .withSteps("1,5,20%")
            .withWaitBetweenBatches(Duration.ofMinutes(5))
            .withMaxErrors("5%")
            .withOnly(TargetFilter.named(List.of("i-1", "i-2")));
    assertThat(tuning.text()).isEqualTo("batches=1,5,20% pause=PT5M max-errors=5% only=i-1,i-2");
    assertThat(RolloutStrategy.of(tuning.text())).isEqualTo(tuning);
    assertThat(RolloutStrategy.of("")).isEqualTo(RolloutStrategy.NONE);
  }

  @Test
  void readsBackWhatIsChosenAndTheCanaries() {
    RolloutStrategy chosen =
        RolloutStrategy.NONE
            .withOnly(
                TargetFilter.named(List.of("i-a*"))
                    .withZones(List.of("zone-a", "zone-b"))
                    .withTags(List.of("env=a b,c=d", "team="))
                    .withOldest(3)
                    .withSkipMatching(true))
            .withFirst(List.of("i-1", "i-2"));
    assertThat(chosen.text())
        .isEqualTo(
            "only=i-a* zone=zone-a,zone-b tag=env%3Da+b%2Cc%3Dd,team%3D oldest=3"
                + " skip-matching=yes first=i-1,i-2");
    assertThat(RolloutStrategy.of(chosen.text())).isEqualTo(chosen);
    assertThat(RolloutStrategy.of("newest=2 first=2").canaries()).isEqualTo(2);
  }

  /** A pattern is free text: the journal must be able to read what was launched with it. */
  @Test
  void readsBackNamesWithSpacesAndCommas() {
    RolloutStrategy chosen =
        RolloutStrategy.NONE
            .withOnly(
                TargetFilter.named(List.of("i-a*", "foo bar", "x,y=%?"))
                    .withZones(List.of("zone a", "b=c")))
            .withFirst(List.of("i 1", "i,2"));
    assertThat(RolloutStrategy.of(chosen.text())).isEqualTo(chosen);
  }

  @Test
  void describesALaunchOnCanariesAlone() {
    UpdateSpec staging = STAGED.withStrategy(RolloutStrategy.NONE.withFirst(List.of("3")));
    assertThat(staging.describe(staging.sizes(2))).isEqualTo("2 canaries");
  }

  @Test
  void launchesItWithTheOwnTemplateInPlaceOfTheScriptsAndRefusesItForTheOthers() {
    UpdateSpec staging =
        STAGED
            .withStrategy(RolloutStrategy.NONE.withMaxErrors("2"))
            .withExtraParameter("timeout", 60L);
    assertThat(staging.contextOf(OWN.withMethod(UpdateMethod.RUN_SCRIPT))).isEqualTo(OWN);
    assertThat(STAGED.contextOf(OWN.withMethod(UpdateMethod.RUN_SCRIPT)).method())
        .isEqualTo(UpdateMethod.RUN_SCRIPT);

    Context other = OWN.withMethod(UpdateMethod.DOWNLOAD_FILE);
    assertThat(staging.contextOf(other)).isEqualTo(other);
    assertThatThrownBy(() -> MethodValidator.requireSupported(UpdateMethod.DOWNLOAD_FILE, staging))
        .isInstanceOfSatisfying(
            Problem.class,
            p -> {
              assertThat(p.why()).contains("a number of errors, timeout");
              assertThat(p.next())
                  .isEqualTo("unstage max-errors, then unstage timeout; or use another method");
            });
  }

  @Test
  void refusesAnInstanceThatIsNotThere() {
    refused(List.of("i-9"), "it is not in asg-bp18p2yfxow2dloq");
  }

  @Test
  void refusesAnInstanceThatJoinsOrLeaves() {
    refused(List.of("i-p"), "it is Pending");
  }

  private static void refused(List<String> only, String why) {
    List<GroupInstance> instances =
        List.of(instance("i-0", "InService"), instance("i-p", "Pending"));
    assertThatThrownBy(
            () ->
                plan(
                    OWN,
                    STAGED.withStrategy(RolloutStrategy.NONE.withOnly(TargetFilter.named(only))),
                    instances))
        .isInstanceOfSatisfying(Problem.class, p -> assertThat(p.why()).isEqualTo(why));
  }

  @Test
  void acceptsNamedInstancesInStandby() {
    List<GroupInstance> instances =
        List.of(
            instance("i-0", "InService"), instance("i-1", "Standby"), instance("i-2", "Protected"));
    Launch launch =
        (Launch)
            plan(
                    OWN,
                    STAGED.withStrategy(
                        RolloutStrategy.NONE.withOnly(TargetFilter.named(List.of("i-1", "i-2")))),
                    instances)
                .rollout();
    assertThat(launch.targets())
        .containsExactly(new Target("i-1", "InService"), new Target("i-2", "Protected"));
  }

  @Test
  void spreadsABatchOverTheZones() {
    List<GroupInstance> instances =
        IntStream.range(0, 6)
            .mapToObj(i -> instance("i-" + i, "InService", i < 3 ? "zone-a" : "zone-b"))
            .toList();
    Plan plan = plan(OWN, STAGED.withBatches(BatchSizing.number(3)), instances);
    assertThat(((Launch) plan.rollout()).targets().stream().map(Target::instanceId))
        .containsExactly("i-0", "i-3", "i-1", "i-4", "i-2", "i-5");
    assertThat(plan.warnings()).isEmpty();
    assertThat(
            plan(OWN, STAGED.withBatches(BatchSizing.number(1)), instances).warnings().stream()
                .map(Warning::text))
        .containsExactly(
            "all 6 that serve may be out of service at once",
            "a batch of 6 can take all that serves in zone-a (3), zone-b (3) out of service");
  }

  @Test
  void countsTheErrorsOfAllBatchesAndLooksForTheBrakeBeforeEach() {
    Launch launch =
        launch(STAGED.withStrategy(RolloutStrategy.NONE.withSteps("1,2").withMaxErrors("1")));
    assertThat(names(launch))
        .containsExactly(
            "suspendProcesses",
            "updateBatch1",
            "readBrakeBeforeBatch2",
            "brakeBeforeBatch2",
            "updateBatch2",
            "errorsAfterBatch2",
            "readBrakeBeforeBatch3",
            "brakeBeforeBatch3",
            "updateBatch3",
            "errorsAfterBatch3",
            "readBrakeBeforeBatch4",
            "brakeBeforeBatch4",
            "updateBatch4",
            "errorsAfterBatch4",
            "resumeProcesses",
            "resumeProcessesBehindFailure",
            "endAsFailed");
    assertThat(launch.parameters().get("rateControl"))
        .isEqualTo(Map.of("Mode", "Concurrency", "Concurrency", 2L, "MaxErrors", 1L));
    assertThat(launch.parameters()).containsEntry("timeout", 600L).containsEntry("workingDir", "");
  }

  @Test
  void leavesADecisionAboutEachFailureUncounted() {
    Launch launch =
        launch(
            STAGED
                .withOnFailure(OnFailure.PAUSE)
                .withStrategy(RolloutStrategy.NONE.withMaxErrors("1")));
    assertThat(names(launch)).doesNotContain("errorsAfterBatch2");
  }

  @Test
  void sendsOneLoopWhereManyWouldMakeTheTemplateTooLong() {
    List<Integer> sizes = Collections.nCopies(100, 1);
    OoshTemplate template =
        new OoshTemplate(
            "asg-1",
            STAGED,
            Set.of(),
            IntStream.range(0, 100).mapToObj(i -> new Target("i-" + i, "InService")).toList(),
            sizes,
            Watched.NOTHING);
    assertThat(template.hasBrake()).isFalse();
    assertThat(template.content(false)).contains("updateInstances").doesNotContain("updateBatch");
    assertThat(template.parameters().get("rateControl"))
        .isEqualTo(
            Map.of(
                "Mode",
                "Batch",
                "Batch",
                Collections.nCopies(100, 1L),
                "ConcurrencyInBatches",
                Collections.nCopies(100, 1L),
                "MaxErrors",
                0L,
                "BatchPauseOption",
                "Automatic"));
  }

  @Test
  void sendsALoopForEachBatchWhereOosIsToSleepBetweenThem() {
    Launch launch =
        launch(
            STAGED
                .withSuspension(ProcessSuspension.NONE)
                .withBatches(BatchSizing.number(2))
                .withStrategy(RolloutStrategy.NONE.withWaitBetweenBatches(Duration.ofMinutes(5))));
    assertThat(names(launch))
        .containsExactly(
            "updateBatch1",
            "pauseBeforeBatch2",
            "readBrakeBeforeBatch2",
            "brakeBeforeBatch2",
            "updateBatch2",
            "tagInstances");
    assertThat(launch.parameters().get("rateControl"))
        .isEqualTo(Map.of("Mode", "Concurrency", "Concurrency", 3L, "MaxErrors", 0L));
    assertThat(launch.parameters().get("targets2"))
        .isEqualTo(
            List.of(
                Map.of("InstanceId", "i-3", "LifecycleState", "InService"),
                Map.of("InstanceId", "i-4", "LifecycleState", "InService"),
                Map.of("InstanceId", "i-5", "LifecycleState", "InService")));
    assertThat(launch.content())
        .contains("{{targets2}}", "\"targets2\":{\"Type\":\"List\"}")
        .doesNotContain("i-3");
  }

  @Test
  void sendsMaxErrorsAsANumberAlsoWhereAShareWasStaged() {
    Map.of("0", 0L, "2", 2L, "50%", 3L, "99", 6L)
        .forEach(
            (staged, sent) ->
                assertThat(
                        launch(STAGED.withStrategy(RolloutStrategy.NONE.withMaxErrors(staged)))
                            .parameters()
                            .get("rateControl"))
                    .isInstanceOfSatisfying(
                        Map.class, rate -> assertThat(rate.get("MaxErrors")).isEqualTo(sent)));
  }

  @Test
  void declaresAnEmptyTextWhereOneMayBeSent() {
    assertThat(launch(STAGED).content())
        .contains(
            "\"workingDir\":{\"Type\":\"String\",\"Default\":\"\"}",
            "\"rollbackScript\":{\"Type\":\"String\",\"Default\":\"\"}");
  }

  @Test
  void theTemplateGrowsWithItsBatchesAndNotWithTheInstances() {
    assertThat(sizes(70)).isEmpty();
    Launch hundred = (Launch) timed(100, 100).rollout();
    Launch thousand = (Launch) timed(1000, 100).rollout();
    assertThat(thousand.content()).isEqualTo(hundred.content());
    assertThat(thousand.content()).hasSize(61_079);
    assertThat(sizes(100))
        .containsExactly(
            "the template of 100 batches has 61,079 of 65,536 bytes (the limit is assumed)");
  }

  @Test
  void refusesATemplateLongerThanTheLimitOfOos() {
    assertThat(OoshTemplate.sizeWarning(65_536, 100)).isPresent();
    assertThatThrownBy(() -> OoshTemplate.sizeWarning(65_537, 100))
        .isInstanceOfSatisfying(
            Problem.class,
            p -> {
              assertThat(p.why())
                  .isEqualTo(
                      "the template of 100 batches has 65,537 of 65,536 bytes (the limit is assumed)");
              assertThat(p.next()).isEqualTo("stage batch N with a smaller N");
            });
  }

  private static Plan timed(int instances, int batches) {
    UpdateSpec staging =
        STAGED
            .withBatches(BatchSizing.number(batches))
            .withStrategy(RolloutStrategy.NONE.withWaitBetweenBatches(Duration.ofMinutes(5)));
    return plan(OWN, staging, RolloutFixtures.instances(instances));
  }

  private static List<String> sizes(int batches) {
    return timed(batches, batches).warnings().stream()
        .filter(w -> w.code() == Warning.Code.TEMPLATE_LONG)
        .map(Warning::text)
        .toList();
  }

  private static Launch launch(UpdateSpec staging) {
    return (Launch) plan(OWN, staging, RolloutFixtures.instances(6)).rollout();
  }

  private static List<Object> names(Launch launch) {
    List<Object> names = new ArrayList<>();
    JsonParser.parseString(launch.content())
        .getAsJsonObject()
        .getAsJsonArray("Tasks")
        .forEach(t -> names.add(t.getAsJsonObject().get("Name").getAsString()));
    return names;
  }

  private static GroupInstance instance(String id, String state) {
    return new GroupInstance(id, state, "Healthy", null, null);
  }

  private static GroupInstance instance(String id, String state, String zone) {
    return new GroupInstance(id, state, "Healthy", zone, null);
  }

  private static Plan plan(Context context, UpdateSpec staging, List<GroupInstance> instances) {
    return Plan.launch(
        context,
        staging,
        RolloutFixtures.inService(instances.size(), Set.of()),
        instances,
        Optional.empty(),
        "");
  }
}
