package oosh.shell;

import java.util.List;

/**
 * The answers to {@code --output json}, by the fields that stand at the top of the document; in a
 * list, of each of its objects. A field without a value is left out. They are told in {@code
 * docs/schemas}, and stand here in the same order: that of the columns of rows. A new one comes
 * last.
 */
public enum JsonAnswer {
  NOTHING(""),
  MESSAGE("message"),
  /** Where things stand, after a verb that chooses or stages something with its sentence. */
  SESSION("profile region method group staged changedFiles inFlight message"),
  /** Where the next commands act, and where each part of that came from. */
  PLACE("profile region method group staged mark colour readOnly origins"),
  /** Who calls, and how long the keys last. */
  IDENTITY("account principal type principalId profile mode region temporary expires"),
  GROUP(
      "id name region lifecycleState inService protected standby other total minSize maxSize"
          + " suspended"),
  PLAN(
      "action group instances profile severe serving outOfService batchSizes batches leftOut script"
          + " rollbackScript time suspends leftSuspended onFailure reason sourceExecutionId gone rolledBackAlready"
          + " forgotten warnings method template templateVersion templateContent parameters back"
          + " before rollbackOnFailure aborts nothingToDo drainSeconds bakeSeconds oosRollsBack"
          + " gates watched watchedRules unhealthyBefore bakeLooks noticeByOos mark approval"),
  EXECUTION(
      "executionId status statusMessage waitingStatus template group created ended parameters"
          + " executedBy description launch succeeded planned batches rollback from why instances"
          + " gateFailures rolledBackByOos rolledBack unhealthyBefore advice approvals"),
  /** What a rollout file would do. */
  WAVE_PLAN(
      "file method script rollbackScript maxFailures profile groups instances serving outOfService"
          + " severe confirm waves problems"),
  /** A rollout over many groups. */
  WAVE(
      "wave file profile reason throughFreeze user host at endedAt asked why turn leader groupsTotal"
          + " succeeded failed rolledBack underWay notStarted step stepWave waitsUntil outcome groups"
          + " next"),
  WAVES(
      "wave file profile reason throughFreeze user host at endedAt asked why turn leader groupsTotal"
          + " succeeded failed rolledBack underWay notStarted"),
  /** An object a line: each change of an instance, then the execution. */
  CHANGES(
      "executionId batch batches instance status task message childExecutionId started ended"
          + " statusMessage waitingStatus template group created succeeded planned gates rollback"
          + " gateFailures rolledBackByOos rolledBack approvals"),
  COVERAGE("group script sha256 having forgotten instances"),
  DIAGNOSIS("group leftovers unread inFlight startedBy steps"),
  /** A row for each group that was asked, or for a region that did not answer. */
  VERSIONS("region group name total versions none unknown joined instances problem"),
  /** What {@code doctor} says of each group that was asked. */
  DIAGNOSES("region group leftovers unread inFlight startedBy problem"),
  REHEARSAL(
      "group script rollbackScript failAt batchSizes leftOut ran notRun acts verdict notes well"),
  EXECUTIONS(
      "executionId action state status succeeded total profile region group script rollbackScript"
          + " method payload set back before commandType pause role reason why again noWayBack"
          + " sourceExecutionId user host pid at ended drainSeconds bakeSeconds oosRollsBack gates"),
  STATISTICS("group launches ended succeeded successRate medianSeconds rollbacks"),
  OUTPUTS("status instances leftOut text known differs dropped message gates rollback"),
  DIFFERENCES("note differences only"),
  LOG("time type task message"),
  REPORT(
      "executionId execution launch silence instances outputs rollbacks source healed runs names"
          + " log"),
  TAGS("name executionId group user at launch"),
  OPTIONS("name value choices says"),
  ALIASES("name line parameters"),
  NOTICES("name kind address signed pending givenUp lastAt lastError"),
  JOURNAL("place database version id bytes executions connected clockAheadMillis copyAgeSeconds"),
  APPROVALS("plan sha256 need savedBy savedAt approvedBy rejectedBy missing"),
  /** What waits for approval: executions, and saved plans by their hash. */
  AWAITED("kind id group by at reason need approvers approvedBy missing"),
  AUDIT("at who osUser host action region group subject detail"),
  EXPORTED("executions scripts file notes"),
  IMPORTED("added known scripts notes"),
  /** What keeps other starts from groups: locks of users, and executions. */
  LOCKS("group region kind user host reason at executionId"),
  FREEZES("number window zone groups inForce until next user host reason at"),
  /** An object a line, for each command. */
  STEPS("line command exitStatus answer"),
  CHECK("file commands differences accepted"),
  RECORDING("file recording"),
  SANDBOX(
      "pid port now stepTime running requests calls executions unsaved jail notRun services due alarms faults"),
  HELP("verbs exitCodes warnings output");

  private final String fields;

  JsonAnswer(String fields) {
    this.fields = fields;
  }

  public List<String> fields() {
    return fields.isEmpty() ? List.of() : List.of(fields.split(" ", -1));
  }
}
