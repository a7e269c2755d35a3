package oosh.sandbox;

import java.net.URI;
import oosh.sandbox.api.SandboxCaller;

/** What is done to a sandbox's executions by a call that no oosh has made. */
public final class SomebodyElse {
  private SomebodyElse() {}

  /** Deletes an execution that has ended. */
  public static void deletes(URI sandbox, String keyId, String secret, String executionId) {
    calls(sandbox, keyId, secret, "DeleteExecutions", "ExecutionIds", "[\"" + executionId + "\"]");
  }

  /** Aborts an execution. */
  public static void aborts(URI sandbox, String keyId, String secret, String executionId) {
    calls(sandbox, keyId, secret, "CancelExecution", "ExecutionId", executionId);
  }

  private static void calls(
      URI sandbox, String keyId, String secret, String action, String... values) {
    SandboxCaller caller = new SandboxCaller(sandbox.getPort(), secret);
    caller.keyId = keyId;
    caller.secret = secret;
    SandboxCaller.Reply reply = caller.call(SandboxCaller.OOS, action, values);
    if (reply.http() != 200) {
      throw new IllegalStateException(reply.text());
    }
  }
}
