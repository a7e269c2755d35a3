package oosh.rollout;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A way of updating, and the public OOS template that does it. */
public enum UpdateMethod {
  RUN_SCRIPT(
      "run-script",
      "ACS-ESS-RollingUpdateByRunCommandInScalingGroup",
      "run a script on every instance, out of service while it runs");

  private final String word;
  private final String template;
  private final String sentence;

  UpdateMethod(String word, String template, String sentence) {
    this.word = word;
    this.template = template;
    this.sentence = sentence;
  }

  public String word() {
    return word;
  }

  /** The public template's name, as StartExecution's TemplateName takes it. */
  public String template() {
    return template;
  }

  public String sentence() {
    return sentence;
  }

  public static Optional<UpdateMethod> of(String word) {
    return Arrays.stream(values()).filter(m -> m.word.equals(word)).findFirst();
  }

  /**
   * The template's parameters that have no verb of their own, for {@code stage set} (source: the
   * public template, 2024).
   */
  public List<TemplateParameter> otherParameters() {
    return List.of(
        new TemplateParameter(
            "lifecycleState",
            TemplateParameter.Type.LIST,
            List.of("InService", "Protected"),
            "which instances take part, by lifecycle state; InService unless said otherwise"));
  }
}
