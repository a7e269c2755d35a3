package oosh.sandbox.jail;

/** What a script left: its exit code, the kept output, the bytes dropped, whether time ran out. */
public record JailResult(int exitCode, String output, int dropped, boolean timedOut) {
  JailResult with(String line) {
    return new JailResult(exitCode, output + line, dropped, timedOut);
  }
}
