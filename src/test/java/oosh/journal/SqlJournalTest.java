package oosh.journal;

import static oosh.journal.JournalFixtures.AUTHOR;
import static oosh.journal.JournalFixtures.NOON;
import static oosh.journal.JournalFixtures.WEB;
import static oosh.journal.JournalFixtures.context;
import static oosh.journal.JournalFixtures.execution;
import static oosh.journal.JournalFixtures.launch;
import static oosh.journal.JournalFixtures.rollback;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import oosh.rollout.OnFailure;
import oosh.rollout.Problem;
import oosh.rollout.cloud.CatalogueItem;
import oosh.rollout.cloud.CatalogueList;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.cloud.ScalingProcess;
import oosh.rollout.cloud.Template;
import oosh.rollout.cloud.TemplateParameter;
import oosh.rollout.record.HealStep;
import oosh.rollout.record.HealStepRecord;
import oosh.rollout.record.History;
import oosh.rollout.record.Initiator;
import oosh.rollout.record.Intent;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.update.BatchPause;
import oosh.rollout.update.BatchSizing;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.Launch;
import oosh.rollout.update.RolloutStrategy;
import oosh.rollout.update.Script;
import oosh.rollout.update.Target;
import oosh.rollout.update.TargetFilter;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import org.junit.jupiter.api.Test;

class SqlJournalTest extends EachJournalTestBase {
  private static final History.Query ALL =
      new History.Query("prod", "cn-hangzhou", null, null, null, 100);

  /** The service's clock is 61 s behind: the launch took two minutes by it. */
  @Test
  void keepsHowLongALaunchTookWhateverTheServicesClockSays() {
    journal.starts().intend(launch("t1", WEB, NOON.plusSeconds(1)));
    journal
        .starts()
        .markStarted("t1", execution("exec-1", ExecutionStatus.RUNNING), NOON.plusSeconds(1));
    journal.starts().recordObservation(WEB, execution("exec-1", ExecutionStatus.SUCCESS), 6, 6);
    JournalEntry entry = journal.starts().find("exec-1").orElseThrow();
    assertThat(entry.at()).isEqualTo(NOON.plusSeconds(1));
    assertThat(entry.ended()).isEqualTo(NOON.plusSeconds(121));
  }

  @Test
  void keepsATemplateThatWentAlongToTheLetter() {
    Launch launch =
        new Launch(
            WEB.withMethod(UpdateMethod.RUN_SCRIPT_OOSH),
            2,
            UpdateSpec.EMPTY
                .withScript(JournalFixtures.script("a.sh", "set -e\n"), CommandType.SHELL)
                .withBatches(BatchSizing.number(2))
                .withOnFailure(OnFailure.PAUSE)
                .withExtraParameters(Map.of("timeout", 120L))
                .withStrategy(
                    RolloutStrategy.NONE
                        .withOnly(TargetFilter.named(List.of("i-1", "i-2")))
                        .withMaxErrors("50%")),
            Set.of(),
            "why",
            List.of(new Target("i-1", "InService"), new Target("i-2", "Protected")),
            Map.of());
    Intent intent = new Intent("t1", launch, JournalFixtures.AUTHOR, NOON);
    journal.starts().intend(intent);
    journal.starts().markStarted("t1", execution("exec-1", ExecutionStatus.RUNNING), NOON);
    journal.close();
    journal = home.open();

    assertThat(journal.history().startRequestOf("exec-1")).contains(intent.start());
    assertThat(journal.starts().find("exec-1").orElseThrow().spec().strategy())
        .isEqualTo(launch.spec().strategy());
    assertThat(journal.starts().find("exec-1").orElseThrow().method())
        .isEqualTo(UpdateMethod.RUN_SCRIPT_OOSH);
  }

  @Test
  void keepsTheBaselineOfAMethod() {
    Map<String, Object> other = new LinkedHashMap<>();
    // An object that could be taken for a reference to a script.
    other.put("containerConfigure", Map.of("script", "x"));
    other.put("share", 1.5);
    Launch launch =
        new Launch(
            WEB.withMethod(UpdateMethod.UPDATE_CONTAINER),
            2,
            UpdateSpec.EMPTY
                .withBatches(BatchSizing.number(2))
                .withExtraParameters(other)
                .withRollbackValues(Map.of("sourceContainerConfigure", List.of(Map.of("Cpu", 2L)))),
            Set.of(),
            "why",
            List.of(),
            Map.of("sourceContainerConfigure", Map.of("json", "y")));
    Intent intent = new Intent("t1", launch, JournalFixtures.AUTHOR, NOON);
    journal.starts().intend(intent);
    journal.starts().markStarted("t1", execution("exec-1", ExecutionStatus.RUNNING), NOON);
    journal.close();
    journal = home.open();

    JournalEntry entry = journal.starts().find("exec-1").orElseThrow();
    assertThat(entry.method()).isEqualTo(UpdateMethod.UPDATE_CONTAINER);
    assertThat(entry.spec().script()).isNull();
    assertThat(entry.spec().extraParameters()).isEqualTo(other);
    assertThat(entry.spec().rollbackValues()).isEqualTo(launch.spec().rollbackValues());
    assertThat(entry.baseline()).isEqualTo(launch.baseline());
    assertThat(journal.history().startRequestOf("exec-1").orElseThrow().parameters())
        .containsEntry("containerConfigure", Map.of("script", "x"))
        .containsEntry("share", 1.5);
  }

  @Test
  void remembersTemplatesByProfileRegionNameAndVersion() {
    TemplateParameter parameter =
        new TemplateParameter(
            "labels",
            TemplateParameter.Type.OBJECT,
            List.of("a"),
            1,
            2,
            3,
            4,
            "[a-z]",
            Map.of("a", List.of(1L, 1.5, true)),
            "what");
    TemplateParameter needed =
        new TemplateParameter(
            "name",
            TemplateParameter.Type.STRING,
            List.of(),
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            0,
            Long.MAX_VALUE,
            "",
            null,
            "");
    Template first = new Template("mine", "v2", List.of(needed));
    Template second = new Template("mine", "v3", List.of(parameter, needed));
    journal.choices().cacheTemplate("prod", "cn-hangzhou", "", first);
    journal.choices().cacheTemplate("prod", "cn-hangzhou", "", second);
    journal.choices().cacheTemplate("prod", "cn-hangzhou", "v2", first);
    journal.close();
    journal = home.open();

    assertThat(journal.choices().template("prod", "cn-hangzhou", "mine", "")).contains(second);
    assertThat(journal.choices().template("prod", "cn-hangzhou", "mine", "v2")).contains(first);
    assertThat(journal.choices().template("test", "cn-hangzhou", "mine", "")).isEmpty();
    assertThat(journal.choices().templates("prod", "cn-hangzhou"))
        .containsExactly("mine", "mine@v2");
  }

  @Test
  void remembersWhatServicesListAndWhenItWasRead() {
    CatalogueList images =
        new CatalogueList(
            CatalogueList.Kind.IMAGE,
            "asg-web",
            List.of(
                new CatalogueItem("m-2", "web's", "own"), new CatalogueItem("m-1", "", "system")),
            NOON);
    journal.choices().cacheCatalogue("prod", "cn-hangzhou", images);
    CatalogueList none = new CatalogueList(CatalogueList.Kind.ROLE, "", List.of(), NOON);
    journal.choices().cacheCatalogue("prod", "cn-hangzhou", none);

    assertThat(
            journal.choices().catalogue("prod", "cn-hangzhou", CatalogueList.Kind.IMAGE, "asg-web"))
        .contains(images);
    // Read and empty is something else than never read.
    assertThat(journal.choices().catalogue("prod", "cn-hangzhou", CatalogueList.Kind.ROLE, ""))
        .contains(none);
    assertThat(
            journal.choices().catalogue("prod", "cn-hangzhou", CatalogueList.Kind.IMAGE, "asg-db"))
        .isEmpty();
    assertThat(
            journal.choices().catalogue("prod", "cn-beijing", CatalogueList.Kind.IMAGE, "asg-web"))
        .isEmpty();
    assertThat(
            journal.choices().catalogue("test", "cn-hangzhou", CatalogueList.Kind.IMAGE, "asg-web"))
        .isEmpty();
    assertThat(
            journal
                .choices()
                .catalogue("prod", "cn-hangzhou", CatalogueList.Kind.PACKAGE, "asg-web"))
        .isEmpty();

    CatalogueList later =
        new CatalogueList(
            CatalogueList.Kind.IMAGE,
            "asg-web",
            List.of(new CatalogueItem("m-3", "", "")),
            NOON.plusSeconds(600));
    journal.choices().cacheCatalogue("prod", "cn-hangzhou", later);
    assertThat(
            journal.choices().catalogue("prod", "cn-hangzhou", CatalogueList.Kind.IMAGE, "asg-web"))
        .contains(later);
    assertThat(images.stale(NOON.plusSeconds(599))).isFalse();
    assertThat(images.stale(NOON.plusSeconds(600))).isTrue();
    assertThat(images.stale(NOON.minusSeconds(1))).isTrue();
  }

  @Test
  void keepsTheSnapshotInARowOfItsOwn() {
    Map<String, Object> before = Map.of("sourceImageId", "m-old\nlines");

    String kept = SentParametersCodec.lines(List.of(Map.of("imageId", "m-1"), Map.of(), before));

    assertThat(kept.lines()).hasSize(3);
    assertThat(SentParametersCodec.line(kept, 0)).isEqualTo(Map.of("imageId", "m-1"));
    assertThat(SentParametersCodec.line(kept, 1)).isEmpty();
    assertThat(SentParametersCodec.line(kept, 2)).isEqualTo(before);
    assertThat(SentParametersCodec.lines(List.of(Map.of(), Map.of(), Map.of()))).isEmpty();
  }

  @Test
  void keepsEveryFieldOfALaunch() {
    journal.starts().intend(launch("t1", WEB, NOON));
    journal.starts().markStarted("t1", execution("exec-1", ExecutionStatus.RUNNING), NOON);
    journal.starts().recordObservation(WEB, execution("exec-1", ExecutionStatus.SUCCESS), 5, 6);
    journal.close();
    journal = home.open();

    assertThat(journal.starts().find("exec-1"))
        .contains(
            new JournalEntry(
                "t1",
                JournalEntry.StartState.STARTED,
                false,
                "prod",
                "cn-hangzhou",
                "asg-web",
                "exec-1",
                ExecutionStatus.SUCCESS,
                JournalFixtures.SPEC,
                false,
                "fix; drop table execution --",
                AUTHOR,
                NOON,
                NOON.plusSeconds(120),
                5,
                6,
                "",
                null,
                "",
                UpdateMethod.RUN_SCRIPT,
                Map.of()));
  }

  @Test
  void keepsEveryFieldOfARollback() {
    journal.starts().intend(rollback("t2", "exec-1", NOON));

    assertThat(journal.history().list(ALL))
        .containsExactly(
            new JournalEntry(
                "t2",
                JournalEntry.StartState.INTENDED,
                true,
                "prod",
                "cn-hangzhou",
                "asg-web",
                null,
                null,
                JournalFixtures.UNDO,
                false,
                "it was wrong",
                AUTHOR,
                NOON,
                null,
                0,
                4,
                "",
                "exec-1",
                "",
                UpdateMethod.RUN_SCRIPT,
                Map.of()));
  }

  @Test
  void readsTheSpecOfAnExecutionStartedElsewhere() {
    journal.starts().recordObservation(WEB, execution("exec-9", ExecutionStatus.RUNNING), 1, 6);

    assertThat(journal.starts().find("exec-9"))
        .contains(
            new JournalEntry(
                "",
                JournalEntry.StartState.SEEN,
                false,
                "prod",
                "cn-hangzhou",
                "asg-web",
                "exec-9",
                ExecutionStatus.RUNNING,
                UpdateSpec.EMPTY
                    .withScript(Script.ofText("invokeScript", "echo elsewhere"), CommandType.SHELL)
                    .withBatches(BatchSizing.number(3))
                    .withPause(BatchPause.EVERY)
                    .withRole("SomeRole"),
                false,
                "from the console",
                new Initiator("acs:ram::1:user/wang", "", 0),
                NOON.minusSeconds(60),
                null,
                1,
                6,
                "",
                null,
                "",
                UpdateMethod.RUN_SCRIPT,
                Map.of()));
  }

  @Test
  void writesAnIntentOnceHoweverOftenItIsRepeated() {
    Intent intent = launch("t1", WEB, NOON);
    journal.starts().intend(intent);
    journal.starts().intend(intent);

    assertThat(journal.history().list(ALL)).hasSize(1);
  }

  @Test
  void saysWhyAStartWasRefusedOrIsUnknown() {
    journal.starts().intend(launch("t1", WEB, NOON));
    journal.starts().markRefused("t1", "no such role");
    journal.starts().intend(launch("t2", WEB, NOON.plusSeconds(1)));
    journal.starts().markUnknown("t2", "no answer", NOON);

    assertThat(journal.history().list(ALL))
        .extracting(JournalEntry::token, JournalEntry::state, JournalEntry::why)
        .containsExactly(
            tuple("t2", JournalEntry.StartState.UNCERTAIN, "no answer"),
            tuple("t1", JournalEntry.StartState.REFUSED, "no such role"));
    assertThat(
            journal
                .history()
                .list(new History.Query("prod", "cn-hangzhou", null, "refused", null, 9)))
        .extracting(JournalEntry::token)
        .containsExactly("t1");
  }

  @Test
  void doesNotTakeBackAStartOnceOosHasNamedIt() {
    journal.starts().intend(launch("t1", WEB, NOON));
    journal.starts().markUnknown("t1", "no answer", NOON);
    journal.starts().markStarted("t1", execution("exec-1", ExecutionStatus.RUNNING), NOON);
    journal.starts().markRefused("t1", "late");

    JournalEntry entry = journal.starts().find("exec-1").orElseThrow();
    assertThat(entry.state()).isEqualTo(JournalEntry.StartState.STARTED);
    assertThat(entry.why()).isEmpty();
  }

  @Test
  void mergesWhatAnotherShellSawBeforeTheStartWasWrittenDown() {
    journal.starts().intend(launch("t1", WEB, NOON));
    journal.starts().recordObservation(WEB, execution("exec-1", ExecutionStatus.SUCCESS), 6, 6);
    journal.starts().markStarted("t1", execution("exec-1", ExecutionStatus.STARTED), NOON);

    assertThat(journal.history().list(ALL)).hasSize(1);
    JournalEntry entry = journal.starts().find("exec-1").orElseThrow();
    assertThat(entry.token()).isEqualTo("t1");
    assertThat(entry.status()).isEqualTo(ExecutionStatus.SUCCESS);
    assertThat(entry.succeeded()).isEqualTo(6);
  }

  @Test
  void findsItsExecutionByTheTagWhenTheAnswerWasLost() {
    journal.starts().intend(launch("t1", WEB, NOON));
    journal
        .starts()
        .recordObservation(
            WEB, execution("exec-1", ExecutionStatus.RUNNING, Map.of("oosh", "t1")), 2, 6);

    assertThat(journal.history().list(ALL))
        .extracting(
            JournalEntry::token,
            JournalEntry::executionId,
            JournalEntry::state,
            JournalEntry::succeeded)
        .containsExactly(tuple("t1", "exec-1", JournalEntry.StartState.STARTED, 2));
  }

  @Test
  void keepsAFinalStatusWhenAnOldAnswerComesLate() {
    journal.starts().recordObservation(WEB, execution("exec-1", ExecutionStatus.FAILED), 3, 6);
    journal.starts().recordObservation(WEB, execution("exec-1", ExecutionStatus.RUNNING), 2, 6);
    journal.starts().recordObservation(WEB, execution("exec-1", ExecutionStatus.FAILED), 1, 6);

    JournalEntry entry = journal.starts().find("exec-1").orElseThrow();
    assertThat(entry.status()).isEqualTo(ExecutionStatus.FAILED);
    assertThat(entry.succeeded()).isEqualTo(3);
    assertThat(entry.ended()).isEqualTo(NOON.plusSeconds(60));
  }

  @Test
  void offersLaunchesOfTheContextNewestFirst() {
    start("a", "exec-aa1", "prod", "asg-web", 1);
    start("b", "exec-ab2", "prod", "asg-web", 3);
    start("c", "exec-ac3", "prod", "asg-api", 2);
    start("d", "exec-ad4", "test", "asg-web", 4);
    journal.starts().intend(rollback("e", "exec-aa1", NOON.plusSeconds(5)));
    journal.starts().markStarted("e", execution("exec-ae5", ExecutionStatus.FAILED), NOON);
    journal.starts().intend(launch("f", WEB, NOON.plusSeconds(6)));

    assertThat(journal.history().rollbackSources(WEB, "", 10))
        .extracting(JournalEntry::executionId)
        .containsExactly("exec-ab2", "exec-aa1");
    assertThat(journal.history().rollbackSources(WEB, "exec-ab", 10))
        .extracting(JournalEntry::executionId)
        .containsExactly("exec-ab2");
    assertThat(journal.history().rollbackSources(context("prod", null), "exec", 2))
        .extracting(JournalEntry::executionId)
        .containsExactly("exec-ab2", "exec-ac3");
    assertThat(journal.history().startingWith(WEB, "exec-a", 10))
        .extracting(JournalEntry::executionId)
        .containsExactly("exec-ae5", "exec-ab2", "exec-ac3", "exec-aa1");
  }

  @Test
  void narrowsTheHistory() {
    start("a", "exec-1", "prod", "asg-web", 1);
    start("b", "exec-2", "prod", "asg-api", 2);
    start("c", "exec-3", "test", "asg-web", 3);

    assertThat(
            journal.history().list(new History.Query("prod", "cn-hangzhou", null, null, null, 9)))
        .extracting(JournalEntry::executionId)
        .containsExactly("exec-2", "exec-1");
    assertThat(
            journal
                .history()
                .list(new History.Query("prod", "cn-hangzhou", "asg-web", "SUCCESS", null, 1)))
        .extracting(JournalEntry::executionId)
        .containsExactly("exec-1");
    assertThat(
            journal
                .history()
                .list(new History.Query("prod", "cn-hangzhou", null, null, NOON.plusSeconds(2), 9)))
        .extracting(JournalEntry::executionId)
        .containsExactly("exec-2");
  }

  @Test
  void remembersTheGroupsOfARegionInTheirOrder() {
    ScalingGroup web = group("asg-web", "web");
    ScalingGroup api = group("asg-api", "api; 'x'");
    journal.choices().cacheGroups("prod", "cn-hangzhou", List.of(api));
    journal.choices().cacheGroups("prod", "cn-hangzhou", List.of(web, api));
    journal.choices().cacheGroups("test", "cn-hangzhou", List.of());

    assertThat(journal.choices().groups("prod", "cn-hangzhou")).containsExactly(web, api);
    assertThat(journal.choices().groups("test", "cn-hangzhou")).isEmpty();
  }

  @Test
  void offersNothingFromAListThatAnotherVersionHasKept() {
    journal.choices().cacheGroups("prod", "cn-hangzhou", List.of(group("asg-web", "web")));
    home.inDatabase(sql -> sql.update("update choice set entry = '{\"title\": 1}'"));

    assertThat(journal.choices().groups("prod", "cn-hangzhou")).isEmpty();
  }

  @Test
  void keepsTheImageBeforeAndAfterARollback() {
    journal.starts().recordObservation(WEB, execution("exec-1", ExecutionStatus.FAILED), 1, 6);
    HealStep image =
        new HealStep(HealStep.Kind.IMAGE, "exec-1", List.of("asc-a"), "m-new", "m-old");
    HealStep hook = new HealStep(HealStep.Kind.UNHOOK, "exec-1", List.of("ACS-HOOK"), "ash-1", "");
    HealStep start = new HealStep(HealStep.Kind.START, "exec-1", List.of("i-a"));
    for (HealStep remedy : List.of(start, image, hook)) {
      journal
          .history()
          .recordHealStep(
              WEB,
              new HealStepRecord(NOON, remedy, AUTHOR, HealStepRecord.HealStepResult.DONE, ""));
    }

    assertThat(journal.history().healSteps("exec-1"))
        .extracting(HealStepRecord::step)
        .containsExactly(start, image, hook);
  }

  @Test
  void keepsAStepOfAHealingWhateverWasSaidAgainstIt() {
    journal.starts().recordObservation(WEB, execution("exec-1", ExecutionStatus.FAILED), 1, 6);
    HealStep remedy = new HealStep(HealStep.Kind.RETURN, "exec-1", List.of("i-a", "i-b"));
    HealStepRecord refused =
        new HealStepRecord(
            NOON,
            remedy,
            AUTHOR,
            HealStepRecord.HealStepResult.REFUSED,
            "it says \"no\": 100% _\\x");
    journal.history().recordHealStep(WEB, refused);

    assertThat(journal.history().healSteps("exec-1"))
        .singleElement()
        .satisfies(
            h -> {
              assertThat(h.step()).isEqualTo(remedy);
              assertThat(h.why()).isEqualTo(refused.why());
            });
  }

  @Test
  void writesInAThreadThatWasInterrupted() {
    journal.starts().intend(launch("t1", WEB, NOON));
    Thread.currentThread().interrupt();
    journal.starts().intend(launch("t2", context("prod", "asg-api"), NOON));
    assertThat(Thread.interrupted()).isTrue();

    assertThat(journal.history().list(ALL)).hasSize(2);
  }

  private static ScalingGroup group(String id, String name) {
    return new ScalingGroup(
        id,
        name,
        "cn-hangzhou",
        "Active",
        4,
        1,
        1,
        0,
        2,
        10,
        Set.of(ScalingProcess.SCALE_OUT),
        "ECI",
        true);
  }

  private void start(String token, String id, String profile, String group, int second) {
    journal.starts().intend(launch(token, context(profile, group), NOON.plusSeconds(second)));
    journal.starts().markStarted(token, execution(id, ExecutionStatus.SUCCESS), NOON);
  }

  @Test
  void aRecordThatCannotBeReadIsNamedOnceAndStopsNothingElse() throws Exception {
    try (SqlJournal whole = home.open()) {
      whole.starts().intend(launch("t1", WEB, NOON));
      whole.starts().markStarted("t1", execution("exec-1", ExecutionStatus.SUCCESS), NOON);
      whole.starts().intend(launch("t2", WEB, NOON.plusSeconds(1)));
      whole.starts().markRefused("t2", "no such role");
      whole.starts().intend(launch("t3", WEB, NOON.plusSeconds(2)));
    }
    spoil("update execution set command_type = 'WISHED' where token = 't2'");
    spoil("update execution set snapshot = '{}', healed = '{}' where token = 't1'");
    spoil("update execution set parameters = '[]' where token = 't3'");
    List<String> said = new ArrayList<>();
    try (SqlJournal odd = home.open(said::add)) {
      History.Query all = new History.Query("prod", "cn-hangzhou", null, null, null, 10);
      assertThat(odd.history().list(all))
          .extracting(JournalEntry::token)
          .containsExactly("t3", "t1");
      assertThat(odd.history().list(all)).hasSize(2);
      assertThat(said)
          .containsExactly("the journal's record of t2 on asg-web cannot be read; it is left out");
      assertThat(odd.starts().openIntents(WEB)).isEmpty();
      assertThat(odd.history().snapshotBefore("exec-1")).isEmpty();
      assertThat(odd.history().healSteps("exec-1")).isEmpty();
      assertThat(said).hasSize(3).anyMatch(s -> s.contains(" of t3 on asg-web cannot"));
      assertThat(odd.starts().intend(launch("t4", WEB, NOON.plusSeconds(3)))).isPresent();
      assertThat(odd.starts().intend(launch("t5", JournalFixtures.context("prod", "asg-db"), NOON)))
          .isEmpty();
    }
  }

  @Test
  void manyRecordsThatCannotBeReadAreCountedInOneLine() throws Exception {
    try (SqlJournal whole = home.open()) {
      for (int i = 0; i < 100; i++) {
        whole.starts().intend(launch("t" + i, WEB, NOON.plusSeconds(i)));
        whole.starts().markRefused("t" + i, "no such role");
      }
    }
    spoil("update execution set command_type = 'WISHED'");
    List<String> said = new ArrayList<>();
    try (SqlJournal odd = home.open(said::add)) {
      assertThat(
              odd.history().list(new History.Query("prod", "cn-hangzhou", null, null, null, 200)))
          .isEmpty();
      assertThat(said)
          .containsExactly(
              "100 of the journal's records cannot be read; they are left out, and oosh.log names"
                  + " each");
    }
  }

  /** What nobody can read may still be under way. */
  @Test
  void aStartThatHoldsItsGroupAndCannotBeReadIsInTheWayByName() throws Exception {
    try (SqlJournal whole = home.open()) {
      whole.starts().intend(launch("t1", WEB, NOON));
    }
    spoil("update execution set pause = 'WISHED'");
    try (SqlJournal odd = home.open()) {
      assertThatThrownBy(() -> odd.starts().intend(launch("t2", WEB, NOON)))
          .isInstanceOfSatisfying(
              Problem.class,
              p -> {
                assertThat(p.what()).isEqualTo("a start that has no answer holds the group");
                assertThat(p.why()).contains("cannot be read");
              });
    }
  }

  private void spoil(String statement) {
    home.inDatabase(sql -> sql.update(statement));
  }
}
