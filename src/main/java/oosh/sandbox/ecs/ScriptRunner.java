package oosh.sandbox.ecs;

import oosh.sandbox.state.Invocation;

/** Runs scripts: at once in step time, on other threads in real time. */
public interface ScriptRunner {
  void run(Invocation run, String instanceId, String script, long now);
}
