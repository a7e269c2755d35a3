package oosh.sandbox.state;

import java.util.List;
import java.util.Optional;
import oosh.sandbox.api.ApiException;
import oosh.sandbox.api.WireJson;

/** The images that every region of the sandbox has. */
public final class Images {
  public static final List<Image> ALL =
      List.of(WireJson.resource("seed/images.json", Image[].class));

  private Images() {}

  public static Optional<Image> find(String id) {
    return ALL.stream().filter(i -> i.id().equals(id)).findFirst();
  }

  /**
   * @throws ApiException MissingParameter, InvalidImageId.NotFound
   */
  public static Image image(String id) {
    if (id.isEmpty()) {
      throw ApiException.missing("ImageId");
    }
    return find(id).orElseThrow(() -> ApiException.of("InvalidImageId.NotFound", id));
  }
}
