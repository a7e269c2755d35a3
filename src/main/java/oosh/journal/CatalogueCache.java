package oosh.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oosh.rollout.cloud.CatalogueItem;
import oosh.rollout.cloud.CatalogueList;
import org.springframework.jdbc.core.JdbcTemplate;

/** What services list for Tab, as it was read last. Can be read again, so no export. */
final class CatalogueCache {
  private static final String OF = " where profile = ? and region = ? and kind = ? and scope = ?";

  private CatalogueCache() {}

  static void remember(JdbcTemplate sql, String profile, String region, CatalogueList offers) {
    String kind = offers.kind().name();
    sql.update("delete from offer" + OF, profile, region, kind, offers.scope());
    List<Object[]> rows = new ArrayList<>();
    for (CatalogueItem o : offers.all()) {
      rows.add(
          new Object[] {
            profile, region, kind, offers.scope(), rows.size(), o.value(), o.name(), o.detail()
          });
    }
    if (!rows.isEmpty()) {
      sql.batchUpdate(
          """
          insert into offer (profile, region, kind, scope, position, offered, name, detail)
          values (?, ?, ?, ?, ?, ?, ?, ?)
          """,
          rows);
    }
    sql.update(
        """
        merge into offers (profile, region, kind, scope, read_at)
        key (profile, region, kind, scope) values (?, ?, ?, ?, ?)
        """,
        profile,
        region,
        kind,
        offers.scope(),
        offers.read());
  }

  static Optional<CatalogueList> find(
      JdbcTemplate sql, String profile, String region, CatalogueList.Kind kind, String scope) {
    Object[] of = {profile, region, kind.name(), scope};
    Optional<Instant> read =
        sql
            .query(
                "select read_at from offers" + OF,
                (rs, n) -> JournalQueries.read(rs, r -> r.getObject("read_at", Instant.class)),
                of)
            .stream()
            .findFirst();
    return read.map(
        at ->
            new CatalogueList(
                kind,
                scope,
                sql.query(
                    "select * from offer" + OF + " order by profile, region, kind, scope, position",
                    (rs, n) ->
                        JournalQueries.read(
                            rs,
                            r ->
                                new CatalogueItem(
                                    r.getString("offered"),
                                    r.getString("name"),
                                    r.getString("detail"))),
                    of),
                at));
  }
}
