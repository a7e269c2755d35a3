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

  /** In its first batch of three, on another group; it can be told to stop. */
  private static final String RUNNING =
      """
      {"ExecutionId":"exec-3","TemplateName":"","Status":"Running","StatusMessage":"",
       "ExecutedBy":"ann","Description":"why","CreateDate":"2026-03-04T05:00:00Z",
       "StartDate":"2026-03-04T05:00:00Z","Outputs":"{}",
       "Tags":{"oosh":"oosh-3","oosh-rollout":"yes","oosh-brake":"go"},
       "CurrentTasks":[{"TaskName":"updateBatch1"}],
       "Parameters":{"scalingGroupId":"asg-2","invokeScript":"echo 1","batchNumber":3}}
      """;

  /** The same, where it has stopped. */
  private static final String STOPPED =
      RUNNING
          .replace("exec-3", "exec-4")
          .replace("Running", "Waiting")
          .replace("\"go\"", "\"stop\"")
          .replace("updateBatch1", "brakeBeforeBatch2");

  private ValidResponses() {}

  /** By action; or by action and the id of the execution that is asked for. */
  static Map<String, String> answers() {
    Map<String, String> bodies = new LinkedHashMap<>();
    bodies.put(
        "DescribeScalingGroups",
        """
        {"RequestId":"R","TotalCount":1,"PageNumber":1,"ScalingGroups":{"ScalingGroup":[
          {"ScalingGroupId":"asg-1","ScalingGroupName":"web","RegionId":"cn-hangzhou",
           "LifecycleState":"Active","ActiveCapacity":1,"ProtectedCapacity":0,"StandbyCapacity":0,
           "TotalCapacity":1,"MinSize":0,"MaxSize":9,
           "SuspendedProcesses":{"SuspendedProcess":["ScaleOut"]},
           "LoadBalancerIds":{"LoadBalancerId":["lb-1"]},
           "VServerGroups":{"VServerGroup":[{"LoadBalancerId":"lb-1"}]},
           "AlbServerGroups":{"AlbServerGroup":[{"AlbServerGroupId":"sgp-1"}]},
           "ServerGroups":{"ServerGroup":[{"Type":"ALB","ServerGroupId":"sgp-1"},
             {"Type":"NLB","ServerGroupId":"sgp-1"}]}}]}}
        """);
    bodies.put(
        "DescribeScalingInstances",
        """
        {"RequestId":"R","TotalCount":1,"ScalingInstances":{"ScalingInstance":[
          {"InstanceId":"i-1","LifecycleState":"InService","HealthStatus":"Healthy",
           "ZoneId":"z","PrivateIpAddress":"10.0.0.1"}]}}
        """);
    bodies.put(
        "ListExecutions",
        "{\"RequestId\":\"R\",\"Executions\":["
            + String.join(",", EXECUTION, CHILD, RUNNING, STOPPED)
            + "]}");
    bodies.put("ListExecutions exec-3", "{\"RequestId\":\"R\",\"Executions\":[" + RUNNING + "]}");
    bodies.put("ListExecutions exec-4", "{\"RequestId\":\"R\",\"Executions\":[" + STOPPED + "]}");
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
    bodies.put("TagResources", "{\"RequestId\":\"R\"}");
    bodies.putAll(health());
    bodies.putAll(surroundings());
    return bodies;
  }

  /** What the gates ask: ALB and NLB have actions of the same names, with one field apart. */
  private static Map<String, String> health() {
    Map<String, String> bodies = new LinkedHashMap<>();
    bodies.put(
        "DescribeHealthStatus",
        """
        {"RequestId":"R","BackendServers":{"BackendServer":[
          {"ServerId":"i-1","ServerHealthStatus":"normal","ListenerPort":80,"Protocol":"http"}]}}
        """);
    bodies.put(
        "ListServerGroups",
        """
        {"RequestId":"R","TotalCount":1,"ServerGroups":[
          {"ServerGroupId":"sgp-1","RelatedLoadBalancerIds":["lb-2"]}]}
        """);
    bodies.put(
        "ListListeners",
        """
        {"RequestId":"R","TotalCount":1,"Listeners":[
          {"ListenerId":"lsn-1@443","ListenerStatus":"Running","LoadBalancerId":"lb-2"}]}
        """);
    bodies.put(
        "GetListenerHealthStatus",
        """
        {"RequestId":"R","ListenerHealthStatus":[{"ListenerId":"lsn-1@443","ServerGroupInfos":[
           {"ServerGroupId":"sgp-1","HealthCheckEnabled":"on","HeathCheckEnabled":true,
            "NonNormalServers":[{"ServerId":"i-2","Status":"Unhealthy"}]}]}],
         "RuleHealthStatus":[{"RuleId":"rule-1","ServerGroupInfos":[
           {"ServerGroupId":"sgp-1","HealthCheckEnabled":"on","NonNormalServers":[]}]}]}
        """);
    bodies.put(
        "ListServerGroupServers",
        """
        {"RequestId":"R","TotalCount":1,"Servers":[
          {"ServerId":"i-1","Status":"Available","Port":80,"Weight":100}]}
        """);
    bodies.put(
        "DescribeMetricRuleList",
        """
        {"RequestId":"R","Success":true,"Code":"200","Total":"1","Alarms":{"Alarm":[
          {"RuleId":"rule-1","RuleName":"cpu","AlertState":"OK","EnableState":true}]}}
        """);
    return bodies;
  }

  /** What plans ask of the instances and the rights. */
  private static Map<String, String> surroundings() {
    Map<String, String> bodies = new LinkedHashMap<>();
    bodies.put(
        "DescribeInstances",
        """
        {"RequestId":"R","TotalCount":1,"Instances":{"Instance":[
          {"InstanceId":"i-1","ImageId":"m-1","Status":"Running",
           "Tags":{"Tag":[{"TagKey":"env","TagValue":"prod"},
             {"TagKey":"ess:rollingupdate","TagValue":"oos:exec-1"}]}}]}}
        """);
    bodies.put(
        "DescribeScalingActivities",
        """
        {"RequestId":"R","TotalCount":1,"ScalingActivities":{"ScalingActivity":[
          {"ScalingActivityId":"asa-1","Description":"Add \\"1\\" ECS instance"}]}}
        """);
    bodies.put(
        "GenerateExecutionPolicy",
        """
        {"RequestId":"R","MissingPolicy":[{"ServiceName":"ecs","Action":["RunCommand"]}]}
        """);
    bodies.put("ValidateTemplateContent", "{\"RequestId\":\"R\",\"Tasks\":[]}");
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
