package oosh.sandbox.api;

import java.util.List;

/** The regions of the sandbox that have scaling groups. */
public final class Regions {
  /**
   * A region.
   *
   * @param name the LocalName
   */
  public record Region(String id, String name) {
    String oosEndpoint() {
      return "oos." + id + ".aliyuncs.com";
    }
  }

  public static final List<Region> ALL =
      List.of(
          new Region("ap-southeast-1", "Singapore"), new Region("cn-hangzhou", "China (Hangzhou)"));

  private Regions() {}
}
