package oosh.sandbox.state;

import java.security.SecureRandom;
import java.util.HexFormat;

/** The ids of executions, tasks and invocations. */
public final class IdGenerator {
  private final SandboxState state;
  private final boolean stepTime;
  private final SecureRandom random = new SecureRandom();

  public IdGenerator(SandboxState state, boolean stepTime) {
    this.state = state;
    this.stepTime = stepTime;
  }

  /** {@code exec-0000000000000001} in step time, {@code exec-} and 16 random digits otherwise. */
  public String next(String kind) {
    byte[] bytes = new byte[8];
    random.nextBytes(bytes);
    return kind
        + "-"
        + (stepTime ? String.format("%016x", state.count(kind)) : HexFormat.of().formatHex(bytes));
  }
}
