package oosh.sandbox;

/** Runs scripts: at once in step time, on other threads in real time. */
interface ScriptRunner {
  void run(CommandRun run, String instanceId, String script, long now);
}
