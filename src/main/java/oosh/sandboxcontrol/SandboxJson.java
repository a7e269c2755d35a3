package oosh.sandboxcontrol;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;

/** JSON that a sandbox writes: its announcement and the answers of its control address. */
final class SandboxJson {
  private SandboxJson() {}

  /**
   * The one object that the text is, by the letter of the standard.
   *
   * @throws IOException or a RuntimeException of Gson for any other text
   */
  static JsonObject object(String text) throws IOException {
    JsonReader reader = new JsonReader(new StringReader(text));
    reader.setStrictness(Strictness.STRICT);
    JsonObject object = JsonParser.parseReader(reader).getAsJsonObject();
    if (reader.peek() != JsonToken.END_DOCUMENT) {
      throw new JsonParseException("more than one value");
    }
    return object;
  }
}
