package oosh.aliyun.signin;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import oosh.aliyun.JsonFields;
import oosh.config.BoundedProgram;
import oosh.config.TrustedFile;
import oosh.json.StrictJson;
import oosh.rollout.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The {@code process_command} of a profile of mode External: a program of the user's that prints
 * keys. No shell reads it, and nothing of what it prints is ever shown.
 */
public final class ProcessCommand {
  /** How long it may run: a person may have to touch a key of hardware meanwhile. */
  public static final Duration WITHIN = Duration.ofSeconds(20);

  private static final int MOST_BYTES = 64 * 1024;

  private static final String FIELD = "process_command";

  private final @Nullable Path file;
  private final Map<String, String> env;
  private final Duration within;

  /**
   * @param file the CLI's, where the command stands
   * @param env the environment, which the program is given whole, as the CLI does
   */
  public ProcessCommand(@Nullable Path file, Map<String, String> env, Duration within) {
    this.file = file;
    this.env = env;
    this.within = within;
  }

  /**
   * Runs it.
   *
   * @return the keys that it has printed, as a profile of mode AK or StsToken
   * @throws Problem CREDENTIALS if others can have written the command, or it gives no keys
   * @throws InterruptedException after Ctrl-C; the program is ended
   */
  public CliProfile keys(CliProfile profile) throws InterruptedException {
    BoundedProgram program = program(profile);
    BoundedProgram.Ended ended;
    try {
      ended = program.run(new HashMap<>(env), "", within, MOST_BYTES);
    } catch (IOException e) {
      throw failed(profile, "could not be started");
    }
    if (ended.exitStatus().isEmpty()) {
      throw failed(profile, "did not end within " + within.toSeconds() + " s");
    }
    if (!ended.isSuccess()) {
      throw failed(profile, "ended with exit status " + ended.exitStatus().get());
    }
    if (ended.output().length > MOST_BYTES) {
      throw failed(profile, "printed more than " + MOST_BYTES / 1024 + " KiB");
    }
    return printed(
        profile,
        StrictJson.object(ended.output())
            .orElseThrow(() -> failed(profile, "did not print exactly one JSON object")));
  }

  private BoundedProgram program(CliProfile profile) {
    if (file != null) {
      TrustedFile.doubt(file)
          .ifPresent(
              d -> {
                throw CliProfile.problem(
                    profile.name(),
                    "its " + FIELD + " stands in a file that others can write: " + d.why(),
                    d.mend());
              });
    }
    List<String> words = words(profile.get(FIELD)).orElse(List.of());
    if (words.isEmpty() || words.get(0).isEmpty()) {
      throw unreadable(profile, "is empty, or has an open quote or a last backslash");
    }
    List<String> command = new ArrayList<>(words);
    try {
      command.set(0, found(profile, words.get(0)).toString());
      return BoundedProgram.of("its " + FIELD, command);
    } catch (InvalidPathException e) {
      throw unreadable(profile, "names no file");
    } catch (Problem p) {
      if (p.kind() == Problem.Kind.CREDENTIALS) {
        throw p;
      }
      throw CliProfile.problem(profile.name(), p.what() + ": " + p.why(), p.next());
    }
  }

  /**
   * The program: an absolute name as it is, a bare one as the first of that name in PATH, as the
   * CLI looks it up. A name relative to the current folder is refused: it would be another program
   * in another folder.
   */
  private Path found(CliProfile profile, String name) {
    if (name.contains("/")) {
      Path given = Path.of(name);
      if (!given.isAbsolute()) {
        throw unreadable(profile, "names its program relative to the current folder");
      }
      return given;
    }
    return Stream.of(env.getOrDefault("PATH", "").split(":", -1))
        .filter(folder -> folder.startsWith("/"))
        .map(folder -> Path.of(folder, name))
        .filter(f -> Files.isRegularFile(f) && Files.isExecutable(f))
        .findFirst()
        .orElseThrow(() -> unreadable(profile, "names a program that is not in PATH"));
  }

  private static Problem unreadable(CliProfile profile, String why) {
    return CliProfile.problem(
        profile.name(),
        "its " + FIELD + " " + why,
        "aliyun configure --profile " + profile.name() + " --mode External");
  }

  private static Problem failed(CliProfile profile, String why) {
    return CliProfile.problem(
        profile.name(),
        "its " + FIELD + " " + why,
        "aliyun sts GetCallerIdentity --profile " + profile.name());
  }

  private static CliProfile printed(CliProfile profile, JsonObject json) {
    Map<String, String> fields = new HashMap<>();
    for (String field :
        List.of("access_key_id", "access_key_secret", "sts_token", "sts_expiration")) {
      String value = JsonFields.text(json, field);
      if (!value.isEmpty()) {
        fields.put(field, value);
      }
    }
    String mode = JsonFields.text(json, "mode");
    String known =
        mode.equalsIgnoreCase("AK") ? "AK" : mode.equalsIgnoreCase("StsToken") ? "StsToken" : "";
    CliProfile keys = new CliProfile(profile.name(), known, FIELD, fields);
    if (known.isEmpty()) {
      throw failed(profile, "printed JSON whose mode is neither AK nor StsToken");
    }
    if (keys.unusable() != null) {
      throw failed(profile, "printed JSON without the keys of mode " + known);
    }
    return keys;
  }

  /**
   * The words, split as the CLI splits them (source: aliyun/aliyun-cli, config/command_split.go,
   * 2026-07): blanks between them; a backslash before any character, in double quotes before {@code
   * " \\ $ `} and a line end only; nothing is special in single quotes.
   *
   * @return empty if a quote is open, or a backslash stands last
   */
  static Optional<List<String>> words(String command) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean begun = false;
    char quote = 0;
    for (int i = 0; i < command.length(); i++) {
      char c = command.charAt(i);
      if (quote == 0 && Character.isWhitespace(c)) {
        if (begun) {
          words.add(word.toString());
          word.setLength(0);
          begun = false;
        }
        continue;
      }
      begun = true;
      if (c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (c == '\\' && quote == 0 && i + 1 == command.length()) {
        return Optional.empty();
      } else if (c == '\\'
          && i + 1 < command.length()
          && (quote == 0 || (quote == '"' && "\"\\$`\n".indexOf(command.charAt(i + 1)) >= 0))) {
        word.append(command.charAt(++i));
      } else {
        word.append(c);
      }
    }
    if (quote != 0) {
      return Optional.empty();
    }
    if (begun) {
      words.add(word.toString());
    }
    return Optional.of(words);
  }
}
