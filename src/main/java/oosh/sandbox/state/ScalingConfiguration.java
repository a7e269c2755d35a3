package oosh.sandbox.state;

import com.google.gson.JsonArray;

/** What a scaling group makes new instances of: an image, or containers. */
public final class ScalingConfiguration {
  public String id = "";
  public String imageId = Image.LINUX;
  public JsonArray containers = new JsonArray();
}
