package oosh.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ObjLongConsumer;
import org.h2.engine.MetaRecord;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.StreamStore;
import org.h2.mvstore.db.LobStorageMap;
import org.h2.mvstore.db.ValueDataType;
import org.h2.mvstore.tx.Transaction;
import org.h2.mvstore.tx.TransactionMap;
import org.h2.mvstore.tx.TransactionStore;
import org.h2.result.Row;
import org.h2.util.JSR310Utils;
import org.h2.value.Value;
import org.h2.value.ValueCollectionBase;
import org.h2.value.ValueLob;
import org.h2.value.lob.LobData;
import org.h2.value.lob.LobDataDatabase;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a journal's file, read below H2's SQL: from its storage, read-only and in H2's own
 * recovery mode, the way that H2's recovery tool does it.
 *
 * <p>Below the SQL, because there a damaged index costs nothing, a lost password is no hindrance
 * (the file is not encrypted), and nothing that a foreign file has in its catalogue, such as Java
 * source text of a function, can run. A page that cannot be read counts as empty; the pages above
 * it say how many rows there should be.
 */
final class RawTables implements AutoCloseable {
  private final MVStore store;
  private final TransactionStore transactions;
  private final Map<String, Table> tables = new HashMap<>();
  private @Nullable StreamStore lobData;
  private @Nullable MVMap<Long, LobStorageMap.BlobMeta> lobs;

  /** A table by its place in the file, and what the columns are called. */
  record Table(String map, List<String> columns) {}

  private RawTables(MVStore store) {
    this.store = store;
    this.transactions = new TransactionStore(store, new ValueDataType());
  }

  /**
   * Opens the file; never writes to it.
   *
   * @throws RuntimeException if H2 finds no beginning in it
   */
  static RawTables open(Path file) {
    MVStore store =
        new MVStore.Builder().fileName(file.toString()).readOnly().recoveryMode().open();
    boolean begun = false;
    try {
      RawTables tables = new RawTables(store);
      tables.begin();
      begun = true;
      return tables;
    } finally {
      if (!begun) {
        store.closeImmediately();
      }
    }
  }

  private void begin() {
    try {
      transactions.init();
    } catch (RuntimeException | AssertionError e) {
      // Then what was not committed cannot be told from what was; the rows are read all the same.
      // H2's tool goes on here too.
    }
    try {
      lobData = new StreamStore(LobStorageMap.openLobDataMap(transactions));
      lobs = LobStorageMap.openLobMap(transactions);
    } catch (RuntimeException | AssertionError e) {
      // Texts above 256 characters are lost then, and each is counted as such.
      lobData = null;
    }
    TransactionMap<Object, Object> catalogue = map("table.0");
    for (Iterator<Object> i = catalogue.keyIterator(null); i.hasNext(); ) {
      if (catalogue.get(i.next()) instanceof Row row) {
        String sql = new MetaRecord(row).getSQL();
        String name = ColumnNames.table(sql);
        if (name != null) {
          tables.put(name, new Table("table." + new MetaRecord(row).getId(), ColumnNames.of(sql)));
        }
      }
    }
  }

  private TransactionMap<Object, Object> map(String name) {
    Transaction reading = transactions.begin();
    return reading.openMap(name);
  }

  /** Whether the catalogue names that table. */
  boolean has(String table) {
    return tables.containsKey(table);
  }

  /** How many rows the table should have; empty if that cannot be read. */
  OptionalLong size(String table) {
    Table t = tables.get(table);
    try {
      return t == null ? OptionalLong.empty() : OptionalLong.of(map(t.map()).sizeAsLong());
    } catch (RuntimeException | AssertionError e) {
      return OptionalLong.empty();
    }
  }

  /**
   * Hands over every row that can be read, with its key: fields as in a line of an export, without
   * those that the database fills by itself.
   *
   * @return whether the table was read to its end
   */
  boolean rows(String table, ObjLongConsumer<Map<String, Object>> to) {
    Table t = tables.get(table);
    if (t == null) {
      return false;
    }
    TransactionMap<Object, Object> map = map(t.map());
    Iterator<Object> keys = map.keyIterator(null);
    boolean whole = true;
    while (true) {
      Object next;
      try {
        if (!keys.hasNext()) {
          return whole;
        }
        next = keys.next();
      } catch (RuntimeException | Error e) {
        return false;
      }
      Map<String, Object> row;
      try {
        List<Value> values = values(map.get(next));
        row = values.isEmpty() ? Map.of() : fields(table, t, values);
      } catch (RuntimeException | Error e) {
        // The rows after it may be as they were.
        whole = false;
        continue;
      }
      if (!row.isEmpty() && next instanceof Long key) {
        to.accept(row, key);
      }
    }
  }

  private static List<Value> values(@Nullable Object row) {
    if (row instanceof Row r) {
      return List.of(r.getValueList());
    }
    return row instanceof ValueCollectionBase c ? List.of(c.getList()) : List.of();
  }

  private Map<String, Object> fields(String table, Table t, List<Value> values) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(JsonLine.TABLE, table);
    for (int i = 0; i < Math.min(values.size(), t.columns().size()); i++) {
      String column = t.columns().get(i);
      Object value = column.isEmpty() ? null : value(values.get(i));
      if (value != null) {
        fields.put(JsonLine.field(column), value);
      }
    }
    return fields;
  }

  private @Nullable Object value(Value value) {
    return switch (value.getValueType()) {
      case Value.NULL -> null;
      case Value.BOOLEAN -> value.getBoolean();
      case Value.TINYINT, Value.SMALLINT, Value.INTEGER, Value.BIGINT -> value.getLong();
      case Value.TIMESTAMP_TZ -> JSR310Utils.valueToInstant(value, null).toString();
      case Value.CLOB -> text((ValueLob) value);
      case Value.CHAR, Value.VARCHAR -> value.getString();
      // Of a type that no journal has had yet; as text, which an import takes or passes over.
      default -> value.getString();
    };
  }

  /** The text of a CLOB; null if it cannot be read, or is too long for any line. */
  private @Nullable String text(ValueLob lob) {
    try {
      LobData data = lob.getLobData();
      if (!(data instanceof LobDataDatabase inStore)) {
        return lob.getString();
      }
      LobStorageMap.BlobMeta meta = lobs == null ? null : lobs.get(inStore.getLobId());
      if (meta == null || lobData == null) {
        return null;
      }
      try (InputStream in = lobData.get(meta.streamStoreId)) {
        byte[] bytes = in.readNBytes(JsonLine.MAX_BYTES + 1);
        return bytes.length > JsonLine.MAX_BYTES ? null : new String(bytes, StandardCharsets.UTF_8);
      }
    } catch (IOException | RuntimeException | AssertionError e) {
      return null;
    }
  }

  @Override
  public void close() {
    store.closeImmediately();
  }

  /** The names in the text by which H2's catalogue makes a table. */
  static final class ColumnNames {
    private ColumnNames() {}

    /** The table that the text makes, in lower case; null if it makes none, or one of H2's own. */
    static @Nullable String table(String sql) {
      String head = "TABLE \"PUBLIC\".\"";
      int at = sql.startsWith("CREATE ") ? sql.indexOf(head) : -1;
      int end = at < 0 ? -1 : sql.indexOf('"', at + head.length());
      return end < 0 || sql.lastIndexOf('(', at) >= 0
          ? null
          : sql.substring(at + head.length(), end).toLowerCase(Locale.ROOT);
    }

    /** The columns in their order; "" in the place of one that the database fills by itself. */
    static List<String> of(String sql) {
      List<String> columns = new ArrayList<>();
      int depth = 0;
      int start = 0;
      char quote = 0;
      for (int i = 0; i < sql.length(); i++) {
        char c = sql.charAt(i);
        if (quote != 0) {
          quote = c == quote ? 0 : quote;
        } else if (c == '"' || c == '\'') {
          quote = c;
        } else if (c == '(' && depth++ == 0) {
          start = i + 1;
        } else if (depth == 1 && (c == ',' || c == ')')) {
          columns.add(name(sql.substring(start, i).strip()));
          start = i + 1;
          if (c == ')') {
            return columns;
          }
        } else if (c == ')') {
          depth--;
        }
      }
      return columns;
    }

    private static String name(String column) {
      int end = column.startsWith("\"") ? column.indexOf('"', 1) : -1;
      boolean own = column.contains(" AS IDENTITY") || column.contains(" GENERATED ALWAYS AS ");
      return end < 0 || own ? "" : column.substring(1, end);
    }
  }
}
