package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oosh.journal.H2Journal;
import oosh.journal.JournalFixtures;
import oosh.notify.HttpNoticeSender;
import oosh.notify.NoticeFile;
import oosh.notify.NoticeReceiver;
import oosh.rollout.notice.NoticeDelivery;
import oosh.rollout.notice.NoticeKind;
import oosh.rollout.notice.NoticeTarget;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes of oosh that learn how an execution has ended, and a receiver that is to hear it. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class NoticesTest {
  /** By its id: the sandbox's clock is in another time than that of these processes. */
  private static final String LOOK = "watch exec-0000000000000001";

  private static final String SIGNING = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  @TempDir Path folder;

  private NoticeReceiver receiver;
  private OoshProcess sandbox;
  private URI endpoint;
  private Map<String, String> environment;
  private NoticeFile targets;

  /** All that any process has said. */
  private final StringBuilder said = new StringBuilder();

  @BeforeEach
  void open() throws Exception {
    receiver = new NoticeReceiver();
    sandbox = OoshProcess.sandboxInSteps(folder);
    endpoint = OoshProcess.announced(folder);
    OoshProcess.runNoScripts(
        endpoint, List.of("i-bp1a", "i-bp1b", "i-bp1c", "i-bp1d", "i-bp1e", "i-bp1f"));
    environment =
        Map.of(
            "OOSH_HOME",
            folder.resolve("home").toString(),
            "OOSH_ENDPOINT",
            endpoint.toString(),
            "XDG_CONFIG_HOME",
            folder.resolve("config").toString());
    targets = new NoticeFile(folder.resolve("config/oosh"));
    targets.add(new NoticeTarget("ci", NoticeKind.WEBHOOK, receiver.address(), SIGNING));
  }

  @AfterEach
  void close() {
    receiver.close();
    sandbox.close();
  }

  private OoshProcess begin(String line) {
    return OoshProcess.start(
        "oosh.Oosh", List.of(), environment, "--profile", "sandbox", "-c", line);
  }

  private int oosh(String line) throws Exception {
    try (OoshProcess process = begin(line)) {
      said.append(process.output().lines().collect(Collectors.joining("\n"))).append('\n');
      return process.awaitExit();
    }
  }

  /** Launches with nobody watching, and lets it end. */
  private void launch() throws Exception {
    assertThat(
            oosh(
                "use group asg-bp1web; stage script sessions/scripts/deploy.sh;"
                    + " launch -y --detach -m 'web 2.4.1'"))
        .as(said.toString())
        .isZero();
    OoshProcess.advance(endpoint, 600);
  }

  /** Sends what is due by then. */
  private int deliverAfter(Duration wait) {
    try (H2Journal journal = H2Journal.open(folder.resolve("home"))) {
      Instant then = Instant.now().plus(wait);
      return new NoticeDelivery(
              journal.outbox(), targets, new HttpNoticeSender(Map.of()), () -> then)
          .deliverDue();
    }
  }

  @Test
  void whoeverLearnsOfTheEndTellsIt() throws Exception {
    launch();
    assertThat(receiver.taken()).isEmpty();

    assertThat(oosh(LOOK)).isZero();

    NoticeReceiver.Post post = receiver.next();
    assertThat(post.body()).contains("\"verdict\":\"succeeded\"", "\"reason\":\"web 2.4.1\"");
    assertThat(oosh("history; notify list")).isZero();
    assertThat(receiver.taken()).isEmpty();
    assertThat(said.toString()).contains("ci  webhook  127.0.0.1/…4711  signed  delivered ");
  }

  @Test
  void aReceiverThatWasDownHearsItOnceItIsUpByTheSameId() throws Exception {
    launch();
    receiver.goesDown();
    assertThat(oosh(LOOK)).isZero();
    assertThat(oosh("notify list")).isZero();
    assertThat(said.toString()).contains("1 pending; ", " the connection was refused");

    receiver.comesUp();
    receiver.answers(500, "");
    assertThat(deliverAfter(Duration.ofSeconds(40))).isEqualTo(1);
    String first = receiver.next().header("webhook-id");
    assertThat(first).startsWith("evt_");
    receiver.answers(200, "");
    assertThat(deliverAfter(Duration.ofSeconds(50))).as("too early").isZero();
    assertThat(deliverAfter(Duration.ofMinutes(3))).isEqualTo(1);
    assertThat(receiver.next().header("webhook-id")).isEqualTo(first);
    assertThat(deliverAfter(Duration.ofDays(1))).isZero();
  }

  /** A slow receiver holds up a command for two seconds at most, and a killed one loses nothing. */
  @Test
  void anOoshThatIsKilledWhileItSendsLosesNothing() throws Exception {
    launch();
    receiver.isSlow(true);
    NoticeReceiver.Post lost;
    try (OoshProcess process = begin(LOOK)) {
      lost = receiver.next();
      process.kill();
    }

    receiver.isSlow(false);
    assertThat(deliverAfter(Duration.ofSeconds(10))).as("it may still be sending").isZero();
    assertThat(deliverAfter(Duration.ofSeconds(40))).isEqualTo(1);
    NoticeReceiver.Post again = receiver.next();
    assertThat(again.header("webhook-id")).isEqualTo(lost.header("webhook-id"));
    assertThat(again.body()).isEqualTo(lost.body());
  }

  @Test
  void aSlowReceiverKeepsNoOtherFromHearing() throws Exception {
    try (NoticeReceiver other = new NoticeReceiver()) {
      targets.add(new NoticeTarget("zzz", NoticeKind.WEBHOOK, other.address(), ""));
      launch();
      receiver.isSlow(true);
      assertThat(oosh(LOOK)).isZero();
      assertThat(other.next().body()).contains("\"verdict\":\"succeeded\"");
      assertThat(oosh("notify list")).isZero();
      assertThat(said.toString()).containsPattern("zzz .*delivered ");
    }
  }

  @Test
  void aSlowReceiverDelaysNoCommandForLong() throws Exception {
    launch();
    receiver.isSlow(true);
    long from = System.nanoTime();
    assertThat(oosh(LOOK)).isZero();
    Duration slow = Duration.ofNanos(System.nanoTime() - from);
    from = System.nanoTime();
    assertThat(oosh(LOOK)).isZero();
    Duration usual = Duration.ofNanos(System.nanoTime() - from);
    assertThat(slow.minus(usual)).isLessThan(NoticeDelivery.LONGEST_GOODBYE.plusSeconds(2));
    assertThat(receiver.taken()).hasSize(1);
  }

  /** Its end is written, and the process is gone before it has told anybody. */
  @Test
  void oneOfTheNextProcessesTellsWhatADeadOneHasWritten() throws Exception {
    launch();
    receiver.goesDown();
    assertThat(oosh(LOOK)).isZero();
    JournalFixtures.dueNow(folder.resolve("home"));
    receiver.comesUp();
    List<OoshProcess> next = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        next.add(begin("history"));
      }
      for (OoshProcess each : next) {
        assertThat(each.awaitExit()).isZero();
      }
    } finally {
      next.forEach(OoshProcess::close);
    }
    assertThat(receiver.taken()).hasSize(1);
  }

  /** Without a journal there is no outbox: one line says so, and nothing else is different. */
  @Test
  void anOutboxThatCannotBeWrittenFailsNoCommand() throws Exception {
    Path home = Files.createDirectory(folder.resolve("home"));
    try (FullDiskFixture disk = FullDiskFixture.at(home)) {
      Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
      launch();
      disk.writeProtect();
      said.setLength(0);

      assertThat(oosh(LOOK)).isZero();

      assertThat(said.toString())
          .containsOnlyOnce("it is watched anyway, and no notice is sent of it")
          .contains("Success: 6 of 6 instances");
      assertThat(receiver.taken()).isEmpty();
    }
  }

  @Test
  void aFileOfNoticesThatOthersCanReadFailsNoCommand() throws Exception {
    launch();
    Files.setPosixFilePermissions(
        folder.resolve("config/oosh/notify"), PosixFilePermissions.fromString("rw-r--r--"));
    said.setLength(0);

    assertThat(oosh(LOOK)).isZero();

    assertThat(said.toString())
        .containsOnlyOnce("no notice is sent: other users can read or write it; next: chmod 600 ")
        .contains("Success: 6 of 6 instances");
    assertThat(receiver.taken()).isEmpty();
  }

  @Test
  void addressAndSecretStandInTheFileOfNoticesAlone() throws Exception {
    launch();
    receiver.answers(500, "no " + receiver.address() + " " + SIGNING);
    assertThat(oosh(LOOK + "; show; history -o json; notify list -o json; journal export"))
        .isZero();
    assertThat(oosh("notify test ci")).isOne();
    assertThat(oosh("notify add x --kind webhook " + receiver.address())).isEqualTo(2);
    assertThat(oosh("notify add " + receiver.address() + " --kind webhook")).isEqualTo(2);
    assertThat(oosh("journal export " + folder.resolve("home/all.jsonl"))).isZero();

    assertThat(said.toString()).doesNotContain(NoticeReceiver.TOKEN, SIGNING.substring(6));
    try (Stream<Path> files = Files.walk(folder.resolve("home"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(read(file)).as("%s", file).doesNotContain(NoticeReceiver.TOKEN, "MfKQ9r8G");
      }
    }
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }
}
