package oosh.journal.postgres;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import oosh.rollout.Problem;

/**
 * Where a journal's PostgreSQL answers, as {@code
 * jdbc:postgresql://HOST[:PORT]/DATABASE[?NAME=VALUE&…]}. It holds no password.
 *
 * @param parameters by the driver's names, only those of {@link #PARAMETERS}
 */
public record PostgresAddress(
    String host, int port, String database, Map<String, String> parameters) {
  private static final String PREFIX = "jdbc:postgresql://";
  private static final int PORT = 5432;
  private static final int MOST_PORT = 65_535;

  /** Those that oosh knows: none of them loads a class, or writes a file. */
  static final List<String> PARAMETERS =
      List.of("user", "sslmode", "sslrootcert", "sslcert", "sslkey");

  private static final List<String> MODES =
      List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

  private static final String VERIFIED = "verify-full";
  private static final String SHAPE = PREFIX + "HOST[:PORT]/DATABASE?user=NAME";

  public PostgresAddress {
    parameters = Map.copyOf(parameters);
  }

  /**
   * Reads an address.
   *
   * @param key where it was said, for the message
   * @throws Problem USAGE if it is none, has a password or a parameter that oosh does not know, or
   *     would go through a network without a check of who answers
   */
  public static PostgresAddress of(String text, String key) {
    if (!text.startsWith(PREFIX)) {
      throw refused(key, "it does not begin with " + PREFIX, SHAPE);
    }
    URI uri;
    try {
      uri = new URI(text.substring("jdbc:".length()));
    } catch (URISyntaxException e) {
      throw refused(key, "it is no address", SHAPE);
    }
    String authority = String.valueOf(uri.getRawAuthority());
    if (authority.contains("@")) {
      throw refused(key, "a user or a password stands before the host", "?user=NAME behind it");
    }
    if (authority.contains(",")) {
      throw refused(
          key, "it names several servers, of which two could both take a start", "one server");
    }
    String database = String.valueOf(uri.getPath()).replaceFirst("^/", "");
    if (uri.getHost() == null || database.isEmpty() || database.contains("/")) {
      throw refused(key, "it names no host, or no database", SHAPE);
    }
    if (uri.getPort() > MOST_PORT || uri.getRawFragment() != null) {
      throw refused(key, "it has a port or an ending that no address has", SHAPE);
    }
    String host = uri.getHost().replaceAll("[\\[\\]]", "");
    Map<String, String> parameters = parameters(key, uri.getRawQuery());
    parameters.putIfAbsent("user", System.getProperty("user.name", ""));
    boolean near = isLoopback(host);
    String mode = parameters.computeIfAbsent("sslmode", m -> near ? "prefer" : VERIFIED);
    if (!MODES.contains(mode)) {
      throw refused(key, "sslmode is one of " + String.join(", ", MODES), "sslmode=" + VERIFIED);
    }
    if (!near && !mode.equals(VERIFIED)) {
      throw refused(
          key,
          "sslmode=" + mode + " does not make sure that it is " + host + " that answers",
          "sslmode=" + VERIFIED + ", with sslrootcert=FILE for a CA of your own");
    }
    return new PostgresAddress(
        host, uri.getPort() < 0 ? PORT : uri.getPort(), database, parameters);
  }

  private static Map<String, String> parameters(String key, String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (query == null || query.isEmpty()) {
      return parameters;
    }
    for (String part : query.split("&", -1)) {
      String name = part.replaceFirst("=.*", "");
      if (name.toLowerCase(Locale.ROOT).contains("password")) {
        throw refused(
            key,
            "an address is seen by everybody who sees this process, and has no place for a password",
            "journal.password-file in the config file, or PGPASSFILE");
      }
      if (!PARAMETERS.contains(name) || !part.contains("=")) {
        throw refused(
            key,
            "it has the parameter " + name + "; oosh knows " + String.join(", ", PARAMETERS),
            SHAPE);
      }
      String value = part.substring(name.length() + 1);
      value = URLDecoder.decode(value, StandardCharsets.UTF_8);
      if (value.isBlank() || value.chars().anyMatch(Character::isISOControl)) {
        throw refused(key, name + " is empty, or has a control character", SHAPE);
      }
      if (parameters.put(name, value) != null) {
        throw refused(key, name + " is given twice", SHAPE);
      }
    }
    return parameters;
  }

  /** A name is not looked up: who answers for a name may change. */
  static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.equals("::1")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }

  private static Problem refused(String key, String why, String next) {
    return Problem.usage(key + " is not an address that a journal can have", why, next);
  }

  /** The user of the database. */
  public String user() {
    return String.valueOf(parameters.get("user"));
  }

  /** {@code oosh at db.example:5432}: for messages. */
  public String text() {
    return database + " at " + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /** What the driver connects to. */
  String url() {
    return PREFIX
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + port
        + "/"
        + java.net.URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** What the driver is told beside the address. */
  Properties properties() {
    Properties properties = new Properties();
    properties.putAll(parameters);
    return properties;
  }
}
