package oosh.shell.verbs.staging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oosh.rollout.Problem;
import oosh.rollout.Warning;
import oosh.rollout.update.Gate;
import oosh.rollout.update.Script;
import oosh.rollout.update.UpdateSpec;
import oosh.shell.Session;
import oosh.shell.SessionFile;
import oosh.shell.screen.BoundedReader;
import oosh.shell.syntax.HereText;
import org.jspecify.annotations.Nullable;

/** A file that is staged, as it is at that moment. */
public final class StagedFileReader {
  /** Enough to say how much too long it is, and no more: it may be a disk image. */
  static final int LIMIT = 1024 * 1024;

  private StagedFileReader() {}

  /** A snapshot of a script. */
  static Script script(Session session, String role, String name) throws InterruptedException {
    byte[] content = bytes(session, role, name);
    Optional<HereText> here = HereText.named(session, name);
    if (here.isPresent()) {
      session.files().remove(role);
      return Script.of(here.get().mark(), content);
    }
    if (name.equals("-")) {
      session.files().remove(role);
      return Script.of(name, content);
    }
    Path file = SessionFile.file(name);
    Script script = Script.of(String.valueOf(file.getFileName()), content);
    session.files().put(role, file.toAbsolutePath());
    return script;
  }

  /** What a probe's script is staged for. */
  static String gateRole(String name) {
    return "gate script " + name;
  }

  private static String role(String role) {
    return role.equals("container") ? "configuration" : "script";
  }

  /**
   * The file's bytes, at most one more than {@link #LIMIT}; {@code -} is standard input.
   *
   * @param role what it is staged for, as {@code stage} calls it
   */
  static byte[] bytes(Session session, String role, String name) throws InterruptedException {
    Optional<HereText> here = HereText.named(session, name);
    if (here.isPresent()) {
      byte[] text = here.get().text().getBytes(StandardCharsets.UTF_8);
      return Arrays.copyOf(text, Math.min(text.length, LIMIT + 1));
    }
    if (name.equals("-")) {
      if (session.screen().repaints()) {
        throw Problem.usage(
            "cannot read a " + role(role) + " from the keyboard",
            "- means standard input, which is this terminal",
            "stage " + role + " FILE");
      }
      try {
        return BoundedReader.of(System.in, LIMIT);
      } catch (IOException e) {
        throw Problem.refused("cannot read standard input", "it ended early", "stage a file");
      }
    }
    return BoundedReader.named(
        SessionFile.file(name),
        name,
        "stage",
        "stage " + role + " (Tab lists files)",
        LIMIT,
        BoundedReader.LONGEST);
  }

  /** By the name of each staged script, what became of its file since; without those unchanged. */
  public static Map<String, String> changed(Session session) {
    Map<String, String> notes = new LinkedHashMap<>();
    forEachChanged(session, (role, script, change) -> notes.put(script.name(), change));
    return notes;
  }

  /** That a file is another than the script that was staged from it. */
  public static List<Warning> warnings(Session session, UpdateSpec spec) {
    List<Warning> warnings = new ArrayList<>();
    forEachChanged(
        session,
        (role, script, change) -> {
          if (spec.scripts().contains(script)) {
            warnings.add(
                new Warning(
                    Warning.Code.FILE_CHANGED,
                    script.name() + " as it was staged runs: " + change.replaceFirst(";.*", ""),
                    "stage "
                        + role.replaceFirst("^(gate script) .*", "$1")
                        + " "
                        + session.files().get(role)));
          }
        });
    return warnings;
  }

  private interface ChangeReader {
    void accept(String role, Script script, String change);
  }

  private static void forEachChanged(Session session, ChangeReader reader) {
    readChange(session, "script", session.staging().script(), reader);
    readChange(session, "rollback", session.staging().rollbackScript(), reader);
    for (Gate gate : session.staging().gates().gates()) {
      readChange(session, gateRole(gate.subject()), gate.script(), reader);
    }
  }

  private static void readChange(
      Session session, String role, @Nullable Script script, ChangeReader reader) {
    Path file = session.files().get(role);
    if (script == null || file == null) {
      return;
    }
    try {
      if (Files.size(file) != script.bytes() || !Files.readString(file).equals(script.text())) {
        reader.accept(role, script, "the file has changed since; stage it again to take it");
      }
    } catch (IOException e) {
      reader.accept(role, script, "the file is gone or unreadable; the snapshot is kept");
    }
  }
}
