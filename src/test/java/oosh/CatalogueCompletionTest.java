package oosh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oosh.rollout.cloud.CatalogueItem;
import oosh.rollout.cloud.CatalogueList;
import oosh.rollout.cloud.CatalogueList.Kind;
import oosh.rollout.cloud.Execution;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.cloud.Profile;
import oosh.rollout.cloud.Template;
import oosh.rollout.cloud.TemplateParameter;
import oosh.rollout.update.Context;
import oosh.rollout.update.UpdateMethod;
import oosh.shell.NonInteractiveShell;
import oosh.shell.Session;
import oosh.shell.Shell;
import oosh.shell.screen.StreamScreen;
import org.jline.terminal.Size;
import org.junit.jupiter.api.Test;

/** Tab on what services list: from the journal, which is filled behind the prompt. */
class CatalogueCompletionTest extends PromptTestBase {
  /** Less than the ten seconds that a read waits for a service which says nothing. */
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  private static final Pattern REQUESTS = Pattern.compile("\"requests\":\\s*(\\d+)");

  @Test
  void aMethodsListsAreReadBeforeAnybodyPressesTab() throws IOException {
    type("use group asg-bp1web\r");
    until("(6) › ");
    type("use method replace-image\r");
    until("replace-image › ");
    untilRead(Kind.IMAGE, "asg-bp1web");
    untilRead(Kind.CONFIGURATION, "asg-bp1web");
    type("stage image m-\t");
    until("web-2.4.0, Linux 64bit, x86_64, own");
    until("win-7, Windows Server 64bit, x86_64, own");
    assertThat(screen).doesNotContain("m-bp1arm25");
    type("bp1web25 --back-to m-\t");
    until("web-2.4.0, Linux 64bit, x86_64, own");
    type("bp1web24 --configuration \t");
    until("image m-bp1web25, Inactive");
    type("\003");
    until(" › ");
    assertThat(read(Kind.PACKAGE, "")).isFalse();
    assertThat(read(Kind.ROLE, "")).isFalse();
  }

  @Test
  void theFirstTabWaitsAMomentForWhatIsNotReadYet() throws IOException {
    type("stage package \t");
    until("own, A package of the sandbox for linux");
    type("shop-frontend \t");
    until("2.3.0, A package of the sandbox for linux");
    // The v that they have in common is there.
    type("3 --back-to \t");
    until("2.3.0, A package of the sandbox for linux");
    type("\003");
    until(" › ");
    // The usual one is known without RAM, and taken while it is the only one.
    type("stage role \t");
    until("OOSServiceRole");
    untilRead(Kind.ROLE, "");
    type("\003");
    until(" › ");
    type("stage role \t");
    until("the usual one");
    until("For rolling updates");
    assertThat(screen).doesNotContain("InstanceRole");
  }

  @Test
  void alarmRulesOfCloudMonitorAndOfTheSandbox() throws IOException {
    type("stage gate alarm \t");
    until("web: CPU over 90 %, OK");
    until("api: errors a minute, INSUFFICIENT_DATA");
    type("web-cpu api-\t");
    until("api: CPU over 80 %, OK");
    type("\003");
    until(" › ");
    type("sandbox set alarm w\t");
    until("set alarm web-cpu ");
    type("\t");
    until("INSUFFICIENT_DATA");
    assertThat(screen).doesNotContain("SystemSuspended");
  }

  @Test
  void unstageOffersTheGatesThatAreStaged() throws IOException {
    type("stage gate http 8080/a --advise\r");
    until("advises");
    type("stage gate http 8080/b --advise\r");
    until("8080/b");
    type("stage gate lb\r");
    until("5s; launch");
    type("unstage gate \t");
    until("http");
    until("lb");
    type("http 8080/\t");
    until("8080/a");
    type("b\r");
    until("unstaged gate http 8080/b");
  }

  @Test
  void saysThatGroupsAreNotKnownYetWhereTheServiceIsSilent() throws IOException {
    backends.sandboxControl().failCall("DescribeScalingGroups", "silent", 0, 0);
    backends.journal().choices().cacheGroups("sandbox", "cn-hangzhou", List.of());
    type("use group \t");
    until("the groups are not known yet, they are being read: press Tab again in a moment");
    backends.sandboxControl().clearFaults();
    type("\003");
    until(" › ");
  }

  @Test
  void theFirstTabListsTheGroupsThatItHasHadRead() throws IOException {
    backends.journal().choices().cacheGroups("sandbox", "cn-hangzhou", List.of());
    type("use group \t");
    until("4 in service, 1 standby");
  }

  @Test
  void templatesOfTheAccountBesideThoseThatWereUsed() throws IOException {
    remember(
        Kind.TEMPLATE,
        "",
        backends.pace().instant(),
        new CatalogueItem("team-update", "", "Our own"));
    backends
        .journal()
        .choices()
        .cacheTemplate(
            "sandbox", "cn-hangzhou", "v2", new Template("used-before", "v2", List.of()));
    type("use method template \t");
    until("used-before@v2");
    until("team-update");
    until("Our own");
  }

  @Test
  void showsNoPartOfAFigureOnANarrowScreen() throws IOException {
    cancelled("exec-6f1c0b3a9d2e4f58", 1000);
    cancelled("exec-02c7f1e88a5b4d10", 100);
    terminal.setSize(new Size(39, 40));
    type("\r");
    until("› ");
    type("show \t");
    until("  Cancelled 10/100\r");
    until("  Cancelled…");
  }

  private void cancelled(String id, int total) {
    Instant at = backends.pace().instant().minusSeconds(total);
    backends
        .journal()
        .starts()
        .recordObservation(
            new Context("sandbox", "cn-hangzhou", "asg-bp1web", UpdateMethod.RUN_SCRIPT),
            new Execution(
                id,
                UpdateMethod.RUN_SCRIPT.template(),
                ExecutionStatus.CANCELLED,
                "",
                "",
                Map.of("scalingGroupId", "asg-bp1web"),
                List.of(),
                null,
                "ann",
                "",
                Map.of(),
                at,
                at),
            10,
            total);
  }

  @Test
  void answersWithWhatIsThereWhileTheServiceIsSilent() throws IOException {
    Instant longAgo = backends.pace().instant().minus(Duration.ofDays(30));
    remember(
        Kind.PACKAGE,
        "",
        longAgo,
        new CatalogueItem("old-one", "", "own"),
        new CatalogueItem("old-2", "", ""));
    backends.sandboxControl().failCall("ListTemplates", "silent", 0, 0);
    long requests = requests();
    long from = System.nanoTime();
    type("stage package \t");
    until("old-one");
    until("own");
    assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(AT_ONCE);
    // It was asked, and has not answered.
    while (requests() == requests) {
      Thread.onSpinWait();
    }
    assertThat(offers(Kind.PACKAGE, "").read()).isEqualTo(longAgo);
  }

  @Test
  void keepsWhatItHasWhereTheServiceSaysNo() throws IOException {
    Instant longAgo = backends.pace().instant().minus(Duration.ofDays(30));
    remember(Kind.ROLE, "", longAgo, new CatalogueItem("OldRole", "", "as it was"));
    backends.sandboxControl().failCall("ListRoles", "error500", 0, 0);
    long requests = requests();
    type("stage role \t");
    until("as it was");
    // A read is asked three times.
    while (requests() < requests + 3) {
      Thread.onSpinWait();
    }
    type("\003");
    until(" › ");
    type("show\r");
    until(" › ");
    assertThat(screen).doesNotContain("cannot list");
    assertThat(offers(Kind.ROLE, "").read()).isEqualTo(longAgo);
  }

  @Test
  void readsNothingThatIsFresh() throws IOException {
    Instant now = backends.pace().instant();
    remember(
        Kind.IMAGE,
        "",
        now,
        new CatalogueItem("m-1", "one", ""),
        new CatalogueItem("m-2", "two", ""));
    long requests = requests();
    type("stage image \t");
    until("two");
    type("\003");
    until(" › ");
    assertThat(requests()).isEqualTo(requests);
    assertThat(offers(Kind.IMAGE, "").read()).isEqualTo(now);
  }

  @Test
  void parametersOfATemplateFromTheJournalOnly() throws IOException {
    TemplateParameter colour =
        new TemplateParameter(
            "colour",
            TemplateParameter.Type.STRING,
            List.of("blue", "green"),
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            0,
            Long.MAX_VALUE,
            "",
            "blue",
            "of the fleet");
    backends
        .journal()
        .choices()
        .cacheTemplate(
            "sandbox",
            "cn-hangzhou",
            "",
            new Template(
                "ACS-ESS-RollingUpdateByReplaceSystemDiskInScalingGroup", "v9", List.of(colour)));
    backends.sandboxControl().failCall("GetTemplate", "silent", 0, 0);
    type("use method replace-image\r");
    until("replace-image › ");
    long from = System.nanoTime();
    type("stage set \t");
    until("colour");
    type("\t");
    until("green");
    assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(AT_ONCE);
  }

  @Test
  void launchingAScriptMakesNoExtraCalls() {
    StringWriter said = new StringWriter();
    long requests = requests();
    run(said, "use group asg-bp1web");
    assertThat(requests() - requests).as("use group").isEqualTo(1);

    requests = requests();
    run(said, "stage script sessions/scripts/deploy.sh; plan");
    assertThat(requests() - requests).as("plan").isEqualTo(11);

    requests = requests();
    run(said, "stage script sessions/scripts/deploy.sh; launch -y --detach");
    assertThat(requests() - requests).as("launch").isEqualTo(13);
    assertThat(said.toString()).contains("started exec-");
    for (Kind kind : Kind.values()) {
      assertThat(read(kind, "")).isFalse();
      assertThat(read(kind, "asg-bp1web")).isFalse();
    }
  }

  @Test
  void withoutAPromptNoListIsRead() {
    StringWriter said = new StringWriter();
    run(said, "use method replace-image; use group asg-bp1web; stage image m-bp1web25");
    run(said, "use method install-package");

    assertThat(said.toString()).contains("staged image");
    for (Kind kind : Kind.values()) {
      assertThat(read(kind, "")).isFalse();
      assertThat(read(kind, "asg-bp1web")).isFalse();
    }
  }

  private void run(StringWriter said, String commands) {
    PrintWriter out = new PrintWriter(said, true);
    Shell shell =
        new Shell(
            new Session(
                backends,
                new StreamScreen(out, out, () -> 80, false, null),
                backends.profiles().named(Profile.SANDBOX),
                null,
                "asg-bp1web"));
    assertThat(new NonInteractiveShell(shell).line(commands)).as(said.toString()).isZero();
  }

  private void remember(Kind kind, String scope, Instant read, CatalogueItem... offers) {
    backends
        .journal()
        .choices()
        .cacheCatalogue(
            "sandbox", "cn-hangzhou", new CatalogueList(kind, scope, Arrays.asList(offers), read));
  }

  private boolean read(Kind kind, String scope) {
    return backends
        .journal()
        .choices()
        .catalogue("sandbox", "cn-hangzhou", kind, scope)
        .isPresent();
  }

  private CatalogueList offers(Kind kind, String scope) {
    return backends
        .journal()
        .choices()
        .catalogue("sandbox", "cn-hangzhou", kind, scope)
        .orElseThrow();
  }

  /** Until somebody else has written it down. */
  private void untilRead(Kind kind, String scope) {
    while (!read(kind, scope)) {
      Thread.onSpinWait();
    }
  }

  private long requests() {
    Matcher m = REQUESTS.matcher(backends.sandboxControl().status().json());
    assertThat(m.find()).isTrue();
    return Long.parseLong(m.group(1));
  }
}
