package oosh.journal;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oosh.json.StrictJson;
import oosh.rollout.cloud.Template;
import oosh.rollout.cloud.TemplateParameter;
import org.springframework.jdbc.core.JdbcTemplate;

/*
 * [{"name":"batchNumber","type":"Number","min":1,"max":100,"default":5,"sentence":"…"}]
 */
/** What templates say of their parameters, as it was read last. Can be read again, so no export. */
final class TemplateCache {
  private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

  /** More than anybody uses in a region. */
  private static final int MANY = 200;

  private TemplateCache() {}

  static void remember(
      JdbcTemplate sql, String profile, String region, String asked, Template template) {
    sql.update(
        """
        merge into template (profile, region, name, asked, version, parameters, seen_at)
        key (profile, region, name, asked) values (?, ?, ?, ?, ?, ?, current_timestamp)
        """,
        profile,
        region,
        template.name(),
        asked,
        template.version(),
        text(template.parameters()));
  }

  static Optional<Template> find(
      JdbcTemplate sql, String profile, String region, String name, String asked) {
    return sql
        .query(
            "select * from template where profile = ? and region = ? and name = ? and asked = ?",
            (rs, n) ->
                JournalQueries.read(
                    rs,
                    r ->
                        new Template(
                            r.getString("name"),
                            r.getString("version"),
                            parameters(r.getString("parameters")))),
            profile,
            region,
            name,
            asked)
        .stream()
        .findFirst();
  }

  static List<String> names(JdbcTemplate sql, String profile, String region) {
    return sql.query(
        "select name, asked from template where profile = ? and region = ?"
            + " order by profile, region, name, asked limit ?",
        (rs, n) -> {
          String asked = rs.getString("asked");
          return rs.getString("name") + (asked.isEmpty() ? "" : "@" + asked);
        },
        profile,
        region,
        MANY);
  }

  private static String text(List<TemplateParameter> parameters) {
    JsonArray all = new JsonArray();
    for (TemplateParameter p : parameters) {
      JsonObject one = new JsonObject();
      one.addProperty("name", p.name());
      one.addProperty("type", p.type().word());
      if (!p.allowed().isEmpty()) {
        one.add("allowed", GSON.toJsonTree(p.allowed()));
      }
      add(one, "min", p.min(), Long.MIN_VALUE);
      add(one, "max", p.max(), Long.MAX_VALUE);
      add(one, "shortest", p.shortest(), 0);
      add(one, "longest", p.longest(), Long.MAX_VALUE);
      one.addProperty("pattern", p.pattern());
      Object fallback = p.fallback();
      if (fallback != null) {
        one.add("default", GSON.toJsonTree(fallback));
      }
      one.addProperty("sentence", p.sentence());
      all.add(one);
    }
    return GSON.toJson(all);
  }

  private static void add(JsonObject one, String name, long value, long none) {
    if (value != none) {
      one.addProperty(name, value);
    }
  }

  /**
   * @throws RuntimeException if it is not what {@link #text} wrote
   */
  private static List<TemplateParameter> parameters(String text) {
    List<TemplateParameter> parameters = new ArrayList<>();
    for (JsonElement e : StrictJson.read(text).getAsJsonArray()) {
      JsonObject one = e.getAsJsonObject();
      List<String> allowed = new ArrayList<>();
      if (one.has("allowed")) {
        one.getAsJsonArray("allowed").forEach(a -> allowed.add(a.getAsString()));
      }
      parameters.add(
          new TemplateParameter(
              one.get("name").getAsString(),
              TemplateParameter.Type.of(one.get("type").getAsString()),
              allowed,
              number(one, "min", Long.MIN_VALUE),
              number(one, "max", Long.MAX_VALUE),
              number(one, "shortest", 0),
              number(one, "longest", Long.MAX_VALUE),
              one.get("pattern").getAsString(),
              one.has("default") ? StrictJson.value(one.get("default")) : null,
              one.get("sentence").getAsString()));
    }
    return parameters;
  }

  private static long number(JsonObject one, String name, long none) {
    return one.has(name) ? one.get(name).getAsLong() : none;
  }
}
