package oosh.shell.verbs.wave;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import oosh.config.YamlValue.Place;
import oosh.rollout.update.Gate;
import oosh.shell.CommandInput;
import oosh.shell.Verb;
import org.jspecify.annotations.Nullable;

/**
 * The files that a rollout file names: they lie in its folder or below it, so that the folder can
 * be given to somebody else, and a file names nothing else of this machine.
 */
record FolderFiles(Path folder, FileMistakes mistakes) {
  /** A line of a staging verb with its files as this process finds them. */
  CommandInput found(CommandInput line, Place at) {
    Verb verb = (Verb) line.verb();
    List<String> arguments = new ArrayList<>(line.arguments());
    for (int i = 0; i < arguments.size(); i++) {
      if (isFile(verb, arguments, i)) {
        arguments.set(i, file(arguments.get(i), at));
      }
    }
    Map<String, String> options = new LinkedHashMap<>(line.options());
    options.replaceAll(
        (name, value) -> isFile(verb.flag(name).orElseThrow().value()) ? file(value, at) : value);
    return new CommandInput(verb, arguments, options);
  }

  private static boolean isFile(Verb verb, List<String> arguments, int index) {
    List<Verb.Argument> declared = verb.arguments();
    String name = declared.get(Math.min(index, declared.size() - 1)).name();
    // What a gate asks is a file where it is a script alone.
    return isFile(name)
        || (name.contains("|FILE|") && arguments.get(0).equals(Gate.Kind.SCRIPT.word()));
  }

  private static boolean isFile(@Nullable String name) {
    return name != null && (name.equals("FILE") || name.equals("JSON-FILE"));
  }

  /** Whether a name with blanks in it is the name of a file there. */
  boolean has(String name) {
    try {
      return Files.exists(folder.resolve(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private String file(String name, Place at) {
    String rule = "a rollout file names files of its own folder and below it, with / between names";
    Path path;
    try {
      path = Path.of(name);
    } catch (InvalidPathException e) {
      throw mistakes.of(at, "\"" + name + "\" is not a valid file name");
    }
    if (path.isAbsolute() || name.startsWith("~")) {
      throw mistakes.of(at, "\"" + name + "\" is not in the folder of the file: " + rule);
    }
    if (name.equals("-") || name.startsWith("<<")) {
      throw mistakes.of(at, "\"" + name + "\" is not a file: " + rule);
    }
    for (Path part : path) {
      if (part.toString().equals("..")) {
        throw mistakes.of(at, "\"" + name + "\" has .. in it: " + rule);
      }
    }
    Path file = folder.resolve(path);
    try {
      if (!file.toRealPath().startsWith(folder.toRealPath())) {
        throw mistakes.of(at, "\"" + name + "\" is a link that leads out of the folder: " + rule);
      }
      if (!Files.isRegularFile(file)) {
        throw mistakes.of(at, "\"" + name + "\" is not a regular file");
      }
    } catch (IOException e) {
      throw mistakes.of(
          at,
          Files.exists(file)
              ? "\"" + name + "\" cannot be opened"
              : "there is no file \"" + name + "\" in the folder of the rollout file");
    }
    return file.toString();
  }
}
