package oosh.aliyun;

import com.aliyuncs.AcsRequest;
import com.aliyuncs.CommonRequest;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.MethodType;
import com.aliyuncs.http.ProtocolType;
import com.google.gson.JsonObject;
import oosh.aliyun.signin.CliProfile;

/**
 * A role that STS lends to another caller: AssumeRole of 2015-04-01. The SDK's own provider goes by
 * this machine's clock, and does not say when the keys expire.
 */
final class RamRoleCredentials {
  private final CliProfile profile;
  private final String session;
  private final int seconds;
  private final String host;
  private final DefaultAcsClient client;

  /**
   * @param session the name under which the role is taken on
   * @param seconds how long for
   * @param host of STS
   * @param client signs with the keys of the source
   */
  RamRoleCredentials(
      CliProfile profile, String session, int seconds, String host, DefaultAcsClient client) {
    this.profile = profile;
    this.session = session;
    this.seconds = seconds;
    this.host = host;
    this.client = client;
  }

  /**
   * @throws CallFailureException if STS gave no usable answer
   * @throws ClientException around what the transport or the source of the keys has thrown
   */
  JsonObject ask() throws ClientException {
    CommonRequest request = new CommonRequest();
    request.setSysMethod(MethodType.POST);
    request.setSysProtocol(ProtocolType.HTTPS);
    request.setSysDomain(host);
    request.setSysProduct("Sts");
    request.setSysVersion("2015-04-01");
    request.setSysAction("AssumeRole");
    request.putQueryParameter("RoleArn", profile.get("ram_role_arn"));
    request.putQueryParameter("RoleSessionName", session);
    request.putQueryParameter("DurationSeconds", String.valueOf(seconds));
    if (!profile.get("external_id").isEmpty()) {
      request.putQueryParameter("ExternalId", profile.get("external_id"));
    }
    AcsRequest<?> built = request.buildRequest();
    if (client.doAction(built) instanceof HttpTransport.ParsedHttpResponse answer) {
      return JsonFields.objectIn(answer.json(), "Credentials");
    }
    throw new IllegalStateException("an answer that was not screened");
  }
}
