package oosh.shell.place;

import java.util.EnumMap;
import java.util.Map;
import oosh.rollout.cloud.Profile;
import oosh.shell.Session;

/** Where each part of the context came from, in words. */
public final class ContextOrigins {
  /** A part of the context. */
  public enum Part {
    PROFILE,
    REGION,
    GROUP,
    METHOD
  }

  private static final String OF_PROFILE = "the profile's own";

  private final Map<Part, String> origins = new EnumMap<>(Part.class);
  private String source = "";

  private ContextOrigins() {}

  /** The session's own. */
  public static ContextOrigins of(Session session) {
    return session.part(ContextOrigins.class, s -> new ContextOrigins());
  }

  /**
   * Begins with what the command line, the variables and the config file gave.
   *
   * @param given what gave it, by {@code profile}, {@code region} and {@code group}
   */
  public void begin(Map<String, String> given, Profile profile) {
    origins.put(
        Part.PROFILE,
        given.getOrDefault(
            "profile",
            profile.isSandbox()
                ? "built in, for no credentials were found"
                : profile.origin().equals("environment")
                    ? "credentials in the environment"
                    : "the aliyun CLI's current profile"));
    origins.put(Part.REGION, given.getOrDefault("region", OF_PROFILE));
    if (given.containsKey("group")) {
      origins.put(Part.GROUP, given.get("group"));
    }
  }

  /** Chosen by a verb: typed, or a line of a file. */
  public void chosen(Session session, Part... parts) {
    String by =
        !source.isEmpty()
            ? "use in " + source
            : session.playing() == null ? "use, typed here" : "use in " + session.playing().name();
    for (Part part : parts) {
      origins.put(part, by);
    }
  }

  /** The profile was chosen by a verb: it brings its region along, and leaves the group. */
  public void profileChosen(Session session) {
    chosen(session, Part.PROFILE);
    origins.put(Part.REGION, OF_PROFILE);
  }

  /** Names what the lines that follow stand in; "" for what a person types. */
  public void from(String file) {
    source = file;
  }

  /** All parts came from there. */
  public void all(String origin) {
    for (Part part : Part.values()) {
      origins.put(part, origin);
    }
  }

  /** The origin in words; the default where nothing chose the part. */
  public String of(Part part) {
    return origins.getOrDefault(part, "the default");
  }

  Map<Part, String> copy() {
    return new EnumMap<>(origins);
  }

  void set(Map<Part, String> other) {
    origins.clear();
    origins.putAll(other);
  }
}
