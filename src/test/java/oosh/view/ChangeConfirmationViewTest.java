package oosh.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import oosh.rollout.update.CommandType;
import oosh.rollout.update.Context;
import oosh.rollout.update.UpdateSpec;
import org.junit.jupiter.api.Test;

class ChangeConfirmationViewTest {
  @Test
  void showsTheContentAndTheOriginOfAFile() {
    Context prod = ViewFixtures.CONTEXT.withProfile("prod", "cn-hangzhou").withGroup("asg-bp1web");
    UpdateSpec staging =
        UpdateSpec.EMPTY.withScript(ViewFixtures.script("shadow", "root:x\n"), CommandType.SHELL);
    assertThat(
            ChangeConfirmationView.text(
                "deploy.oosh:12",
                "launch -y \u202e\033[2J",
                prod,
                staging,
                Map.of("script", "/etc/shadow"),
                ViewFixtures.WIDE))
        .isEqualTo(
            """
            deploy.oosh:12 would change something on profile prod
              command    launch -y
              region     cn-hangzhou
              group      asg-bp1web
              script     shadow (sha c50bfc, 7 bytes, RunShellScript), from /etc/shadow
              rollback   none staged""");
    assertThat(ChangeConfirmationView.question("deploy.oosh", "change things on profile prod"))
        .isEqualTo("let deploy.oosh change things on profile prod? [y/N] ");
  }

  @Test
  void saysThatAScriptCameFromStandardInput() {
    UpdateSpec staging = UpdateSpec.EMPTY.withRollbackScript(ViewFixtures.script("-", "root:x\n"));
    assertThat(
            ChangeConfirmationView.text(
                "a.oosh:1", "launch", ViewFixtures.CONTEXT, staging, Map.of(), ViewFixtures.WIDE))
        .contains("  script     none staged\n")
        .endsWith("  rollback   - (sha c50bfc, 7 bytes), from standard input");
  }
}
