package oosh.journal;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import com.google.gson.ToNumberPolicy;
import java.time.Instant;

/** The JSON that columns of the journal hold. */
public final class Json {
  /** A whole number that fits is a Long, every other number a Double; a time is in ISO 8601. */
  public static final Gson GSON =
      new GsonBuilder()
          .disableHtmlEscaping()
          .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
          .registerTypeAdapter(
              Instant.class,
              (JsonSerializer<Instant>) (time, type, json) -> new JsonPrimitive(time.toString()))
          .registerTypeAdapter(
              Instant.class,
              (JsonDeserializer<Instant>) (json, type, from) -> Instant.parse(json.getAsString()))
          .create();

  private Json() {}
}
