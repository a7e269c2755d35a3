package oosh.sandbox.state;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.WireJson;

/**
 * The images that every region of the sandbox has, by ids that never change, and those that were
 * staged.
 */
public final class Images {
  private static final List<Image> ALL =
      List.of(WireJson.resource("seed/images.json", Image[].class));

  private final SandboxState world;

  public Images(SandboxState world) {
    this.world = world;
  }

  /** The system on an image of the sandbox; linux for any other. */
  public static String osType(String id) {
    return ALL.stream()
        .filter(i -> i.id().equals(id))
        .map(Image::osType)
        .findFirst()
        .orElse("linux");
  }

  public List<Image> all() {
    return Stream.concat(ALL.stream(), world.images.stream()).toList();
  }

  public Optional<Image> named(String id) {
    return all().stream().filter(i -> i.id().equals(id)).findFirst();
  }

  /**
   * @throws ApiException MissingParameter, InvalidImageId.NotFound
   */
  public Image image(String id) {
    if (id.isEmpty()) {
      throw ApiException.missing("ImageId");
    }
    return named(id).orElseThrow(() -> ApiException.of("InvalidImageId.NotFound", id));
  }
}
