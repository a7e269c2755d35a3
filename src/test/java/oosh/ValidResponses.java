package oosh;

import com.google.gson.JsonPrimitive;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a service that means well answers: one group, one execution on it, one instance. */
final class ValidResponses {
  /** The file of the vendor's CLI, with a profile of every mode that needs no other service. */
  static final String CONFIG =
      """
      {"current":"prod","profiles":[
        {"name":"prod","mode":"AK","access_key_id":"LTAIprodkey","access_key_secret":"secret",
         "region_id":"cn-hangzhou","output_format":"json","language":"en"},
        {"name":"short","mode":"StsToken","access_key_id":"LTAIshort","access_key_secret":"secret",
         "sts_token":"token","region_id":"us-east-1"},
        {"name":"role","mode":"RamRoleArn","access_key_id":"LTAIrole","access_key_secret":"secret",
         "ram_role_arn":"acs:ram::1:role/r","ram_session_name":"s","expired_seconds":900},
        {"name":"machine","mode":"EcsRamRole","ram_role_name":"r"},
        {"name":"other","mode":"External","process_command":"echo"}]}
      """;

  private static final String EXECUTION =
      """
      {"ExecutionId":"exec-1","TemplateName":"ACS-ESS-RollingUpdateByRunCommandInScalingGroup",
       "Status":"Success","StatusMessage":"","WaitingStatus":"","ExecutedBy":"ann","Description":"why",
       "CreateDate":"2026-03-04T05:00:00Z","StartDate":"2026-03-04T05:00:00Z",
       "EndDate":"2026-03-04T05:01:00Z","Tags":{"oosh":"oosh-1"},"Outputs":"{}",
       "Counters":{"Total":1,"Success":1},"CurrentTasks":[{"TaskName":"enterStandby"}],
       "Parameters":{"invokeType":"invoke","scalingGroupId":"asg-1","commandType":"RunShellScript",
        "invokeScript":"echo 1","rollbackScript":"echo 2","OOSAssumeRole":"","batchNumber":1,
        "enterProcess":["ScaleIn"],"exitProcess":["ScaleIn"],"batchPauseOption":"Automatic"}}
      """;

  private static final String CHILD =
      """
      {"ExecutionId":"exec-2","ParentExecutionId":"exec-1","TemplateName":"child","Status":"Success",
       "StatusMessage":"all well","CreateDate":"2026-03-04T05:00:00Z",
       "Parameters":{"instanceId":"i-1"},"CurrentTasks":[]}
      """;

  private ValidResponses() {}

  /** By action. */
  static Map<String, String> answers() {
    Map<String, String> bodies = new LinkedHashMap<>();
    bodies.put(
        "DescribeScalingGroups",
        """
        {"RequestId":"R","TotalCount":1,"PageNumber":1,"ScalingGroups":{"ScalingGroup":[
          {"ScalingGroupId":"asg-1","ScalingGroupName":"web","RegionId":"cn-hangzhou",
           "LifecycleState":"Active","ActiveCapacity":1,"ProtectedCapacity":0,"StandbyCapacity":0,
           "TotalCapacity":1,"MinSize":0,"MaxSize":9,
           "SuspendedProcesses":{"SuspendedProcess":["ScaleOut"]}}]}}
        """);
    bodies.put(
        "DescribeScalingInstances",
        """
        {"RequestId":"R","TotalCount":1,"ScalingInstances":{"ScalingInstance":[
          {"InstanceId":"i-1","LifecycleState":"InService","HealthStatus":"Healthy",
           "ZoneId":"z","PrivateIpAddress":"10.0.0.1"}]}}
        """);
    bodies.put(
        "ListExecutions", "{\"RequestId\":\"R\",\"Executions\":[" + EXECUTION + "," + CHILD + "]}");
    bodies.put("ListTaskExecutions", tasks("aGVsbG8K"));
    bodies.put(
        "ListExecutionLogs",
        """
        {"RequestId":"R","ExecutionLogs":[{"Timestamp":"2026-03-04T05:00:00Z","LogType":"INFO",
          "TaskExecutionId":"t-1","Message":"instance i-1 is in Standby"}]}
        """);
    bodies.put("StartExecution", "{\"RequestId\":\"R\",\"Execution\":" + EXECUTION + "}");
    bodies.put("CancelExecution", "{\"RequestId\":\"R\"}");
    bodies.put("NotifyExecution", "{\"RequestId\":\"R\"}");
    return bodies;
  }

  /**
   * The tasks of an execution and of its child.
   *
   * @param output what the script printed, in Base64
   */
  static String tasks(String output) {
    String inner = "{\"invocationResult\":" + new JsonPrimitive(output) + "}";
    return """
        {"RequestId":"R","TaskExecutions":[
          {"TaskExecutionId":"t-1","ExecutionId":"exec-1","TaskName":"loop","TaskAction":"a",
           "Status":"Success","StatusMessage":"","LoopItem":"i-1","LoopBatchNumber":1,
           "ChildExecutionId":"exec-2","StartDate":"2026-03-04T05:00:00Z",
           "EndDate":"2026-03-04T05:00:10Z","Outputs":{}},
          {"TaskExecutionId":"t-2","ExecutionId":"exec-2","TaskName":"describeInvocationResults",
           "TaskAction":"b","Status":"Success","Outputs":%s}]}
        """
        .formatted(new JsonPrimitive(inner));
  }
}
