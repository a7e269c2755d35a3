package oosh;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import oosh.config.Config;
import oosh.config.ConfigFile;
import oosh.config.ConfigFolder;
import oosh.shell.FileName;
import oosh.shell.Session;
import oosh.shell.Shell;
import oosh.shell.outside.OutsideWords;
import oosh.shell.screen.StreamScreen;

/**
 * {@code oosh __complete WORD… TYPED}: what a completion script in the user's shell asks for, while
 * that waits with a key pressed. It prints what Tab offers, as {@link OutsideWords} has it, or
 * nothing; it never fails, starts, makes or changes anything, and asks no network.
 */
final class TabWords {
  /** What no verb is called, and no person types; other programs of this kind have it, too. */
  static final String NAME = "__complete";

  /** The longest that the user's shell waits, whatever disk or lock is slow. */
  private static final long LONGEST_MS = 3000;

  private static final int COLUMNS = 100;

  private TabWords() {}

  /**
   * @param args {@link #NAME}, the words of the line behind the program's name, and what is typed
   *     of the word that Tab is to complete
   * @return 0
   */
  static int print(String[] args, Map<String, String> env) {
    CompletableFuture<Void> end =
        CompletableFuture.runAsync(
            () -> Runtime.getRuntime().halt(0),
            CompletableFuture.delayedExecutor(LONGEST_MS, TimeUnit.MILLISECONDS));
    // What cannot be read is no word on the user's line.
    Logger.getLogger("oosh").setLevel(Level.OFF);
    StandardOutput out = new StandardOutput();
    if (args.length >= 2) {
      List<String> words = Arrays.asList(args).subList(1, args.length - 1);
      out.writer().print(words(words, args[args.length - 1], env));
    }
    out.ended(0, new PrintWriter(Writer.nullWriter()));
    // The run that makes the class archive goes on.
    end.cancel(false);
    return 0;
  }

  /**
   * The answer, as {@link OutsideWords#text} has it.
   *
   * @param typed what there is of the word behind those before
   */
  static String words(List<String> before, String typed, Map<String, String> env) {
    try {
      Config config = ConfigFile.read(env, ConfigFolder.of(env, FileName.home()));
      OutsideWords.Line line = OutsideWords.line(before);
      Arguments arguments = Arguments.of(line.words().toArray(String[]::new), env).or(config);
      PrintWriter nowhere = new PrintWriter(Writer.nullWriter(), false);
      try (GlanceBackends backends =
          new GlanceBackends(StateDirectory.of(env).folder(), config, env)) {
        if (!line.option().equals("profile") && !line.option().equals("region")) {
          backends.openJournal();
        }
        StreamScreen screen = new StreamScreen(nowhere, nowhere, () -> COLUMNS, false, null);
        Session session =
            new Session(
                backends,
                screen,
                arguments.profile() == null
                    ? backends.profiles().preferred()
                    : backends.profiles().named(arguments.profile()),
                arguments.region(),
                arguments.group());
        return OutsideWords.text(new Shell(session), arguments.words(), line.option(), typed);
      }
    } catch (RuntimeException | LinkageError silent) {
      // Tab is no place for an error; the command itself will say it.
      return "";
    }
  }
}
