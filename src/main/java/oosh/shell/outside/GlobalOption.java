package oosh.shell.outside;

import java.util.List;
import oosh.shell.Verb;
import org.jspecify.annotations.Nullable;

/**
 * An option of oosh itself, before a verb; those that say where, and {@code --read-only}, may also
 * stand behind it.
 *
 * @param letter its short form with the dash; "" for none
 * @param value the name of its value; null for a flag
 */
public record GlobalOption(String name, String letter, @Nullable String value, String says) {
  /** Those that say where. */
  public static final List<String> PLACE = List.of("--profile", "--region", "--group");

  public static final List<GlobalOption> ALL =
      List.of(
          new GlobalOption("--profile", "", "PROFILE", "whose credentials to use"),
          new GlobalOption("--region", "", "REGION", "where the groups are"),
          new GlobalOption("--group", "", "GROUP", "the scaling group, by its id or its name"),
          new GlobalOption("--command", "-c", "LINE", "run this line, and end"),
          new GlobalOption("--output", "-o", "FORM", "how to answer: text, json, yaml, tsv or csv"),
          new GlobalOption("--query", "", "JMESPATH", "what to pick from the JSON answer"),
          new GlobalOption(
              "--columns", "", "FIELD,…", "which fields of the JSON answer to show as rows"),
          new GlobalOption("--read-only", "", null, "change nothing"),
          new GlobalOption("--resume", "", null, "offer what the last prompt left"),
          new GlobalOption("--version", "", null, "print the version, and end"),
          new GlobalOption("--help", "-h", null, "print the first steps, and end"));

  /** Whether it may stand behind a verb that has no option of its own of that name. */
  boolean mayFollow(Verb verb) {
    return (PLACE.contains(name) || name.equals("--read-only"))
        && verb.flag(name.substring(2)).isEmpty();
  }
}
