package oosh.aliyun;

import com.aliyuncs.auth.AlibabaCloudCredentialsProvider;
import com.aliyuncs.auth.BasicSessionCredentials;
import com.aliyuncs.exceptions.ClientException;
import java.util.Map;
import java.util.function.Supplier;
import oosh.rollout.cloud.CallerIdentity;

/** Who calls: GetCallerIdentity of STS (2015-04-01), which takes no right. */
final class AliyunCaller implements Supplier<CallerIdentity> {
  private final RpcService sts;
  private final AlibabaCloudCredentialsProvider keys;

  /**
   * @param keys those that the caller signs with
   */
  AliyunCaller(RpcClient caller, AlibabaCloudCredentialsProvider keys) {
    this.sts = RpcService.sts(caller);
    this.keys = keys;
  }

  @Override
  public CallerIdentity get() {
    return sts.read(
        "GetCallerIdentity",
        "ask STS who the caller is",
        Map.of(),
        answer -> {
          String arn = JsonFields.text(answer, "Arn");
          if (arn.isEmpty()) {
            throw sts.badShape();
          }
          return new CallerIdentity(
              JsonFields.text(answer, "AccountId"),
              arn,
              JsonFields.text(answer, "IdentityType"),
              JsonFields.text(answer, "PrincipalId"),
              isTemporary(),
              keys instanceof ProfileCredentials profile ? profile.expiry() : null);
        });
  }

  private boolean isTemporary() {
    try {
      return keys.getCredentials() instanceof BasicSessionCredentials;
    } catch (ClientException e) {
      // They have signed the call whose answer this is.
      throw new IllegalStateException("keys that are gone");
    }
  }
}
