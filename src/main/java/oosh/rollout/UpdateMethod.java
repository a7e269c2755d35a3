package oosh.rollout;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A way of updating, and the public OOS template that does it. */
public enum UpdateMethod {
  RUN_SCRIPT(
      "run-script",
      "ACS-ESS-RollingUpdateByRunCommandInScalingGroup",
      "run a script on every instance, out of service while it runs"),
  RUN_SCRIPT_OOSH(
      "run-script-oosh",
      "",
      "the same by oosh's own template: chosen instances, growing batches, a timed pause, a number"
          + " of errors, a time limit; resumes the processes behind a failure");

  /** The key of the tag that tells the executions of a template that has no name. */
  public static final String TAG = "oosh-method";

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

  /** The public template's name, as StartExecution's TemplateName takes it; "" for oosh's own. */
  public String template() {
    return template;
  }

  public String sentence() {
    return sentence;
  }

  /** Whether its template is oosh's own, sent along with every start. */
  public boolean own() {
    return template.isEmpty();
  }

  /** Whether it runs a script, which can be played anywhere. */
  boolean runsScript() {
    return this == RUN_SCRIPT || this == RUN_SCRIPT_OOSH;
  }

  /** How an execution was made, by its template's name or by its tag; empty if by neither. */
  public static Optional<UpdateMethod> of(Execution execution) {
    String tagged = execution.tags().getOrDefault(TAG, "");
    return tagged.isEmpty()
        ? Arrays.stream(values())
            .filter(m -> !m.own() && m.template.equals(execution.templateName()))
            .findFirst()
        : of(tagged);
  }

  public static Optional<UpdateMethod> of(String word) {
    return Arrays.stream(values()).filter(m -> m.word.equals(word)).findFirst();
  }

  /**
   * The template's parameters that have no verb of their own, for {@code stage set} (source: the
   * public template, 2024).
   */
  public List<TemplateParameter> otherParameters() {
    TemplateParameter states =
        TemplateParameter.of(
            "lifecycleState",
            TemplateParameter.Type.LIST,
            List.of("InService", "Protected"),
            "which instances take part, by lifecycle state; InService unless said otherwise");
    return own()
        ? List.of(
            states,
            TemplateParameter.number(
                "timeout",
                10,
                86_400,
                "how many seconds the script has on each instance; 600 unless said otherwise"),
            TemplateParameter.of(
                "workingDir",
                TemplateParameter.Type.STRING,
                List.of(),
                "the directory that the script runs in; the system's default unless said"
                    + " otherwise"))
        : List.of(states);
  }
}
