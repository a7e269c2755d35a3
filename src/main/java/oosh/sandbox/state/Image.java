package oosh.sandbox.state;

/**
 * An image of ECS.
 *
 * @param owner self or system, as ECS calls the owner
 */
public record Image(
    String id, String name, String architecture, String owner, String osType, String osName) {
  public static final String LINUX = "aliyun_3_x64_20G_sandbox.vhd";
  public static final String WINDOWS = "win2022_x64_sandbox.vhd";

  /** In GiB. */
  public int size() {
    return osType.equals("windows") ? 40 : 20;
  }
}
