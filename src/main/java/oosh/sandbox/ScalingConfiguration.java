package oosh.sandbox;

import com.google.gson.JsonArray;

/** What a scaling group makes new instances of: an image, or containers. */
final class ScalingConfiguration {
  String id = "";
  String name = "";
  String imageId = "";
  JsonArray containers = new JsonArray();
  long createdAt;
}
