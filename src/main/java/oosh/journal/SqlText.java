package oosh.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * SQL statements of a resource beside this class, in a form that H2 and PostgreSQL both understand.
 * A line {@code -- name} stands before each statement, a semicolon after it.
 */
public final class SqlText {
  private static final Map<String, SqlText> FILES = new ConcurrentHashMap<>();

  private final String file;
  private final Map<String, String> statements = new HashMap<>();

  private SqlText(String file) {
    this.file = file;
    Pattern.compile(";\n")
        .splitAsStream(read(file))
        .map(statement -> statement.split("\n", 2))
        .forEach(lines -> statements.put(lines[0].substring("-- ".length()), lines[1]));
  }

  /** The statements of that resource. */
  public static SqlText in(String file) {
    return FILES.computeIfAbsent(file, SqlText::new);
  }

  /** The statement of that name. */
  public String get(String name) {
    String statement = statements.get(name);
    if (statement == null) {
      throw new IllegalStateException("no statement " + name + " in " + file);
    }
    return statement;
  }

  /** The whole text of a resource. */
  public static String read(String file) {
    try (InputStream in = SqlText.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("no " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(file, e);
    }
  }
}
