package oosh.shell.verbs.wave;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import oosh.rollout.Problem;
import oosh.rollout.update.Context;
import oosh.rollout.update.Gate;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateMethod;
import oosh.rollout.update.UpdateSpec;
import oosh.shell.Answer;
import oosh.shell.CommandInput;
import oosh.shell.Session;
import oosh.shell.SessionFile;
import oosh.shell.WholeFile;
import oosh.shell.verbs.planning.SecretCheck;
import org.jspecify.annotations.Nullable;

/*
 * # plan web.yaml shows what this would do, launch web.yaml does it.
 * script: deploy.sh
 * rollback: undo.sh
 * batch: 3
 * gates:
 *   - {http: "8080/health", within: 5m}
 *
 * # One wave after the other; add at-once, bake and hours as you need them.
 * waves:
 *   - {region: cn-hangzhou, group: asg-bp1web}
 */
/** {@code show --as-file}: what is staged, and the chosen group, as a rollout file. */
public final class RolloutFileWriter {
  private RolloutFileWriter() {}

  /**
   * Prints the file, or writes it where the line names one.
   *
   * @throws Problem REFUSED for a script whose file is not in the folder of the rollout file
   */
  public static int show(Session session, CommandInput in) {
    Optional<String> name = in.argument(0);
    Path file = SessionFile.file(name.orElse("rollout.yaml")).toAbsolutePath().normalize();
    Path folder = Objects.requireNonNull(file.getParent(), file + " is a root");
    String text = text(session, String.valueOf(file.getFileName()), folder);
    if (name.isEmpty()) {
      return Answer.print(
          session, in, () -> Map.of("message", text), style -> text.stripTrailing());
    }
    if (!session.isChecked()) {
      write(name.get(), file, text);
    }
    return Answer.message(session, in, "%s is written: plan %s shows it", name.get(), name.get());
  }

  private static void write(String name, Path file, String text) {
    try (WholeFile whole = WholeFile.begin(file)) {
      whole.line(text.stripTrailing());
      whole.finish();
    } catch (FileAlreadyExistsException e) {
      throw Problem.refused(
          "cannot write " + name, "the file is there already", "show --as-file another.yaml");
    } catch (IOException e) {
      throw Problem.refused(
          "cannot write " + name,
          "it cannot be written to its end; is the disk full, or the folder not yours?",
          "show --as-file /another/folder/web.yaml");
    }
  }

  private static String text(Session session, String name, Path folder) {
    UpdateSpec spec = session.staging();
    Context at = session.context();
    if (spec.count() == 0) {
      throw Problem.refused(
          "there is nothing to write",
          "nothing is staged",
          "stage script FILE, then show --as-file");
    }
    StagedWords words =
        new StagedWords(
            spec, (role, script) -> file(session.files().get(role), role, script, folder));
    List<String> lines = new ArrayList<>();
    lines.add("# plan " + name + " shows what this would do, launch " + name + " does it.");
    if (!at.method().equals(UpdateMethod.RUN_SCRIPT)) {
      lines.add("method: " + YamlWord.of(at.method().word(), false));
    }
    for (String key : StagedKeys.KEYS) {
      String value = words.of(key);
      if (key.equals(StagedKeys.GATES) && !spec.gates().gates().isEmpty()) {
        lines.add(key + ":");
        for (Gate gate : spec.gates().gates()) {
          lines.add("  - " + words.gate(gate));
        }
      } else if (key.equals(StagedKeys.SET) && !spec.parametersWithoutVerb().isEmpty()) {
        lines.add(key + ":");
        spec.parametersWithoutVerb()
            .forEach(
                (parameter, v) ->
                    lines.add(
                        "  "
                            + YamlWord.of(parameter, false)
                            + ": "
                            + YamlWord.of(StagedWords.parameter(v), false)));
      } else if (!value.isEmpty()) {
        lines.add(key + ": " + YamlWord.of(value, false));
      }
    }
    lines.add("");
    lines.add("# One wave after the other; add at-once, bake and hours as you need them.");
    lines.add(RolloutFileReader.WAVES + ":");
    lines.add(
        "  - {region: "
            + YamlWord.of(at.region(), true)
            + ", group: "
            + YamlWord.of(at.needGroup(), true)
            + "}");
    String text = String.join("\n", lines) + "\n";
    SecretCheck.require(
        session, spec, text, "a file", "cannot show it as a file", "launch with what is staged");
    return text;
  }

  /** The file of a script as the rollout file names it. */
  private static String file(@Nullable Path staged, String role, Script script, Path folder) {
    String what = "cannot show it as a file";
    if (staged == null) {
      throw Problem.refused(
          what,
          script.name() + " was not staged from a file that this shell knows",
          role.equals("container")
              ? "unstage container, then write the key container into the file"
              : "write it to a file below "
                  + folder
                  + ", then stage "
                  + role.replaceFirst("^(gate script) .*", "$1")
                  + " FILE");
    }
    Path path = staged.toAbsolutePath().normalize();
    try {
      if (!path.startsWith(folder) || !path.toRealPath().startsWith(folder.toRealPath())) {
        throw Problem.refused(
            what,
            path + " is not in " + folder + " or below, where a rollout file has its scripts",
            "show --as-file "
                + Objects.requireNonNullElse(path.getParent(), path)
                + "/rollout.yaml");
      }
      if (!Files.readString(path).equals(script.text())) {
        throw changed(path);
      }
    } catch (IOException e) {
      throw changed(path);
    }
    String name = folder.relativize(path).toString();
    return name.matches("[-~<].*") ? "./" + name : name;
  }

  private static Problem changed(Path path) {
    return Problem.refused(
        "cannot show it as a file",
        path + " is not as it was staged: it has changed, or is gone",
        "stage it again, then show --as-file");
  }
}
