package oosh.rollout.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import oosh.rollout.Warning;
import oosh.rollout.cloud.Execution;
import oosh.rollout.record.HealStep;
import oosh.rollout.record.HealStepRecord;
import oosh.rollout.record.JournalEntry;
import oosh.rollout.update.Launch;
import oosh.rollout.update.Payload;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateMethod;

/** Warnings that depend on the update method. */
public final class MethodWarnings {
  /** Parameters of a signed address: everyone who has the address can fetch the file. */
  private static final Pattern SIGNED =
      Pattern.compile("(?i)[?&][^=&]*(?:signature|accesskeyid|security-?token|credential)=");

  private MethodWarnings() {}

  static List<Warning> of(Launch launch) {
    UpdateMethod method = launch.context().method();
    List<Warning> warnings = new ArrayList<>();
    String configuration = Payload.text(launch.spec().extraParameters(), "scalingConfigurationId");
    String was = Payload.text(launch.baseline(), Payload.CONFIGURED_IMAGE);
    if (!method.equals(UpdateMethod.REPLACE_IMAGE)) {
      // The others change no image.
    } else if (configuration.isEmpty()) {
      warnings.add(
          new Warning(
              Warning.Code.CONFIGURATION_IMAGE,
              "the scaling configuration keeps its image: instances that join later have that one",
              "stage image ID --configuration ASC-ID"));
    } else if (!was.equals(Payload.text(launch.spec().extraParameters(), "imageId"))) {
      warnings.add(
          new Warning(
              Warning.Code.CONFIGURATION_IMAGE,
              "a rollback does not restore the image of " + configuration,
              was.isEmpty()
                  ? "note its present image, and set it by hand after a rollback"
                  : "heal restores " + was + " after the rollback"));
    }
    if (method.usesOoshTemplate()) {
      launch.template().sizeWarning().ifPresent(warnings::add);
    }
    Script script = launch.spec().script();
    if (!method.usesStandby() && script != null && breaksTheHook(script)) {
      warnings.add(
          new Warning(
              Warning.Code.HOOK_BREAKS,
              script.name()
                  + " has quotes or line ends: the template puts it into the lifecycle hook's JSON"
                  + " unescaped, which may break the hook for instances that join later",
              "put it into the file that is fetched, and stage a script of one line that runs it"));
    }
    if (signed(launch.spec().extraParameters()) || signed(launch.spec().rollbackValues())) {
      warnings.add(
          new Warning(
              Warning.Code.SIGNED_ADDRESS,
              "the address is signed, and OOS shows parameters to all who may list executions",
              "let the signature expire soon, or use method download-oss-file, which signs"
                  + " automatically"));
    }
    return warnings;
  }

  /** The template stops at an instance that has left; only scripts are rolled back without it. */
  public static List<Warning> ofThoseGone(Rollback rollback, List<String> gone) {
    return gone.isEmpty() || rollback.rest() != null
        ? List.of()
        : List.of(
            new Warning(
                Warning.Code.LEFT_GROUP,
                String.join(", ", gone)
                    + (gone.size() == 1 ? " has" : " have")
                    + " left the group: the template stops there, and the others may keep what they"
                    + " have",
                "launch what should run instead, with method "
                    + rollback.context().method().word()));
  }

  /**
   * Warns of what a rollback does not restore.
   *
   * @param healed the heal steps for what the source left
   */
  public static List<Warning> of(
      Rollback rollback,
      Execution source,
      Optional<JournalEntry> remembered,
      List<HealStepRecord> healed) {
    String configuration = source.parameter("scalingConfigurationId");
    String image = source.parameter("imageId");
    String was =
        remembered.map(e -> Payload.text(e.baseline(), Payload.CONFIGURED_IMAGE)).orElse("");
    if (!rollback.context().method().equals(UpdateMethod.REPLACE_IMAGE)
        || configuration.isEmpty()
        || was.equals(image)
        || healed.stream().anyMatch(h -> h.putBack(HealStep.Kind.IMAGE, configuration))) {
      return List.of();
    }
    return List.of(
        new Warning(
            Warning.Code.CONFIGURATION_IMAGE,
            source.id()
                + " set the image of "
                + configuration
                + " to "
                + image
                + "; a rollback does not change it back",
            was.isEmpty()
                ? "set its image by hand after the rollback: its old image is not recorded"
                : "heal restores " + was + " after the rollback"));
  }

  /**
   * Inferred from the templates: the script stands between the quotes of a JSON text (source:
   * DownloadFileAndRunCommand, NotificationMetadata, 2024); not seen on the real service.
   */
  private static boolean breaksTheHook(Script script) {
    return script.text().stripTrailing().chars().anyMatch(c -> c == '"' || c == '\n' || c == '\\');
  }

  private static boolean signed(Map<String, Object> values) {
    return values.values().stream()
        .anyMatch(v -> v instanceof String s && SIGNED.matcher(s).find());
  }
}
