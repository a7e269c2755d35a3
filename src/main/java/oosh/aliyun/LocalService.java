package oosh.aliyun;

import java.net.URI;

/**
 * Where a service of this machine answers for the sandbox's profile, and the keys that it takes.
 * Its text holds none of them.
 */
public record LocalService(URI address, String keyId, String secret) {
  /** A service that takes the published keys. */
  public static LocalService open(URI address) {
    return new LocalService(address, "sandbox", "sandbox");
  }

  @Override
  public String toString() {
    return "service at " + address;
  }
}
