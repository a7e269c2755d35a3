package oosh.aliyun.signin;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oosh.aliyun.JsonFields;
import oosh.json.StrictJson;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Profile;

/**
 * The file of the vendor's CLI, read and never written.
 *
 * @param current the profile that the CLI would use; "" if the file names none
 */
public record CliConfig(String current, List<CliProfile> profiles) {
  public static final CliConfig EMPTY = new CliConfig("", List.of());

  /** Larger than any list of profiles, small enough to read at every look. */
  private static final int MAX_BYTES = 1024 * 1024;

  /** Copies the list. */
  public CliConfig {
    profiles = List.copyOf(profiles);
  }

  /**
   * What the file says now; nothing if there is none.
   *
   * @throws Problem CREDENTIALS if it cannot be read or is no JSON; its contents are never quoted
   */
  public static CliConfig read(Path file, CliEnvironment env) {
    String text;
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        // Opening a pipe would wait for a writer.
        throw broken(file, "it is not a regular file");
      }
      try (InputStream in = Files.newInputStream(file)) {
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) {
          throw broken(file, "it is larger than 1 MiB");
        }
        text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      }
    } catch (NoSuchFileException e) {
      return EMPTY;
    } catch (IOException e) {
      throw problem(
          "cannot read " + file, "it cannot be opened, or is not UTF-8 text", "ls -l " + file);
    }
    if (text.isBlank()) {
      return EMPTY;
    }
    JsonObject root = root(file, text);
    List<CliProfile> profiles = new ArrayList<>();
    if (root.has("profiles") && !root.get("profiles").isJsonNull()) {
      for (JsonObject entry :
          JsonFields.objects(root.get("profiles"))
              .orElseThrow(() -> broken(file, "its \"profiles\" is not a list of objects"))) {
        CliProfile profile = CliProfile.of(entry, env);
        if (!profile.name().isEmpty()) {
          profiles.add(profile);
        }
      }
    }
    return new CliConfig(JsonFields.text(root, "current").strip(), profiles);
  }

  private static JsonObject root(Path file, String text) {
    try {
      if (StrictJson.read(text) instanceof JsonObject root) {
        return root;
      }
      throw broken(file, "it is not a JSON object");
    } catch (StrictJson.InvalidJsonException e) {
      throw problem(
          "cannot use " + file,
          "it is not valid JSON" + (e.place().isEmpty() ? "" : " at " + e.place()),
          "correct it, or begin without it: oosh --profile " + Profile.SANDBOX);
    }
  }

  private static Problem broken(Path file, String why) {
    return problem("cannot use " + file, why, "ls -l " + file);
  }

  private static Problem problem(String what, String why, String next) {
    return Problem.of(Problem.Kind.CREDENTIALS, what, why, next);
  }

  public Optional<CliProfile> named(String name) {
    return profiles.stream().filter(p -> p.name().equals(name)).findFirst();
  }
}
