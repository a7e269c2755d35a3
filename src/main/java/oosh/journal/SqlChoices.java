package oosh.journal;

import com.google.gson.Gson;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import oosh.rollout.cloud.CatalogueItem;
import oosh.rollout.cloud.CatalogueList;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.cloud.ScalingProcess;
import oosh.rollout.cloud.Template;
import oosh.rollout.cloud.TemplateParameter;
import oosh.rollout.record.Choices;

/**
 * What Tab offers, in the tables {@code scaling_group}, {@code template}, {@code offers} and {@code
 * offer}. The services can be asked for all of it again, so an export leaves it out.
 */
final class SqlChoices implements Choices {
  private static final SqlText SQL = SqlText.in("choices.sql");

  /*
   * [{"name":"batchNumber","type":"Number","min":1,"max":100,"default":5,"sentence":"…"}]
   */
  /** Writes and reads the column {@code parameters}. */
  private static final Gson PARAMETERS =
      Json.GSON
          .newBuilder()
          .setFieldNamingStrategy(f -> f.getName().equals("fallback") ? "default" : f.getName())
          .registerTypeAdapter(
              TemplateParameter.Type.class,
              (JsonSerializer<TemplateParameter.Type>) (t, as, to) -> new JsonPrimitive(t.word()))
          .registerTypeAdapter(
              TemplateParameter.Type.class,
              (JsonDeserializer<TemplateParameter.Type>)
                  (json, as, from) -> TemplateParameter.Type.of(json.getAsString()))
          .create();

  private final JournalConnection journal;
  private final LastRead lastRead;
  private final InstantSource clock;

  SqlChoices(JournalConnection journal, LastRead lastRead, InstantSource clock) {
    this.journal = journal;
    this.lastRead = lastRead;
    this.clock = clock;
  }

  @Override
  public void cacheGroups(String profile, String region, List<ScalingGroup> groups) {
    journal.run(
        sql -> {
          sql.update(SQL.get("delete-groups"), profile, region);
          for (int i = 0; i < groups.size(); i++) {
            ScalingGroup group = groups.get(i);
            Map<String, Object> row = place(profile, region);
            row.put("position", i);
            row.put("id", group.id());
            row.put("name", group.name());
            row.put("lifecycle_state", group.lifecycleState());
            row.put("in_service", group.inService());
            row.put("protected_instances", group.protectedInstances());
            row.put("standby", group.standby());
            row.put("other", group.other());
            row.put("min_size", group.minSize());
            row.put("max_size", group.maxSize());
            row.put(
                "suspended",
                group.suspended().stream()
                    .map(ScalingProcess::word)
                    .collect(Collectors.joining(",")));
            row.put("seen_at", clock.instant());
            Rows.insert(sql, "scaling_group", row);
          }
          return true;
        });
  }

  private static Map<String, Object> place(String profile, String region) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("profile", profile);
    row.put("region", region);
    return row;
  }

  @Override
  public List<ScalingGroup> groups(String profile, String region) {
    return lastRead.read(
        List.of("groups", profile, region),
        sql -> Rows.all(sql, SQL.get("groups"), SqlChoices::group, profile, region));
  }

  private static ScalingGroup group(ResultSet row) throws SQLException {
    return new ScalingGroup(
        row.getString("id"),
        row.getString("name"),
        row.getString("region"),
        row.getString("lifecycle_state"),
        row.getInt("in_service"),
        row.getInt("protected_instances"),
        row.getInt("standby"),
        row.getInt("other"),
        row.getInt("min_size"),
        row.getInt("max_size"),
        processes(row.getString("suspended")));
  }

  private static Set<ScalingProcess> processes(String words) {
    return Arrays.stream(words.split(","))
        .map(ScalingProcess::of)
        .flatMap(Optional::stream)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(ScalingProcess.class)));
  }

  @Override
  public void cacheTemplate(String profile, String region, String asked, Template template) {
    Map<String, Object> row = place(profile, region);
    row.put("name", template.name());
    row.put("asked", asked);
    row.put("version", template.version());
    row.put("parameters", PARAMETERS.toJson(template.parameters()));
    row.put("seen_at", clock.instant());
    journal.run(
        sql -> {
          sql.update(SQL.get("delete-template"), profile, region, template.name(), asked);
          Rows.insert(sql, "template", row);
          return true;
        });
  }

  @Override
  public Optional<Template> template(String profile, String region, String name, String asked) {
    return lastRead.read(
        List.of("template", profile, region, name, asked),
        sql ->
            Rows.first(
                sql,
                SQL.get("template"),
                row ->
                    new Template(
                        row.getString("name"),
                        row.getString("version"),
                        List.of(
                            PARAMETERS.fromJson(
                                row.getString("parameters"), TemplateParameter[].class))),
                profile,
                region,
                name,
                asked));
  }

  @Override
  public List<String> templates(String profile, String region) {
    return lastRead.read(
        List.of("templates", profile, region),
        sql ->
            Rows.all(
                sql,
                SQL.get("templates"),
                row -> {
                  String asked = row.getString("asked");
                  return row.getString("name") + (asked.isEmpty() ? "" : "@" + asked);
                },
                profile,
                region));
  }

  @Override
  public void cacheCatalogue(String profile, String region, CatalogueList list) {
    Object[] key = {profile, region, list.kind().name(), list.scope()};
    journal.run(
        sql -> {
          sql.update(SQL.get("delete-catalogue-items"), key);
          sql.update(SQL.get("delete-catalogue"), key);
          Map<String, Object> row = place(profile, region);
          row.put("kind", list.kind().name());
          row.put("scope", list.scope());
          row.put("read_at", list.read());
          Rows.insert(sql, "offers", row);
          row.remove("read_at");
          int position = 0;
          for (CatalogueItem item : list.all()) {
            row.put("position", position++);
            row.put("offered", item.value());
            row.put("name", item.name());
            row.put("detail", item.detail());
            Rows.insert(sql, "offer", row);
          }
          return true;
        });
  }

  @Override
  public Optional<CatalogueList> catalogue(
      String profile, String region, CatalogueList.Kind kind, String scope) {
    Object[] key = {profile, region, kind.name(), scope};
    return lastRead.read(
        List.of("catalogue", profile, region, kind, scope),
        sql ->
            Rows.first(sql, SQL.get("catalogue"), row -> Rows.instant(row, "read_at"), key)
                .map(
                    read ->
                        new CatalogueList(
                            kind,
                            scope,
                            Rows.all(
                                sql,
                                SQL.get("catalogue-items"),
                                row ->
                                    new CatalogueItem(
                                        row.getString("offered"),
                                        row.getString("name"),
                                        row.getString("detail")),
                                key),
                            read)));
  }
}
