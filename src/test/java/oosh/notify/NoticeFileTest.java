package oosh.notify;

import static oosh.notify.NoticeFixtures.SIGNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import oosh.rollout.Problem;
import oosh.rollout.notice.NoticeKind;
import oosh.rollout.notice.NoticeTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file with the addresses: whose it is, who can read it, what stands in it. */
class NoticeFileTest {
  private static final URI ADDRESS =
      URI.create("https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdef3f9a");
  private static final NoticeTarget TEAM =
      new NoticeTarget("team", NoticeKind.DINGTALK, ADDRESS, SIGNING);
  private static final NoticeTarget CI =
      new NoticeTarget("ci", NoticeKind.SLACK, URI.create("https://hooks.slack.com/T/B/x"), "");

  @TempDir Path home;

  private NoticeFile file() {
    return new NoticeFile(home.resolve("config/oosh"));
  }

  private Path path() {
    return home.resolve("config/oosh/notify");
  }

  @Test
  void keepsThemForItsOwnerOnly() throws Exception {
    assertThat(file().all()).isEmpty();
    file().add(TEAM);
    file().add(CI);

    assertThat(file().all()).containsExactly(CI, TEAM);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path().getParent())))
        .isEqualTo("rwx------");
    try (Stream<Path> all = Files.list(path().getParent())) {
      assertThat(all).containsExactly(path());
    }

    NoticeTarget moved = new NoticeTarget("team", NoticeKind.WEBHOOK, ADDRESS, "");
    file().add(moved);
    assertThat(file().remove("ci")).isTrue();
    assertThat(file().remove("ci")).isFalse();
    assertThat(file().all()).containsExactly(moved);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw-----w-", "rw----r--"})
  void doesNotCountIfOthersCanReadOrWriteIt(String permissions) throws Exception {
    file().add(TEAM);
    Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString(permissions));

    assertThatThrownBy(() -> file().all())
        .isInstanceOfSatisfying(
            Problem.class,
            p -> {
              assertThat(p.what()).isEqualTo("cannot use the file of notices " + path());
              assertThat(p.why()).isEqualTo("other users can read or write it");
              assertThat(p.next()).isEqualTo("chmod 600 " + path());
            });
    assertThatThrownBy(() -> file().add(CI)).isInstanceOf(Problem.class);
  }

  @Test
  void doesNotCountInAFolderOfEverybody() throws Exception {
    file().add(TEAM);
    Files.setPosixFilePermissions(path().getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThatThrownBy(() -> file().all())
        .isInstanceOfSatisfying(
            Problem.class, p -> assertThat(p.why()).startsWith("other users can write to "));
  }

  /** What is wrong about it is said; what stands in it is not. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"notices\":{}}",
        "{\"notices\":[{\"name\":\"x\",\"kind\":\"pigeon\",\"url\":\"https://a/hiddenword\"}]}",
        "{\"notices\":[{\"name\":\"x\",\"kind\":\"slack\",\"url\":\"http://far/hiddenword\"}]}",
        "{\"notices\":[{\"name\":\"x\",\"kind\":\"slack\",\"url\":\"hiddenword\"}",
        "{\"notices\":[{\"name\":\"x\",\"kind\":\"webhook\",\"url\":\"https://a/b\","
            + "\"secret\":\"hiddenword\"}]}"
      })
  void aFileThatIsNoneIsRefused(String text) throws Exception {
    file().add(TEAM);
    Files.writeString(path(), text);

    assertThatThrownBy(() -> file().all())
        .isInstanceOfSatisfying(
            Problem.class,
            p ->
                assertThat(p.what() + p.why() + p.next())
                    .startsWith("cannot use the file of notices")
                    .doesNotContain("hiddenword"));
  }

  @Test
  void anAddressIsHttpsOrOnThisMachine() {
    for (String good :
        List.of(
            "https://a.example/x", "http://127.0.0.1:8/x", "http://localhost/", "http://[::1]/")) {
      assertThat(NoticeTarget.checkedAddress("x", good)).isEqualTo(URI.create(good));
    }
    for (String bad :
        List.of(
            "",
            "http://a.example/hiddenword",
            "ftp://a.example/hiddenword",
            "https://u:hiddenword@a.example/",
            "https:///hiddenword",
            "https://a.example/#hiddenword",
            "https://a.example/hidden word",
            "http://127.0.0.1.example/hiddenword",
            "https://a.example/" + "x".repeat(2000))) {
      assertThatThrownBy(() -> NoticeTarget.checkedAddress("x", bad))
          .isInstanceOfSatisfying(
              Problem.class,
              p -> assertThat(p.what() + p.why() + p.next()).doesNotContain("hidden"));
    }
  }

  @Test
  void isShownShortenedAndHiddenInTexts() {
    assertThat(TEAM.shortened()).isEqualTo("oapi.dingtalk.com/…3f9a");
    assertThat(CI.shortened()).isEqualTo("hooks.slack.com/…");
    assertThat(
            TEAM.masked(
                ADDRESS
                    + " 0123456789abcdef3f9a "
                    + SIGNING
                    + " https%3A%2F%2Foapi.dingtalk.com%2Frobot%2Fsend%3Faccess_token%3D0123456789abcdef3f9a"))
        .isEqualTo("(hidden) (hidden) (hidden) (hidden)");
    assertThat(TEAM.masked("robot send oapi.dingtalk.com"))
        .isEqualTo("robot send oapi.dingtalk.com");
  }
}
