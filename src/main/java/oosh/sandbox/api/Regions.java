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

  /** What a call means that names no region; that there is a default is the sandbox's. */
  public static final String DEFAULT = "cn-hangzhou";

  public static final List<Region> ALL =
      List.of(new Region("ap-southeast-1", "Singapore"), new Region(DEFAULT, "China (Hangzhou)"));

  private Regions() {}

  public static boolean has(String id) {
    return ALL.stream().anyMatch(region -> region.id().equals(id));
  }
}
