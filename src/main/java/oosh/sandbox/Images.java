package oosh.sandbox;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

  private List<Image> all() {
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

  /** DescribeImages. */
  JsonObject described(ApiCall call) {
    call.required("RegionId");
    List<String> ids =
        call.get("ImageId") == null ? List.of() : List.of(call.get("ImageId", "").split(",", -1));
    List<Image> found =
        all().stream()
            .filter(i -> ids.isEmpty() || ids.contains(i.id()))
            .filter(i -> fits(i.name(), call.get("ImageName", i.name())))
            .filter(i -> i.architecture().equals(call.get("Architecture", i.architecture())))
            .filter(i -> i.owner().equals(call.get("ImageOwnerAlias", i.owner())))
            .filter(i -> i.osType().equals(call.get("OSType", i.osType())))
            .filter(i -> "Available".equals(call.get("Status")))
            .toList();
    JsonObject answer = WireJson.object("RegionId", call.region());
    JsonArray images = new JsonArray();
    ListFormat.WRAPPED.page(call, found, answer).forEach(i -> images.add(i.json()));
    ListFormat.WRAPPED.put(answer, "Images", "Image", images);
    return answer;
  }

  /** ECS takes {@code *} in a name for any text. */
  private static boolean fits(String name, String wanted) {
    return name.matches(
        Stream.of(wanted.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
  }
}
