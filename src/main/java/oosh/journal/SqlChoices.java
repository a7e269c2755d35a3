package oosh.journal;

import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import oosh.journal.transaction.JournalTransactions;
import oosh.rollout.cloud.CatalogueList;
import oosh.rollout.cloud.ScalingGroup;
import oosh.rollout.cloud.Template;
import oosh.rollout.record.Choices;

/*
 * groups            {"id":"asg-bp1web","name":"web","region":"cn-hangzhou","inService":6,…}
 * template mine@v2  {"name":"mine","version":"v2","parameters":[{"name":"batchNumber",…}]}
 * catalogue IMAGE   {"kind":"IMAGE","scope":"","all":[{"value":"m-1",…}],"read":"2026-11-25T…"}
 */
/**
 * What Tab offers, in the table {@code choice}: the entries of a list as JSON. The services can be
 * asked for all of it again, so an export leaves it out.
 */
final class SqlChoices implements Choices {
  private static final Logger LOG = Logger.getLogger("oosh");
  private static final SqlText SQL = SqlText.in("choices.sql");

  private static final String TEMPLATE = "template ";

  private final JournalTransactions journal;
  private final ReadCache lastRead;

  SqlChoices(JournalTransactions journal, ReadCache lastRead) {
    this.journal = journal;
    this.lastRead = lastRead;
  }

  @Override
  public void cacheGroups(String profile, String region, List<ScalingGroup> groups) {
    keep(profile, region, "groups", groups);
  }

  @Override
  public List<ScalingGroup> groups(String profile, String region) {
    return kept(profile, region, "groups", ScalingGroup.class);
  }

  @Override
  public void cacheTemplate(String profile, String region, String asked, Template template) {
    keep(profile, region, TEMPLATE + versioned(template.name(), asked), List.of(template));
  }

  @Override
  public Optional<Template> template(String profile, String region, String name, String asked) {
    return kept(profile, region, TEMPLATE + versioned(name, asked), Template.class).stream()
        .findFirst();
  }

  private static String versioned(String name, String asked) {
    return name + (asked.isEmpty() ? "" : "@" + asked);
  }

  @Override
  public List<String> templates(String profile, String region) {
    return lastRead.read(
        List.of("templates", profile, region),
        sql ->
            Rows.all(
                sql,
                SQL.get("templates"),
                row -> row.getString(1).substring(TEMPLATE.length()),
                profile,
                region));
  }

  @Override
  public void cacheCatalogue(String profile, String region, CatalogueList list) {
    keep(profile, region, name(list.kind(), list.scope()), List.of(list));
  }

  @Override
  public Optional<CatalogueList> catalogue(
      String profile, String region, CatalogueList.Kind kind, String scope) {
    return kept(profile, region, name(kind, scope), CatalogueList.class).stream().findFirst();
  }

  private static String name(CatalogueList.Kind kind, String scope) {
    return ("catalogue " + kind + " " + scope).strip();
  }

  private void keep(String profile, String region, String list, List<?> entries) {
    journal.run(
        sql -> {
          sql.update(SQL.get("delete"), profile, region, list);
          for (int i = 0; i < entries.size(); i++) {
            String entry = Json.GSON.toJson(entries.get(i));
            sql.update(SQL.get("insert"), profile, region, list, i, entry);
          }
          return true;
        });
  }

  private <T> List<T> kept(String profile, String region, String list, Class<T> type) {
    return lastRead.read(
        List.of(profile, region, list),
        sql ->
            parsed(
                Rows.all(sql, SQL.get("entries"), row -> row.getString(1), profile, region, list),
                type));
  }

  /** Nothing where another version of oosh has kept the list: it is read from its service again. */
  private static <T> List<T> parsed(List<String> entries, Class<T> type) {
    try {
      return entries.stream().map(entry -> Json.GSON.fromJson(entry, type)).toList();
    } catch (RuntimeException e) {
      LOG.log(Level.INFO, "choices of {0} not used: {1}", new Object[] {type.getSimpleName(), e});
      return List.of();
    }
  }
}
