package oosh.rollout.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import oosh.rollout.Problem;
import oosh.rollout.RolloutFixtures;
import oosh.rollout.Warning;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.ScalingProcess;
import oosh.rollout.cloud.StartRequest;
import oosh.rollout.cloud.Template;
import oosh.rollout.cloud.TemplateParameter;
import oosh.rollout.plan.Plan;
import oosh.rollout.plan.Rollback;
import oosh.rollout.plan.RollbackValidator;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.Intent;
import oosh.rollout.rehearsal.Rehearsal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each way of updating sends, refuses and warns of; and how it goes back. */
class UpdateMethodTest {
  private static final Script DEPLOY = Script.of("deploy.sh", bytes("set -e"));
  private static final String LAST = "exec-1";

  private static final UpdateSpec IMAGE =
      UpdateSpec.EMPTY.withPayload(
          Payload.IMAGE, Map.of("imageId", "m-new"), Map.of("sourceImageId", "m-old"));
  private static final UpdateSpec PACKAGE =
      UpdateSpec.EMPTY.withPayload(
          Payload.PACKAGE,
          Map.of("packageName", "nginx", "packageVersion", "2", "action", "install"),
          Map.of("packageName", "nginx", "packageVersion", "1", "action", "install"));
  private static final UpdateSpec FILE =
      UpdateSpec.EMPTY.withPayload(
          Payload.FILE,
          Map.of("invokeSourcePath", "https://h/a-2.tgz", "invokeDestinationDir", "/opt"),
          Map.of("rollbackSourcePath", "https://h/a-1.tgz", "rollbackDestinationDir", "/opt"));
  private static final UpdateSpec OBJECT =
      UpdateSpec.EMPTY.withPayload(
          Payload.OBJECT,
          Map.of("invokeBucketName", "b", "invokeObjectName", "a-2", "invokeDestinationDir", "/o"),
          Map.of(
              "rollbackBucketName",
              "b",
              "rollbackObjectName",
              "a-1",
              "rollbackDestinationDir",
              "/o"));
  private static final UpdateSpec CONTAINER =
      UpdateSpec.EMPTY.withPayload(
          Payload.CONTAINER,
          Map.of(
              "containerConfigure",
              List.of(Map.of("Image", "w:2")),
              "scalingConfigurationId",
              "asc-1"),
          Map.of("sourceContainerConfigure", List.of(Map.of("Image", "w:1"))));

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Context by(UpdateMethod method) {
    return new Context("default", "cn-hangzhou", "asg-1", method);
  }

  private static Plan plan(UpdateMethod method, UpdateSpec staging) {
    return Plan.launch(
        by(method),
        staging,
        RolloutFixtures.inService(6, Set.of()),
        RolloutFixtures.instances(6),
        Optional.empty(),
        "");
  }

  private static Map<String, Object> sent(UpdateMethod method, UpdateSpec staging) {
    return plan(method, staging).rollout().parameters();
  }

  private static List<String> warnings(UpdateMethod method, UpdateSpec staging) {
    return plan(method, staging).warnings().stream().map(Warning::text).toList();
  }

  private static Problem refused(Runnable call) {
    Problem problem = catchThrowableOfType(Problem.class, call::run);
    assertThat(problem).isNotNull();
    return problem;
  }

  @Test
  void sendsAnImageAndTheImageOfTheRollback() {
    assertThat(sent(UpdateMethod.REPLACE_IMAGE, IMAGE))
        .containsEntry("imageId", "m-new")
        .containsEntry("sourceImageId", "m-old")
        .containsEntry("batchNumber", 5)
        .doesNotContainKeys("commandType", "invokeScript", "rollbackScript", "maxErrors");
  }

  @Test
  void sendsAPackageAndKeepsTheVersionBefore() {
    Launch launch = (Launch) plan(UpdateMethod.INSTALL_PACKAGE, PACKAGE).rollout();
    assertThat(launch.parameters()).containsEntry("packageVersion", "2");
    assertThat(launch.spec().rollbackValues()).containsEntry("packageVersion", "1");
  }

  @Test
  void sendsAScriptThatDoesNothingWhereNoneIsStaged() {
    assertThat(sent(UpdateMethod.DOWNLOAD_FILE, FILE))
        .containsEntry("invokeScript", "exit 0")
        .containsEntry("rollbackScript", "exit 0")
        .containsEntry("rollbackSourcePath", "https://h/a-1.tgz")
        .doesNotContainKeys("commandType", "lifecycleState");
    assertThat(
            sent(UpdateMethod.DOWNLOAD_OSS_FILE, OBJECT.withScript(DEPLOY, CommandType.POWERSHELL)))
        .containsEntry("invokeScript", "set -e")
        .containsEntry("rollbackObjectName", "a-1");
  }

  @Test
  void sendsTheBaselineWhenTheTemplateRequiresARollbackValue() {
    UpdateSpec file = FILE.withPayload(Payload.FILE, FILE.extraParameters(), Map.of());
    Map<String, Object> sent = sent(UpdateMethod.DOWNLOAD_FILE, file);
    assertThat(sent)
        .containsEntry("rollbackSourcePath", sent.get("invokeSourcePath"))
        .containsEntry("rollbackDestinationDir", sent.get("invokeDestinationDir"));
    assertThat(Payload.FILE.goesBackToItself(sent)).isTrue();
    assertThat(Payload.FILE.goesBackToItself(sent(UpdateMethod.DOWNLOAD_FILE, FILE))).isFalse();
    UpdateSpec object = OBJECT.withPayload(Payload.OBJECT, OBJECT.extraParameters(), Map.of());
    sent = sent(UpdateMethod.DOWNLOAD_OSS_FILE, object);
    assertThat(sent)
        .containsEntry("rollbackBucketName", sent.get("invokeBucketName"))
        .containsEntry("rollbackObjectName", sent.get("invokeObjectName"));
    assertThat(warnings(UpdateMethod.DOWNLOAD_OSS_FILE, object))
        .contains("this launch cannot be rolled back: the object to roll back to is not known");
  }

  @Test
  void sendsMaxErrorsAsANumberWhenTheTemplateDeclaresANumber() {
    UpdateSpec two = IMAGE.withStrategy(RolloutStrategy.NONE.withMaxErrors("2"));
    assertThat(sent(UpdateMethod.REPLACE_IMAGE, two)).containsEntry("maxErrors", 2L);
    UpdateSpec share = IMAGE.withStrategy(RolloutStrategy.NONE.withMaxErrors("5%"));
    assertThat(refused(() -> plan(UpdateMethod.REPLACE_IMAGE, share)).why())
        .isEqualTo("its template takes a number of instances");
  }

  @Test
  void refusesANumberOfErrorsThatTheContainersTemplateNeverReads() {
    UpdateSpec two = CONTAINER.withStrategy(RolloutStrategy.NONE.withMaxErrors("2"));
    Problem problem = refused(() -> plan(UpdateMethod.UPDATE_CONTAINER, two));
    assertThat(problem.why())
        .isEqualTo(
            "its template declares maxErrors but does not read it: the first failure ends" + " it");
    assertThat(problem.next()).isEqualTo("unstage max-errors, then launch");
  }

  @Test
  void refusesALaunchOfNothing() {
    Problem problem = refused(() -> plan(UpdateMethod.REPLACE_IMAGE, UpdateSpec.EMPTY));
    assertThat(problem.what()).isEqualTo("nothing to launch");
    assertThat(problem.why()).isEqualTo("no image is staged");
    assertThat(problem.next()).isEqualTo("stage image ID, then launch");
  }

  @Test
  void refusesWhatTheTemplateCannotBeTold() {
    UpdateSpec both =
        IMAGE
            .withScript(DEPLOY, CommandType.SHELL)
            .withStrategy(RolloutStrategy.NONE.withOnly(TargetFilter.named(List.of("i-1"))))
            .withExtraParameter("URLExpirationTime", 60L);
    assertThat(refused(() -> plan(UpdateMethod.REPLACE_IMAGE, both)).why())
        .isEqualTo(
            "the public template has no parameter for a script, single instances,"
                + " URLExpirationTime");
    assertThat(IMAGE.unsupportedBy(UpdateMethod.RUN_SCRIPT)).isEqualTo("an image");
    assertThat(IMAGE.unsupportedBy(UpdateMethod.REPLACE_IMAGE)).isEmpty();
    assertThat(
            UpdateSpec.EMPTY
                .withScript(DEPLOY, CommandType.BAT)
                .unsupportedBy(UpdateMethod.DOWNLOAD_FILE))
        .isEqualTo("a RunBatScript");
  }

  @Test
  void refusesAMissingRequiredValueAndNamesItsVerb() {
    UpdateSpec without =
        CONTAINER.withPayload(
            Payload.CONTAINER,
            Map.of("containerConfigure", List.of(Map.of("Image", "w:2"))),
            Map.of());
    Problem problem = refused(() -> plan(UpdateMethod.UPDATE_CONTAINER, without));
    assertThat(problem.why())
        .isEqualTo("its template needs scalingConfigurationId, which has no value");
    assertThat(problem.next()).isEqualTo("stage container FILE --configuration ID, then launch");
    UpdateMethod mine = mine("invokeType", "scalingGroupId", "+release");
    assertThat(refused(() -> plan(mine, UpdateSpec.EMPTY)).next())
        .isEqualTo("stage set release VALUE, then launch");
  }

  /** A template of that name; parameters without a default begin with a plus. */
  private static UpdateMethod mine(String... parameters) {
    List<TemplateParameter> declared =
        java.util.Arrays.stream(parameters)
            .map(
                name -> {
                  boolean needed =
                      name.startsWith("+") || (name.length() > 9 && !name.contains("-"));
                  return new TemplateParameter(
                      name.replaceFirst("^[+-]", ""),
                      TemplateParameter.Type.STRING,
                      List.of(),
                      Long.MIN_VALUE,
                      Long.MAX_VALUE,
                      0,
                      Long.MAX_VALUE,
                      "",
                      needed ? null : "",
                      "");
                })
            .toList();
    return UpdateMethod.template("mine", "v2").withTemplate(new Template("mine", "v2", declared));
  }

  @Test
  void sendsATemplateOnlyWhatItDeclares() {
    UpdateMethod mine = mine("invokeType", "scalingGroupId", "-sourceExecutionId", "-release");
    Launch launch =
        (Launch) plan(mine, UpdateSpec.EMPTY.withExtraParameter("release", "2.5")).rollout();
    assertThat(launch.parameters())
        .containsExactly(
            Map.entry("invokeType", "invoke"),
            Map.entry("scalingGroupId", "asg-1"),
            Map.entry("release", "2.5"));
    assertThat(launch.suspend()).isEmpty();
    StartRequest start =
        new Intent("t", launch, new Initiator("a", "h", 1), java.time.Instant.EPOCH).start();
    assertThat(start.template()).isEqualTo("mine");
    assertThat(start.version()).isEqualTo("v2");
    assertThat(start.tags()).containsEntry("oosh-method", "template").containsKey("oosh-listed");
    assertThat(StartRequest.ofKept("mine", start.kept(), "t", start.tags(), "")).isEqualTo(start);
    assertThat(refused(() -> plan(mine, UpdateSpec.EMPTY.withBatches(BatchSizing.number(2)))).why())
        .isEqualTo("the template has no parameter for batches");
  }

  @Test
  void refusesATemplateThatUpdatesNoGroups() {
    Template other = new Template("ACS-ECS-Reboot", "v1", List.of());
    assertThat(refused(other::forGroups).why())
        .startsWith("it declares no invokeType and no scalingGroupId");
  }

  @Test
  void findsAMethodByTheWordInTheJournal() {
    for (UpdateMethod method : UpdateMethod.KNOWN) {
      assertThat(UpdateMethod.of(method.word())).contains(method);
    }
    UpdateMethod mine = UpdateMethod.of("template mine@v2").orElseThrow();
    assertThat(mine).isEqualTo(UpdateMethod.template("mine", "v2"));
    assertThat(mine.word()).isEqualTo("template mine@v2");
    assertThat(UpdateMethod.of("no such")).isEmpty();
  }

  @Test
  void warnsOfTheConfigurationsImage() {
    assertThat(warnings(UpdateMethod.REPLACE_IMAGE, IMAGE))
        .containsExactly(
            "the scaling configuration keeps its image: instances that join later have that one");
    UpdateSpec configured =
        IMAGE.withPayload(
            Payload.IMAGE,
            Map.of("imageId", "m-new", "scalingConfigurationId", "asc-1"),
            IMAGE.rollbackValues());
    assertThat(warnings(UpdateMethod.REPLACE_IMAGE, configured))
        .containsExactly("a rollback does not restore the image of asc-1");
  }

  @Test
  void warnsOfAScriptThatMayBreakTheHookAndOfASignedAddress() {
    UpdateSpec signed =
        FILE.withPayload(
                Payload.FILE,
                Map.of(
                    "invokeSourcePath",
                    "https://h/a?Expires=1&Signature=x",
                    "invokeDestinationDir",
                    "/o"),
                FILE.rollbackValues())
            .withScript(Script.of("two.sh", bytes("set -e\necho \"x\"\n")), CommandType.SHELL);
    List<String> warnings = warnings(UpdateMethod.DOWNLOAD_FILE, signed);
    assertThat(warnings).hasSize(2);
    assertThat(warnings.get(0)).startsWith("two.sh has quotes or line ends");
    assertThat(warnings.get(1)).startsWith("the address is signed");
    assertThat(warnings(UpdateMethod.DOWNLOAD_FILE, FILE)).isEmpty();
  }

  @Test
  void countsAPayloadAsOneThing() {
    assertThat(CONTAINER.withExtraParameter("updateType", "RenewUpdate").count()).isEqualTo(2);
    assertThat(CONTAINER.withoutPayload(Payload.CONTAINER)).isEqualTo(UpdateSpec.EMPTY);
  }

  @Test
  void describesTheBaselineInAWordOrTwo() {
    assertThat(Payload.IMAGE.describe(IMAGE.extraParameters())).isEqualTo("m-new");
    assertThat(Payload.PACKAGE.describe(PACKAGE.extraParameters())).isEqualTo("nginx@2");
    assertThat(Payload.FILE.describe(Map.of("invokeSourcePath", "https://h/d/a.tgz?Signature=1")))
        .isEqualTo("a.tgz");
    assertThat(Payload.OBJECT.describe(OBJECT.extraParameters())).isEqualTo("b/a-2");
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("a", 1L);
    one.put("b", 2L);
    Map<String, Object> other = new LinkedHashMap<>();
    other.put("b", 2L);
    other.put("a", 1L);
    assertThat(Payload.CONTAINER.describe(Map.of("containerConfigure", one)))
        .isEqualTo(Payload.CONTAINER.describe(Map.of("containerConfigure", other)))
        .matches("container [0-9a-f]{6}");
  }

  // The way back

  private static Execution source(UpdateMethod method, Map<String, Object> parameters) {
    Execution e = RolloutFixtures.execution(LAST, ExecutionStatus.SUCCESS, parameters);
    return new Execution(
        e.id(),
        method.template(),
        e.status(),
        "",
        "",
        parameters,
        List.of(),
        null,
        "root",
        "",
        method.isUserTemplate() ? Map.of("oosh-method", "template") : Map.of(),
        null,
        null);
  }

  /** As it would be where another machine has started it: OOS has the parameters alone. */
  private static Rollback elsewhere(UpdateMethod method, UpdateSpec launched, UpdateSpec now) {
    Map<String, Object> sent = new LinkedHashMap<>(sent(method, launched));
    sent.putIfAbsent("enterProcess", List.of("ScaleIn"));
    return Rollback.of(by(method), source(method, sent), 6, Optional.empty(), now, "");
  }

  @Test
  void rollsBackAnImageFromTheParametersThatOosKeeps() {
    Rollback back = elsewhere(UpdateMethod.REPLACE_IMAGE, IMAGE, UpdateSpec.EMPTY);
    assertThat(back.parameters())
        .containsEntry("invokeType", "rollback")
        .containsEntry("sourceExecutionId", LAST)
        .containsEntry("sourceImageId", "m-old")
        .containsEntry("imageId", "m-new")
        .doesNotContainKeys("enterProcess", "commandType", "rollbackScript");
    assertThat(back.spec().rollbackScript()).isNull();
    assertThat(back.context().method()).isEqualTo(UpdateMethod.REPLACE_IMAGE);
  }

  @Test
  void rollsBackFromAFileWithoutAScript() {
    assertThat(elsewhere(UpdateMethod.DOWNLOAD_FILE, FILE, UpdateSpec.EMPTY).parameters())
        .containsEntry("rollbackSourcePath", "https://h/a-1.tgz")
        .containsEntry("invokeSourcePath", "https://h/a-2.tgz")
        .containsEntry("rollbackScript", "exit 0")
        .doesNotContainKey("invokeScript");
  }

  @Test
  void rollsBackFromAnObjectAndAContainer() {
    assertThat(elsewhere(UpdateMethod.DOWNLOAD_OSS_FILE, OBJECT, UpdateSpec.EMPTY).parameters())
        .containsEntry("rollbackObjectName", "a-1");
    assertThat(elsewhere(UpdateMethod.UPDATE_CONTAINER, CONTAINER, UpdateSpec.EMPTY).parameters())
        .containsEntry("sourceContainerConfigure", List.of(Map.of("Image", "w:1")))
        .containsEntry("scalingConfigurationId", "asc-1");
  }

  @Test
  void rollsBackToTheStagedPackageWhenTheBaselineIsUnknown() {
    Problem problem =
        refused(() -> elsewhere(UpdateMethod.INSTALL_PACKAGE, PACKAGE, UpdateSpec.EMPTY));
    assertThat(problem.what()).isEqualTo("exec-1 cannot be rolled back");
    assertThat(problem.why()).isEqualTo("the version to roll back to is not known");
    assertThat(problem.next())
        .isEqualTo("stage package NAME --back-to VERSION, then rollback exec-1");
    assertThat(elsewhere(UpdateMethod.INSTALL_PACKAGE, PACKAGE, PACKAGE).parameters())
        .containsEntry("packageVersion", "1")
        .containsEntry("action", "install");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"replace-image", "download-file", "download-oss-file", "update-container"})
  void refusesARollbackWithoutATarget(String word) {
    UpdateMethod method = UpdateMethod.of(word).orElseThrow();
    Payload payload = method.payload().orElseThrow();
    UpdateSpec staged =
        Map.of("image", IMAGE, "file", FILE, "object", OBJECT, "container", CONTAINER)
            .getOrDefault(payload.word(), IMAGE);
    UpdateSpec forward = staged.withPayload(payload, staged.extraParameters(), Map.of());
    assertThat(refused(() -> elsewhere(method, forward, UpdateSpec.EMPTY)).why())
        .endsWith(" to roll back to is not known");
    assertThat(
            refused(
                    () ->
                        RollbackValidator.requireAutomaticRollback(
                            plan(method, forward).rollout(), Set.of()))
                .why())
        .startsWith("it cannot be rolled back: the ");
    RollbackValidator.requireAutomaticRollback(plan(method, staged).rollout(), Set.of());
  }

  @Test
  void usesTheBaselineWhenNothingWasStaged() {
    UpdateSpec forward = IMAGE.withPayload(Payload.IMAGE, IMAGE.extraParameters(), Map.of());
    Plan blind = plan(UpdateMethod.REPLACE_IMAGE, forward);
    assertThat(blind.warnings().get(0).text())
        .isEqualTo("this launch cannot be rolled back: the image to roll back to is not known");
    Plan knowing =
        blind.withBaseline(Map.of("sourceImageId", "m-was"), List.of(), Optional.empty());
    assertThat(knowing.warnings().stream().map(Warning::text))
        .noneMatch(w -> w.startsWith("this launch cannot be rolled back"));
    Launch launch = (Launch) knowing.rollout();
    assertThat(launch.baseline()).containsEntry("sourceImageId", "m-was");
    assertThat(launch.parameters()).doesNotContainKey("sourceImageId");
    RollbackValidator.requireAutomaticRollback(launch, Set.of());
  }

  @Test
  void advisesNoHealWhileAnExecutionRuns() {
    Optional<Execution> running =
        Optional.of(RolloutFixtures.execution("exec-8f31", ExecutionStatus.RUNNING, Map.of()));
    Plan blind =
        Plan.launch(
            by(UpdateMethod.REPLACE_IMAGE),
            IMAGE.withPayload(Payload.IMAGE, IMAGE.extraParameters(), Map.of()),
            RolloutFixtures.inService(6, EnumSet.allOf(ScalingProcess.class)),
            RolloutFixtures.instances(6),
            running,
            "");
    Plan knowing = blind.withBaseline(Map.of("sourceImageId", "m-was"), List.of(), running);
    assertThat(
            knowing.warnings().stream()
                .filter(w -> w.text().startsWith("this launch cannot be rolled back")))
        .singleElement()
        .extracting(Warning::remedy)
        .isEqualTo("watch exec-8f31 to its end first: it may be the cause");
  }

  @Test
  void rollsBackByTheTemplateItselfWithTheSameParameters() {
    UpdateMethod mine = mine("invokeType", "scalingGroupId", "-sourceExecutionId", "-release");
    Rollback back =
        elsewhere(mine, UpdateSpec.EMPTY.withExtraParameter("release", "2.5"), UpdateSpec.EMPTY);
    assertThat(back.parameters())
        .containsExactly(
            Map.entry("invokeType", "rollback"),
            Map.entry("scalingGroupId", "asg-1"),
            Map.entry("sourceExecutionId", LAST),
            Map.entry("release", "2.5"));
    UpdateMethod oneWay = mine("invokeType", "scalingGroupId");
    assertThat(refused(() -> elsewhere(oneWay, UpdateSpec.EMPTY, UpdateSpec.EMPTY)).why())
        .isEqualTo("the template mine has no rollback");
    assertThat(
            refused(
                    () ->
                        RollbackValidator.requireAutomaticRollback(
                            plan(oneWay, UpdateSpec.EMPTY).rollout(), Set.of()))
                .why())
        .isEqualTo("it cannot be rolled back: the template has no rollback");
  }

  @Test
  void refusesRehearsalAndRollbackOfAnUnknownTemplate() {
    assertThat(
            refused(
                    () ->
                        Rehearsal.of(
                            Plan.launch(
                                by(UpdateMethod.REPLACE_IMAGE),
                                IMAGE,
                                RolloutFixtures.inService(6, Set.of()),
                                RolloutFixtures.instances(6),
                                Optional.empty(),
                                ""),
                            RolloutFixtures.instances(6),
                            null))
                .why())
        .isEqualTo("only a script can be played on this machine");
    Execution unknown = source(UpdateMethod.of("template theirs").orElseThrow(), Map.of());
    Execution untagged =
        new Execution(
            unknown.id(),
            "theirs",
            unknown.status(),
            "",
            "",
            Map.of(),
            List.of(),
            null,
            "",
            "",
            Map.of(),
            null,
            null);
    assertThat(
            refused(
                    () ->
                        Rollback.of(
                            by(UpdateMethod.RUN_SCRIPT),
                            untagged,
                            6,
                            Optional.empty(),
                            UpdateSpec.EMPTY,
                            ""))
                .next())
        .isEqualTo("use method template theirs, then rollback exec-1");
  }

  @Test
  void refusesAMethodForServersOnAGroupOfContainers() {
    for (UpdateMethod method : UpdateMethod.KNOWN) {
      if (method.equals(UpdateMethod.UPDATE_CONTAINER)) {
        assertThat(on("ECI", method, CONTAINER).rollout().group()).isEqualTo("asg-1");
        continue;
      }
      Problem problem =
          catchThrowableOfType(Problem.class, () -> on("ECI", method, UpdateSpec.EMPTY));

      assertThat(problem.what()).isEqualTo("cannot launch on asg-1 with " + method.word());
      assertThat(problem.why())
          .isEqualTo(
              "it is a group of containers (ECI), and " + method.word() + " updates servers (ECS)");
      assertThat(problem.next())
          .isEqualTo("use method update-container, or use group for another one");
    }
  }

  @Test
  void refusesToUpdateContainersOfAGroupOfServers() {
    Problem problem =
        catchThrowableOfType(
            Problem.class, () -> on("ECS", UpdateMethod.UPDATE_CONTAINER, CONTAINER));

    assertThat(problem.why())
        .isEqualTo("it is a group of servers (ECS), and update-container updates containers (ECI)");
    assertThat(on("ECS", UpdateMethod.REPLACE_IMAGE, IMAGE).rollout().group()).isEqualTo("asg-1");
  }

  @Test
  void refusesNothingWhenTypeOrTemplateIsUnknown() {
    assertThat(on("", UpdateMethod.UPDATE_CONTAINER, CONTAINER).rollout().group())
        .isEqualTo("asg-1");
    assertThat(on("ECI", UpdateMethod.template("mine", ""), UpdateSpec.EMPTY).rollout().group())
        .isEqualTo("asg-1");
  }

  private static Plan on(String type, UpdateMethod method, UpdateSpec staging) {
    return Plan.launch(
        by(method),
        staging,
        RolloutFixtures.of(type),
        RolloutFixtures.instances(2),
        Optional.empty(),
        "");
  }
}
