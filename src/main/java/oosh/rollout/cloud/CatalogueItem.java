package oosh.rollout.cloud;

/**
 * A word that a service lists, and what it stands for.
 *
 * @param value what is typed: an id, a name or a version
 * @param name what else it is called; "" for nothing
 * @param detail how it differs from the others, in a few words; "" for nothing
 */
public record CatalogueItem(String value, String name, String detail) {
  /** {@code web-2.5.0, Linux 64bit, x86_64, own}: its description on Tab. */
  public String description() {
    return name.isEmpty() || name.equals(value)
        ? detail
        : detail.isEmpty() ? name : name + ", " + detail;
  }
}
