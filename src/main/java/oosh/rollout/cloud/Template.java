package oosh.rollout.cloud;

import java.util.List;
import java.util.Optional;
import oosh.rollout.Problem;

/**
 * An OOS template, as far as a launch must know it: what it can be told.
 *
 * @param version as OOS counts them, {@code v3}; "" if OOS did not tell
 */
public record Template(String name, String version, List<TemplateParameter> parameters) {
  public Template {
    parameters = List.copyOf(parameters);
  }

  public Optional<TemplateParameter> parameter(String parameter) {
    return parameters.stream().filter(p -> p.name().equals(parameter)).findFirst();
  }

  public boolean declares(String parameter) {
    return parameter(parameter).isPresent();
  }

  /** Whether it can roll back its own executions. */
  public boolean rollsBack() {
    return declares("sourceExecutionId")
        && parameter("invokeType")
            .filter(p -> p.allowed().isEmpty() || p.allowed().contains("rollback"))
            .isPresent();
  }

  /**
   * This one, if it updates scaling groups.
   *
   * @throws Problem REFUSED if it lacks what oosh must tell it
   */
  public Template forGroups() {
    List<String> lacking =
        List.of("invokeType", "scalingGroupId").stream().filter(n -> !declares(n)).toList();
    if (!lacking.isEmpty()) {
      throw Problem.refused(
          "cannot use " + name + " as a method",
          "it declares no "
              + String.join(" and no ", lacking)
              + ": oosh could not tell it "
              + (lacking.contains("scalingGroupId")
                  ? "the scaling group"
                  : "whether to update or to roll back"),
          "use method (Tab lists what there is), or declare them in the template");
    }
    return this;
  }
}
