package oosh.sandbox.jail;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What scripts have left in the homes of their instances: each file by a print of what is in it.
 */
public final class HomeScanner {
  /** Characters of an answer: an answer of the control API has no pages. */
  private static final int ROOM = 400_000;

  private HomeScanner() {}

  /** {@code {"files": {instance: {path: print}}, "more": whether some are left out}}. */
  public static JsonObject of(Jail jail, Set<String> instances) {
    JsonObject files = new JsonObject();
    int room = ROOM;
    boolean more = false;
    for (String instance : List.copyOf(instances)) {
      Path home = jail.home(instance);
      if (!Files.exists(home)) {
        continue;
      }
      JsonObject here = new JsonObject();
      try {
        for (Map.Entry<String, String> file : HomeArchive.prints(home).entrySet()) {
          room -= file.getKey().length() + file.getValue().length() + 8;
          if (room < 0) {
            more = true;
            break;
          }
          here.addProperty(file.getKey(), file.getValue());
        }
      } catch (IOException | NumberFormatException unreadable) {
        more = true;
      }
      files.add(instance, here);
    }
    JsonObject answer = new JsonObject();
    answer.add("files", files);
    answer.addProperty("more", more);
    return answer;
  }
}
