package oosh.view.wave;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import oosh.rollout.wave.GroupProgress;
import oosh.rollout.wave.GroupProgress.Phase;
import oosh.rollout.wave.Leader;
import oosh.rollout.wave.NextStep;
import oosh.rollout.wave.WaveStatus;
import oosh.rollout.wave.WaveStatus.Wish;
import oosh.view.ViewFixtures;
import oosh.view.json.JsonOutput;
import oosh.view.text.Style;
import oosh.view.text.TextWidth;
import org.junit.jupiter.api.Test;

class WaveSheetTest {
  private static String sheet(WaveFixtures f, int width) {
    return WaveSheet.text(f.file(), f.status(), f.next(), WaveFixtures.NOW, Style.plain(width));
  }

  private static WaveFixtures three(String first, String second, String third) {
    return new WaveFixtures()
        .wave("cn-hangzhou", 1, "PT0S", null)
        .group("bp1db", "db", first, 6)
        .wave("cn-shanghai", 1, "PT0S", null)
        .group("bp1web", "网站-web", second, second.equals("Success") ? 6 : 2)
        .group("bp1api", "", third, third.equals("Success") ? 6 : 0);
  }

  /** A group in every phase, and every kind of doubt. */
  private static WaveFixtures all() {
    return new WaveFixtures()
        .wave("cn-a", 2, "PT0S", null)
        .group("a", "", "", 0)
        .group("b", "", WaveFixtures.start("b", "Failed", 3, ""), null, false, "known bug")
        .refused("c", "somebody else launches on it")
        .group("d", "", "unanswered", 0)
        .group("e", "", "Running", 1)
        .group("f", "", "Waiting", 1)
        .group("g", "", "Failed", 1)
        .group("h", "", "forgotten", 1)
        .back("i", "Running", 2)
        .back("j", "Success", 6)
        .back("k", "Failed", 3)
        .back("l", "forgotten", 3)
        .back("m", "unanswered", 0)
        .group("n", "", WaveFixtures.start("n", "Failed", 1, ""), null, true, "")
        .group("o", "", "Cancelled", 3)
        .group("p", "", "Success", 6);
  }

  @Test
  void allHaveSucceeded() {
    assertThat(sheet(three("Success", "Success", "Success").ended(), 100))
        .isEqualTo(
            """
                3 of 3 groups succeeded in 4m 02s
                wave 1  cn-hangzhou  asg-bp1db "db"         Success  deploy.sh 5dbad7 on 6 of 6  exec-bp1db
                wave 2  cn-shanghai  asg-bp1web "网站-web"  Success  deploy.sh 5dbad7 on 6 of 6  exec-bp1web
                wave 2  cn-shanghai  asg-bp1api             Success  deploy.sh 5dbad7 on 6 of 6  exec-bp1api
                next: rollback wave-6f1c0b3a9d2e4f58 if it misbehaves""");
    assertThat(sheet(three("Success", "Success", "Success").ended(), 80))
        .isEqualTo(
            """
                3 of 3 groups succeeded in 4m 02s
                wave 1  cn-hangzhou  asg-bp1db "db"         Success  exec-bp1db
                      deploy.sh 5dbad7 on 6 of 6
                wave 2  cn-shanghai  asg-bp1web "网站-web"  Success  exec-bp1web
                      deploy.sh 5dbad7 on 6 of 6
                wave 2  cn-shanghai  asg-bp1api             Success  exec-bp1api
                      deploy.sh 5dbad7 on 6 of 6
                next: rollback wave-6f1c0b3a9d2e4f58 if it misbehaves""");
  }

  @Test
  void oneHasFailed() {
    assertThat(sheet(three("Success", "Failed", ""), 80))
        .isEqualTo(
            """
                stopped: asg-bp1web (exec-bp1web) failed; 1 group not started
                wave 1  cn-hangzhou  asg-bp1db "db"         Success      exec-bp1db
                      deploy.sh 5dbad7 on 6 of 6
                wave 2  cn-shanghai  asg-bp1web "网站-web"  Failed       exec-bp1web
                      deploy.sh 5dbad7 on 2 of 6, perhaps in part on others
                wave 2  cn-shanghai  asg-bp1api             not started
                      as before
                next: outputs exec-bp1web
                next: continue wave-6f1c0b3a9d2e4f58 --retry
                next: continue wave-6f1c0b3a9d2e4f58 --skip asg-bp1web
                next: rollback wave-6f1c0b3a9d2e4f58""");
    assertThat(sheet(three("Success", "Failed", ""), 40))
        .isEqualTo(
            """
                stopped: asg-bp1web (exec-bp1web)
                    failed; 1 group not started
                wave 1  cn-hangzhou
                    asg-bp1db "db"  Success  exec-bp1db
                      deploy.sh 5dbad7 on 6 of 6
                wave 2  cn-shanghai
                    asg-bp1web "网站-web"  Failed
                    exec-bp1web
                      deploy.sh 5dbad7 on 2 of 6,
                      perhaps in part on others
                wave 2  cn-shanghai
                    asg-bp1api  not started
                      as before
                next: outputs exec-bp1web
                next: continue \\
                          wave-6f1c0b3a9d2e4f58 \\
                          --retry
                next: continue \\
                          wave-6f1c0b3a9d2e4f58 --skip \\
                          asg-bp1web
                next: rollback wave-6f1c0b3a9d2e4f58""");
  }

  @Test
  void rolledBack() {
    WaveFixtures f =
        new WaveFixtures()
            .wish(Wish.BACK, "bad release")
            .wave("cn-hangzhou", 1, "PT0S", null)
            .back("bp1db", "Success", 6)
            .wave("cn-shanghai", 1, "PT0S", null)
            .back("bp1web", "Success", 6)
            .group("bp1api", "", "", 0);
    assertThat(sheet(f.ended(), 80))
        .isEqualTo(
            """
                rolled back: 2 groups, all that was touched
                wave 1  cn-hangzhou  asg-bp1db   rolled back  exec-bp1dbb
                      as before: undo.sh 07bc42 on 6 of 6
                wave 2  cn-shanghai  asg-bp1web  rolled back  exec-bp1webb
                      as before: undo.sh 07bc42 on 6 of 6
                wave 2  cn-shanghai  asg-bp1api  not started
                      as before""");
  }

  @Test
  void rolledBackInPart() {
    WaveFixtures f =
        new WaveFixtures()
            .wish(Wish.BACK, "")
            .wave("cn-hangzhou", 1, "PT0S", null)
            .back("bp1db", "Success", 6)
            .wave("cn-shanghai", 1, "PT0S", null)
            .back("bp1web", "Failed", 2);
    assertThat(sheet(f.ended(), 80))
        .isEqualTo(
            """
                rolled back in part: 1 rollback failed, 1 rolled back; failed: asg-bp1web
                    (exec-bp1webb)
                wave 1  cn-hangzhou  asg-bp1db   rolled back      exec-bp1dbb
                      as before: undo.sh 07bc42 on 6 of 6
                wave 2  cn-shanghai  asg-bp1web  rollback failed  exec-bp1webb
                      as before on 2 of 6; not known on the others
                next: outputs exec-bp1webb
                next: rollback exec-bp1web""");
  }

  @Test
  void nothingWasTouched() {
    WaveFixtures f = three("", "", "").wish(Wish.BACK, "").ended();
    assertThat(sheet(f, 80)).startsWith("nothing was to be rolled back: no group was touched\n");
  }

  @Test
  void everyPhaseIsHonest() {
    assertThat(sheet(all(), 80))
        .isEqualTo(
            """
                not at its end: 2 rollback failed, 1 Failed, 1 unknown, 1 Cancelled, 2
                    unanswered, 1 Waiting, 1 Running, 1 going back, 2 rolled back, 1 Success, 1
                    left out, 1 not started, 1 refused
                wave 1  cn-a  asg-a  not started
                      as before
                wave 1  cn-a  asg-b  left out         exec-b
                      deploy.sh 5dbad7 on 3 of 6; known bug
                wave 1  cn-a  asg-c  refused
                      as before: somebody else launches on it
                wave 1  cn-a  asg-d  unanswered
                      not known: the start was not answered
                wave 1  cn-a  asg-e  Running          exec-e
                      deploy.sh 5dbad7 on 1 of 6 so far
                wave 1  cn-a  asg-f  Waiting          exec-f
                      deploy.sh 5dbad7 on 1 of 6 so far
                wave 1  cn-a  asg-g  Failed           exec-g
                      deploy.sh 5dbad7 on 1 of 6, perhaps in part on others
                wave 1  cn-a  asg-h  unknown          exec-h
                      not known: OOS has forgotten it; deploy.sh 5dbad7 on 1 of 6 when last seen
                wave 1  cn-a  asg-i  going back       exec-ib
                      as before on 2 of 6 so far; the others have deploy.sh 5dbad7
                wave 1  cn-a  asg-j  rolled back      exec-jb
                      as before: undo.sh 07bc42 on 6 of 6
                wave 1  cn-a  asg-k  rollback failed  exec-kb
                      as before on 3 of 6; not known on the others
                wave 1  cn-a  asg-l  rollback failed  exec-lb
                      not known: OOS has forgotten its rollback; as before on 3 of 6 when last
                      seen
                wave 1  cn-a  asg-m  unanswered       exec-m
                      deploy.sh 5dbad7 on 6 of 6; a rollback was not answered, and may run
                wave 1  cn-a  asg-n  rolled back      exec-n
                      as before: OOS rolled it back
                wave 1  cn-a  asg-o  Cancelled        exec-o
                      deploy.sh 5dbad7 on 3 of 6, perhaps in part on others
                wave 1  cn-a  asg-p  Success          exec-p
                      deploy.sh 5dbad7 on 6 of 6
                next: watch exec-f
                next: outputs exec-g
                next: outputs exec-o
                next: outputs exec-kb
                next: continue wave-6f1c0b3a9d2e4f58
                next: rollback exec-k
                next: rollback exec-l
                next: rollback wave-6f1c0b3a9d2e4f58""");
    assertThat(all().status().groups().stream().map(GroupProgress::phase)).contains(Phase.values());
    assertThat(sheet(all(), 40).lines()).allMatch(l -> TextWidth.of(l) <= 40);
  }

  @Test
  void everyKindOfStepHasItsSentence() {
    List<String> said = new ArrayList<>();
    for (NextStep.Kind kind : NextStep.Kind.values()) {
      for (Wish wish : Wish.values()) {
        WaveFixtures f = three("Success", "Failed", "").wish(wish, "");
        NextStep next =
            new NextStep(
                kind,
                f.file().waves().get(1),
                f.status().groups(),
                WaveFixtures.NOW.plusSeconds(9));
        said.add(
            kind + " " + wish + " " + WaveSentence.outcome(f.status(), next, WaveFixtures.NOW));
        assertThat(WaveSentence.next(f.status(), next, WaveFixtures.NOW)).isNotBlank();
      }
    }
    assertThat(said).noneMatch(s -> s.contains("null"));
    assertThat(said)
        .contains(
            "PAUSED PAUSE paused: 1 Failed, 1 Success, 1 not started; failed: asg-bp1web"
                + " (exec-bp1web)",
            "STOPPED ABORT aborted: 1 Failed, 1 Success, 1 not started; failed: asg-bp1web"
                + " (exec-bp1web)",
            "STOPPED GO stopped: asg-bp1web (exec-bp1web) failed; 1 group not started");
  }

  @Test
  void theLinesToTypeApplyOnly() {
    assertThat(next(three("Success", "Success", "").wish(Wish.PAUSE, "")))
        .containsExactly("continue wave-6f1c0b3a9d2e4f58", "rollback wave-6f1c0b3a9d2e4f58");
    assertThat(next(three("", "", "").wish(Wish.PAUSE, "")))
        .containsExactly("continue wave-6f1c0b3a9d2e4f58");
    Leader other = new Leader("wang on ops-2, pid 1", false, true, WaveFixtures.NOW);
    assertThat(next(three("Success", "Running", "").led(other)))
        .containsExactly("watch wave-6f1c0b3a9d2e4f58", "rollback wave-6f1c0b3a9d2e4f58");
    assertThat(next(three("Success", "Waiting", "")))
        .containsExactly(
            "watch exec-bp1web",
            "continue wave-6f1c0b3a9d2e4f58",
            "rollback wave-6f1c0b3a9d2e4f58");
    WaveFixtures many = new WaveFixtures().wave("cn-a", 9, "PT0S", null);
    for (int i = 0; i < 5; i++) {
      many.refused("r" + i, "locked");
    }
    assertThat(next(many))
        .containsExactly(
            "continue wave-6f1c0b3a9d2e4f58",
            "continue wave-6f1c0b3a9d2e4f58 --retry",
            "continue wave-6f1c0b3a9d2e4f58 --skip GROUP");
  }

  private static List<String> next(WaveFixtures f) {
    return WaveSheet.next(f.status(), f.next());
  }

  @Test
  void namesCannotActOnTheTerminal() {
    WaveFixtures f =
        new WaveFixtures()
            .named(ViewFixtures.HOSTILE, ViewFixtures.HOSTILE)
            .wave(ViewFixtures.HOSTILE, 2, "PT0S", null)
            .group(ViewFixtures.HOSTILE, ViewFixtures.HOSTILE, "Failed", 0)
            .group("l", "", null, null, false, ViewFixtures.HOSTILE)
            .refused("r", ViewFixtures.HOSTILE)
            .wish(Wish.ABORT, ViewFixtures.HOSTILE);
    assertThat(sheet(f, 80)).matches(Hostile::isHarmless);
    assertThat(sheet(f, 40)).matches(Hostile::isHarmless);
    assertThat(WavesView.table(List.of(f.status()), WaveFixtures.NOW, Style.plain(80)))
        .matches(Hostile::isHarmless);
    assertThat(WaveReport.markdown(f.file(), f.status(), f.next(), WaveFixtures.NOW))
        .matches(Hostile::isHarmless);
  }

  @Test
  void inJson() {
    WaveFixtures f = three("Success", "Failed", "");
    JsonObject json = WaveSheet.json(f.file(), f.status(), f.next(), WaveFixtures.NOW);
    JsonArray groups = json.remove("groups").getAsJsonArray();
    assertThat(JsonOutput.document(json))
        .isEqualTo(
            """
                {
                  "wave": "wave-6f1c0b3a9d2e4f58",
                  "file": "rollout.yaml",
                  "profile": "sandbox",
                  "reason": "web 2.4.1",
                  "user": "li",
                  "host": "ops-1",
                  "at": "2026-03-04T05:02:05Z",
                  "asked": "go",
                  "turn": 1,
                  "leader": {
                    "text": "li on ops-1, pid 4711",
                    "isHere": true,
                    "mayAct": true,
                    "seen": "2026-03-04T05:06:07Z"
                  },
                  "groupsTotal": 3,
                  "succeeded": 1,
                  "failed": 1,
                  "rolledBack": 0,
                  "underWay": 0,
                  "notStarted": 1,
                  "step": "stopped",
                  "stepWave": 2,
                  "outcome": "stopped: asg-bp1web (exec-bp1web) failed; 1 group not started",
                  "next": [
                    "outputs exec-bp1web",
                    "continue wave-6f1c0b3a9d2e4f58 --retry",
                    "continue wave-6f1c0b3a9d2e4f58 --skip asg-bp1web",
                    "rollback wave-6f1c0b3a9d2e4f58"
                  ]
                }""");
    assertThat(JsonOutput.document(groups.get(1)))
        .isEqualTo(
            """
                {
                  "position": 1,
                  "wave": 2,
                  "region": "cn-shanghai",
                  "group": "asg-bp1web",
                  "name": "网站-web",
                  "instances": 6,
                  "phase": "failed",
                  "certain": true,
                  "has": "deploy.sh 5dbad7 on 2 of 6, perhaps in part on others",
                  "executionId": "exec-bp1web",
                  "launch": {
                    "executionId": "exec-bp1web",
                    "status": "Failed",
                    "started": true,
                    "refused": false,
                    "forgotten": false,
                    "at": "2026-03-04T05:02:07Z",
                    "endedAt": "2026-03-04T05:05:07Z",
                    "succeeded": 2,
                    "total": 6
                  }
                }""");
    JsonObject unknown =
        WaveSheet.json(null, all().status(), null, WaveFixtures.NOW)
            .getAsJsonArray("groups")
            .get(3)
            .getAsJsonObject();
    assertThat(unknown.get("certain").getAsBoolean()).isFalse();
  }

  @Test
  void theListOfRollouts() {
    List<WaveStatus> rollouts =
        List.of(
            all().status(),
            three("Success", "Success", "Success").ended().status(),
            three("Success", "Failed", "").led(null).wish(Wish.PAUSE, "").status(),
            three("Success", "Failed", "")
                .led(new Leader("wang on ops-2, pid 1", false, true, WaveFixtures.NOW))
                .status());
    assertThat(WavesView.table(rollouts, WaveFixtures.NOW, Style.plain(200)))
        .isEqualTo(
            """
                wave-6f1c0b3a9d2e4f58  4 min ago  rollout.yaml  1 of 16 groups, 5 failed, 2 rolled back, 5 under way, 2 not started  led by this oosh             li on ops-1  "web 2.4.1"
                wave-6f1c0b3a9d2e4f58  4 min ago  rollout.yaml  3 of 3 groups                                                        done                         li on ops-1  "web 2.4.1"
                wave-6f1c0b3a9d2e4f58  4 min ago  rollout.yaml  1 of 3 groups, 1 failed, 1 not started                               paused; nobody leads it      li on ops-1  "web 2.4.1"
                wave-6f1c0b3a9d2e4f58  4 min ago  rollout.yaml  1 of 3 groups, 1 failed, 1 not started                               led by wang on ops-2, pid 1  li on ops-1  "web 2.4.1\"""");
    assertThat(WavesView.table(rollouts.subList(0, 2), WaveFixtures.NOW, Style.plain(80)))
        .isEqualTo(
            """
                wave-6f1c0b3a9d2e4f58  4 min ago  rollout.yaml
                    1 of 16 groups, 5 failed, 2 rolled back, 5 under way, 2 not started
                    led by this oosh  li on ops-1  "web 2.4.1"
                wave-6f1c0b3a9d2e4f58  4 min ago  rollout.yaml
                    3 of 3 groups  done  li on ops-1  "web 2.4.1\"""");
    assertThat(WavesView.table(rollouts.subList(0, 2), WaveFixtures.NOW, Style.plain(40)))
        .isEqualTo(
            """
                wave-6f1c0b3a9d2e4f58  4 min ago
                    rollout.yaml
                    1 of 16 groups, 5 failed, 2 rolled …
                    led by this oosh  li on ops-1
                    "web 2.4.1"
                wave-6f1c0b3a9d2e4f58  4 min ago
                    rollout.yaml  3 of 3 groups  done
                    li on ops-1  "web 2.4.1\"""");
    assertThat(WavesView.table(List.of(), WaveFixtures.NOW, Style.plain(80)))
        .isEqualTo("no rollout over many groups yet; launch FILE.yaml starts one");
    assertThat(WavesView.json(rollouts).get(2).getAsJsonObject().get("notStarted").getAsInt())
        .isEqualTo(1);
  }

  @Test
  void theReport() {
    WaveFixtures f = three("Success", "Failed", "").wish(Wish.ABORT, "enough");
    assertThat(WaveReport.markdown(f.file(), f.status(), f.next(), WaveFixtures.NOW))
        .isEqualTo(
            """
                # `wave-6f1c0b3a9d2e4f58` by `rollout.yaml`

                `aborted ("enough"): 1 Failed, 1 Success, 1 not started; failed: asg-bp1web (exec-bp1web)`

                | | |
                |---|---|
                | reason | `web 2.4.1` |
                | who | `li on ops-1` |
                | when | 2026-03-04T05:02:05Z, not at its end |
                | profile | `sandbox` |
                | method | `run-script` |
                | script | `deploy.sh`, 11 bytes, SHA-256 `5dbad7dd0b9b122dcd9956884390f4aac4738caba8ff53498a7ab6718b176c30` |
                | rollback script | `undo.sh`, 9 bytes, SHA-256 `07bc42e4aabea98b4f1ce467235e1c0ed4e591219d2b24c7f20698fc12805fd2` |
                | batches | `3 batches; no pause between batches` |
                | failures | at the first failed group nothing more is started |
                | asked | to abort: `enough` |

                ## Wave 1: `cn-hangzhou`

                1 group, at most 1 at once

                | group | outcome | has now | execution | began | took | rollback |
                |---|---|---|---|---|---|---|
                | `asg-bp1db` `db` | `Success` | `deploy.sh 5dbad7 on 6 of 6` | `exec-bp1db` | 2026-03-04T05:02:07Z | 3m 00s |  |

                ## Wave 2: `cn-shanghai`

                2 groups, at most 1 at once

                | group | outcome | has now | execution | began | took | rollback |
                |---|---|---|---|---|---|---|
                | `asg-bp1web` `网站-web` | `Failed` | `deploy.sh 5dbad7 on 2 of 6, perhaps in part on others` | `exec-bp1web` | 2026-03-04T05:02:07Z | 3m 00s |  |
                | `asg-bp1api` | `not started` | `as before` |  |  |  |  |

                ## Timeline

                | when | wave | what |
                |---|---|---|
                | 2026-03-04T05:02:05Z |  | the rollout began |
                | 2026-03-04T05:02:07Z | 1 | launch on `asg-bp1db`: `exec-bp1db` |
                | 2026-03-04T05:02:07Z | 2 | launch on `asg-bp1web`: `exec-bp1web` |
                | 2026-03-04T05:05:07Z | 1 | launch on `asg-bp1db`: `Success` 6/6 |
                | 2026-03-04T05:05:07Z | 2 | launch on `asg-bp1web`: `Failed` 2/6 |""");
  }
}
