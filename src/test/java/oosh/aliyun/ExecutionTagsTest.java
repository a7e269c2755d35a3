package oosh.aliyun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.RpcAcsRequest;
import com.aliyuncs.auth.BasicCredentials;
import com.aliyuncs.auth.StaticCredentialsProvider;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.oos.model.v20190601.ListTagResourcesRequest;
import com.aliyuncs.oos.model.v20190601.TagResourcesRequest;
import com.aliyuncs.oos.model.v20190601.UntagResourcesRequest;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import oosh.sandbox.Sandbox;
import oosh.sandbox.SandboxOptions;
import oosh.sandbox.api.SandboxCaller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The tags of an execution of the sandbox, with the requests of the SDK. */
final class ExecutionTagsTest {
  private final Sandbox sandbox = Sandbox.open(SandboxOptions.inSteps());
  private final SandboxCaller caller = new SandboxCaller(sandbox);
  private final DefaultAcsClient sdk =
      RpcClient.client(
          "cn-hangzhou",
          new StaticCredentialsProvider(new BasicCredentials("sandbox", "sandbox")),
          new HttpTransport(
              new HttpClients(Map.of()),
              () -> URI.create("http://127.0.0.1:" + sandbox.port()),
              HttpTransport.MAX_BODY));

  @AfterEach
  void close() {
    sandbox.close();
  }

  private JsonObject send(RpcAcsRequest<?> request) throws ClientException {
    request.setSysRegionId("cn-hangzhou");
    request.setSysEndpoint("oos.cn-hangzhou.aliyuncs.com");
    request.setSysAcceptFormat(FormatType.JSON);
    return ((HttpTransport.ParsedHttpResponse) sdk.doAction(request)).json();
  }

  private String refused(RpcAcsRequest<?> request) {
    ClientException thrown = catchThrowableOfType(ClientException.class, () -> send(request));
    CallFailureException refusal = (CallFailureException) RpcClient.ours(thrown).orElseThrow();
    return refusal.error().code() + ": " + refusal.error().message();
  }

  private static TagResourcesRequest tag(Map<Object, Object> tags, Object... ids) {
    TagResourcesRequest request = new TagResourcesRequest();
    request.setResourceType("execution");
    request.setResourceIds(List.of(ids));
    request.setTags(tags);
    return request;
  }

  private static UntagResourcesRequest untag(String id) {
    UntagResourcesRequest request = new UntagResourcesRequest();
    request.setResourceType("execution");
    request.setResourceIds(List.of(id));
    return request;
  }

  private JsonArray listed(Object... ids) throws ClientException {
    ListTagResourcesRequest request = new ListTagResourcesRequest();
    request.setResourceType("execution");
    request.setResourceIds(List.of(ids));
    return send(request).getAsJsonArray("TagResources");
  }

  private String start() {
    return caller.start(
        "{\"scalingGroupId\":\"asg-bp1web\",\"invokeType\":\"invoke\",\"invokeScript\":\"x\"}",
        "Tags",
        "{\"oosh\":\"1\"}");
  }

  private String tagsOf(String id) {
    return caller.execution(id).get("Tags").toString();
  }

  @Test
  void aTagIsAddedReadAndTakenAway() throws ClientException {
    String id = start();
    send(tag(Map.of("oosh-stop", "soon"), id));
    assertThat(tagsOf(id)).isEqualTo("{\"oosh\":\"1\",\"oosh-stop\":\"soon\"}");
    assertThat(listed(id))
        .hasToString(
            ("[{'ResourceType':'execution','ResourceId':'ID','TagKey':'oosh','TagValue':'1'},"
                    + "{'ResourceType':'execution','ResourceId':'ID','TagKey':'oosh-stop',"
                    + "'TagValue':'soon'}]")
                .replace('\'', '"')
                .replace("ID", id));
    send(tag(Map.of("oosh-stop", "now"), id));
    assertThat(tagsOf(id)).isEqualTo("{\"oosh\":\"1\",\"oosh-stop\":\"now\"}");
    assertThat(
            caller
                .call(SandboxCaller.OOS, "ListExecutions", "Tags", "{\"oosh-stop\":\"now\"}")
                .json()
                .getAsJsonArray("Executions"))
        .hasSize(1);
    UntagResourcesRequest one = untag(id);
    one.setTagKeys(List.of("oosh-stop", "none"));
    send(one);
    assertThat(tagsOf(id)).isEqualTo("{\"oosh\":\"1\"}");
    UntagResourcesRequest all = untag(id);
    all.setAll(true);
    send(all);
    assertThat(listed(id)).isEmpty();
  }

  @Test
  void listsTheTagsOfAllThatHaveATagInPages() throws ClientException {
    Map<Object, Object> twenty = new LinkedHashMap<>();
    for (int i = 0; i < 19; i++) {
      twenty.put("k" + i, "v");
    }
    Object[] ids = {start(), start(), start()};
    send(tag(twenty, ids));
    send(tag(Map.of("oosh", "2"), ids[0]));
    ListTagResourcesRequest request = new ListTagResourcesRequest();
    request.setResourceType("execution");
    request.setTags(Map.of("k0", "v"));
    JsonObject first = send(request);
    assertThat(first.getAsJsonArray("TagResources")).hasSize(50);
    request = new ListTagResourcesRequest();
    request.setResourceType("execution");
    request.setTags(Map.of("k0", "v"));
    request.setNextToken(first.get("NextToken").getAsString());
    assertThat(send(request).getAsJsonArray("TagResources")).hasSize(10);
  }

  @Test
  void refusesWhatIsNotThereAndWhatIsTooMuch() throws ClientException {
    String id = start();
    assertThat(refused(tag(Map.of("a", "b"), id, "exec-none")))
        .isEqualTo("EntityNotExists.Execution: The execution exec-none does not exist.");
    assertThat(tagsOf(id)).as("all or none").isEqualTo("{\"oosh\":\"1\"}");
    Map<Object, Object> twenty = new LinkedHashMap<>();
    for (int i = 0; i < 20; i++) {
      twenty.put("k" + i, "v");
    }
    assertThat(refused(tag(twenty, id))).contains("at most 20 tags");
    assertThat(refused(untag(id))).startsWith("MissingParameter");
    TagResourcesRequest template = tag(Map.of("a", "b"), id);
    template.setResourceType("template");
    assertThat(refused(template)).startsWith("InvalidParameter");
    assertThat(listed("exec-none")).isEmpty();
  }

  @Test
  void aTaskOfATemplateReadsTheTagsOfItsExecution() throws ClientException {
    String text =
        """
        {"FormatVersion": "OOS-2019-06-01", "RamRole": "{{ OOSAssumeRole }}",
         "Parameters": {"OOSAssumeRole": {"Type": "String", "Default": "reader"}},
         "Tasks": [
          {"Name": "wait", "Action": "ACS::Sleep", "Properties": {"Duration": "PT1M"}},
          {"Name": "ask", "Action": "ACS::ExecuteAPI",
           "Properties": {"Service": "OOS", "API": "ListTagResources",
            "Parameters": {"ResourceType": "execution", "ResourceIds": ["{{ ACS::ExecutionId }}"]}},
           "Outputs": {"asked": {"Type": "String",
            "ValueSelector": "TagResources[] | select(.TagKey==\\"oosh-stop\\") | .TagValue"}}},
          {"Name": "hold", "Action": "ACS::Pause",
           "When": {"Fn::Equals": ["{{ ask.asked }}", "yes"]}}]}
        """;
    String free = startOf(text);
    String held = startOf(text);
    send(tag(Map.of("oosh-stop", "yes"), held));
    sandbox.advance(Duration.ofMinutes(2));
    assertThat(caller.status(free)).isEqualTo("Success");
    assertThat(caller.status(held)).isEqualTo("Waiting");
    caller.control("POST", "roles", "{\"role\":\"reader\",\"lacks\":[\"oos:ListTagResources\"]}");
    String denied = startOf(text);
    sandbox.advance(Duration.ofMinutes(2));
    assertThat(caller.execution(denied).get("StatusMessage").getAsString())
        .startsWith("Task ask: User.NoPermission:");
  }

  private String startOf(String text) {
    return caller
        .call(SandboxCaller.OOS, "StartExecution", "TemplateContent", text)
        .json()
        .getAsJsonObject("Execution")
        .get("ExecutionId")
        .getAsString();
  }
}
