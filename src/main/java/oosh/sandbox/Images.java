package oosh.sandbox;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The images that every region of the sandbox has, by ids that never change, and those that were
 * staged.
 */
final class Images {
  private static final List<Image> ALL =
      List.of(WireJson.resource("seed/images.json", Image[].class));

  private final World world;

  Images(World world) {
    this.world = world;
  }

  /** The system on an image of the sandbox; linux for any other. */
  static String osType(String id) {
    return ALL.stream()
        .filter(i -> i.id().equals(id))
        .map(Image::osType)
        .findFirst()
        .orElse("linux");
  }

  List<Image> all() {
    return Stream.concat(ALL.stream(), world.images.stream()).toList();
  }

  Optional<Image> named(String id) {
    return all().stream().filter(i -> i.id().equals(id)).findFirst();
  }

  /**
   * @throws ApiError InvalidImageId.NotFound (404; that all calls use this code is assumed)
   */
  Image image(String id) {
    if (id.isEmpty()) {
      throw ApiError.missing("ImageId");
    }
    return named(id)
        .orElseThrow(
            () ->
                new ApiError(
                    404,
                    "InvalidImageId.NotFound",
                    "The specified ImageId \"" + id + "\" does not exist."));
  }
}
