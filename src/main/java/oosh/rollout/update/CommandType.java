package oosh.rollout.update;

import java.util.Arrays;
import java.util.Optional;

/** What Cloud Assistant runs a script with: the template's commandType. */
public enum CommandType {
  SHELL("shell", "RunShellScript"),
  BAT("bat", "RunBatScript"),
  POWERSHELL("powershell", "RunPowerShellScript");

  private final String option;
  private final String word;

  CommandType(String option, String word) {
    this.option = option;
    this.word = word;
  }

  /** The value of {@code --type}. */
  public String option() {
    return option;
  }

  /** The vendor's word. */
  public String word() {
    return word;
  }

  public boolean windows() {
    return this != SHELL;
  }

  /** By the option's value or the vendor's word, in any case. */
  public static Optional<CommandType> of(String text) {
    return Arrays.stream(values())
        .filter(t -> t.option.equalsIgnoreCase(text) || t.word.equalsIgnoreCase(text))
        .findFirst();
  }
}
