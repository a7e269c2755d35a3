package oosh;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Profile;
import oosh.sandbox.SandboxMain;
import oosh.shell.Backends;
import oosh.shell.Background;
import oosh.shell.CtrlC;
import oosh.shell.NonInteractiveShell;
import oosh.shell.Prompt;
import oosh.shell.Session;
import oosh.shell.Shell;
import oosh.shell.line.InteractiveShell;
import oosh.shell.line.TerminalScreen;
import oosh.shell.screen.Screen;
import oosh.shell.screen.StreamScreen;
import oosh.view.ProblemView;
import oosh.view.json.JsonOutput;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import org.jline.terminal.Terminal;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;

/**
 * Main and wiring.
 *
 * <p>The prompt comes first: the terminal and the line editor are up before Spring is refreshed
 * behind them.
 */
public final class Oosh {
  static final String VERSION = "0.1.0";

  private Oosh() {}

  public static void main(String[] args) {
    Map<String, String> env = System.getenv();
    JvmHardening.apply(env);
    System.exit(run(args, env));
  }

  static int run(String[] args, Map<String, String> env) {
    PrintWriter err = writer(System.err);
    try {
      if (args.length >= 2 && args[0].equals("sandbox") && args[1].equals("serve")) {
        QuitKey.off();
        return SandboxMain.serve(
            StateDirectory.of(env).createIfMissing().folder(),
            Arrays.copyOfRange(args, 2, args.length));
      }
      if (args.length == 1 && args[0].equals("--train")) {
        return new Training(Oosh::interactive, Oosh::wired).run(env);
      }
      Arguments arguments = Arguments.of(args, env);
      if (arguments.version()) {
        StandardOutput out = new StandardOutput();
        out.writer().println("oosh " + VERSION);
        return out.ended(0, err);
      }
      StateDirectory home = StateDirectory.of(env).createIfMissing();
      boolean present = ConsolePrompt.present();
      if (arguments.interactive(present)) {
        return interactive(home, arguments, env);
      }
      return present && arguments.watches()
          ? live(home, arguments, env)
          : batch(home, arguments, env);
    } catch (Problem | Interrupted thrown) {
      return said(Interrupted.problemOf(thrown), args, env, err);
    } catch (RuntimeException | LinkageError defect) {
      LogFile.defect("a defect", defect);
      return said(Problem.internal(defect, "what ./oosh --version prints"), args, env, err);
    }
  }

  /**
   * Says it before there is a shell, as JSON where the verb, or a line of {@code -c}, wants that.
   */
  private static int said(Problem p, String[] args, Map<String, String> env, PrintWriter err) {
    boolean json =
        Shell.asksForJson(
            Arrays.stream(args).flatMap(a -> Arrays.stream(a.split("[\\s;]+", -1))).toList());
    err.println(
        json
            ? JsonOutput.document(ProblemView.json(p))
            : ProblemView.text(p, Style.plain(width(env))));
    err.flush();
    return p.kind().exitStatus();
  }

  private static int interactive(
      StateDirectory home, Arguments arguments, Map<String, String> env) {
    try (Terminal terminal = SystemTerminal.open()) {
      return interactive(terminal, home, arguments, env, true);
    } catch (IOException e) {
      throw noTerminal();
    }
  }

  private static Problem noTerminal() {
    return Problem.refused(
        "the terminal cannot be used", "it could not be opened", "./oosh -c 'help'");
  }

  /** One command at a terminal that is watched as in the shell: painted, with its keys. */
  private static int live(StateDirectory home, Arguments arguments, Map<String, String> env) {
    try (Terminal terminal = SystemTerminal.open();
        LiveBackends setting = new LiveBackends(home, env)) {
      LogFile.open(home, setting.profiles()::masked);
      setting.openJournal(
          line -> {
            terminal.writer().println(line);
            terminal.flush();
          });
      InteractiveShell editor =
          new InteractiveShell(
              terminal,
              home.ownFile("commands"),
              setting.profiles()::containsSecret,
              () -> {
                throw new IllegalStateException("nothing is typed here but answers");
              });
      TerminalScreen screen =
          new TerminalScreen(
              terminal,
              colour(env) && !Terminal.TYPE_DUMB.equals(terminal.getType()),
              editor::ask,
              terminal.writer()::println);
      CtrlC.ofOneCommand(() -> {}).at(terminal);
      Shell shell = wired(setting, screen, setting.start(arguments.profile()), arguments);
      try {
        return arguments.line() != null
            ? new NonInteractiveShell(shell).line(arguments.line())
            : shell.run(arguments.words());
      } finally {
        screen.clearAlert();
        terminal.flush();
      }
    } catch (IOException e) {
      throw noTerminal();
    }
  }

  /**
   * @param warms whether to read ahead of what will be asked, behind the prompt
   */
  static int interactive(
      Terminal terminal,
      StateDirectory home,
      Arguments arguments,
      Map<String, String> env,
      boolean warms) {
    LiveBackends setting = new LiveBackends(home, env);
    Profile profile = setting.start(arguments.profile());
    CompletableFuture<Shell> shell = new CompletableFuture<>();
    InteractiveShell prompt =
        new InteractiveShell(
            terminal,
            home.ownFile("commands"),
            setting.profiles()::containsSecret,
            () -> ready(shell));
    boolean colour = colour(env) && !Terminal.TYPE_DUMB.equals(terminal.getType());
    TerminalScreen screen = new TerminalScreen(terminal, colour, prompt::ask, prompt::above);
    terminal
        .writer()
        .println(
            screen
                .style()
                .wrapped(banner(profile, arguments.profile() == null, setting.configFile())));
    terminal.writer().println("type 'use group ' and Tab, or 'help'\n");
    terminal.flush();
    Background.run(
        "wiring", () -> wire(home, setting, screen, profile, arguments, warms, shell, prompt));
    try {
      return prompt.run(Prompt.of(profile.name(), Session.regionOf(profile, arguments.region())));
    } finally {
      screen.clearAlert();
      setting.close();
    }
  }

  private static void wire(
      StateDirectory home,
      LiveBackends setting,
      Screen screen,
      Profile profile,
      Arguments arguments,
      boolean warms,
      CompletableFuture<Shell> shell,
      InteractiveShell prompt) {
    try {
      LogFile.open(home, setting.profiles()::masked);
      setting.openJournal(screen::printAbovePrompt);
      Shell wired = wired(setting, screen, profile, arguments);
      shell.complete(wired);
      prompt.readHistory();
      if (warms) {
        wired.warm();
      }
    } catch (RuntimeException | Error e) {
      shell.completeExceptionally(e);
      if (e instanceof Error error) {
        throw error;
      }
    }
  }

  /** The shell, once it is wired; the trouble, if it could not be, or on an interrupt. */
  private static Shell ready(CompletableFuture<Shell> shell) {
    try {
      return shell.get();
    } catch (InterruptedException e) {
      throw Interrupted.of("stopped", "Ctrl-C before oosh was ready", "try again");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Problem p) {
        throw p;
      }
      if (e.getCause() instanceof Interrupted stopped) {
        throw stopped;
      }
      throw Problem.refused(
          "oosh could not start",
          e.getCause() == null ? "unknown" : e.getCause().getClass().getSimpleName(),
          Problem.report("what ./oosh --version prints"));
    }
  }

  /**
   * Spring holds the parts together, each named here: nothing is found by scanning, and nothing of
   * Spring Boot's or Spring Shell's own configuration runs. It is the bean factory alone: an
   * application context around it brings messages in all languages, events and property editors,
   * which nothing here asks for and every start would wait for.
   */
  static Shell wired(Backends setting, Screen screen, Profile profile, Arguments arguments) {
    DefaultListableBeanFactory parts = new DefaultListableBeanFactory();
    parts.registerSingleton("setting", setting);
    parts.registerBeanDefinition(
        "session",
        new RootBeanDefinition(
            Session.class,
            () ->
                new Session(
                    parts.getBean(Backends.class),
                    screen,
                    profile,
                    arguments.region(),
                    arguments.group())));
    parts.registerBeanDefinition(
        "shell",
        new RootBeanDefinition(Shell.class, () -> new Shell(parts.getBean(Session.class))));
    return parts.getBean(Shell.class);
  }

  private static int batch(StateDirectory home, Arguments arguments, Map<String, String> env) {
    StandardOutput out = new StandardOutput();
    PrintWriter notes = writer(System.err);
    boolean present = ConsolePrompt.present();
    Function<String, @Nullable String> keyboard = q -> ConsolePrompt.ask(q, notes);
    StreamScreen screen =
        new StreamScreen(
            out.writer(),
            notes,
            () -> width(env),
            present && colour(env),
            present ? keyboard : null);
    QuitKey quit = QuitKey.off();
    CtrlC ctrlC =
        CtrlC.ofOneCommand(
            () -> {
              if (quit != null) {
                quit.back();
              }
            });
    Signals.register("INT", ctrlC::press);
    try (LiveBackends setting = new LiveBackends(home, env)) {
      LogFile.open(home, setting.profiles()::masked);
      setting.tells(screen::printAbovePrompt);
      if (arguments.journalIsRead()) {
        setting.openJournal(screen::printAbovePrompt);
      }
      Profile profile = setting.start(arguments.profile());
      Shell shell = wired(setting, screen, profile, arguments);
      int status =
          arguments.line() != null
              ? new NonInteractiveShell(shell).line(arguments.line())
              : !arguments.words().isEmpty()
                  ? shell.run(arguments.words())
                  : ConsolePrompt.types()
                      ? typed(shell, notes)
                      : new NonInteractiveShell(shell).lines(System.in);
      notes.flush();
      return out.ended(ctrlC.wasPressed() ? Problem.Kind.INTERRUPTED.exitStatus() : status, notes);
    } catch (InterruptedException e) {
      notes.println("stopped");
      return Problem.Kind.INTERRUPTED.exitStatus();
    }
  }

  /** {@code ./oosh | tee log}: a person types, and the answers go elsewhere. */
  private static int typed(Shell shell, PrintWriter notes) throws InterruptedException {
    notes.println(
        "no prompt, for standard output is not a terminal: each line is run as it is typed, Ctrl-D"
            + " ends");
    return new NonInteractiveShell(shell).typed(System.in);
  }

  /*
   * oosh 0.1.0 · profile production
   * oosh 0.1.0 · profile sandbox (nothing leaves this machine)
   * oosh 0.1.0 · profile sandbox (no credentials in /home/ann/.aliyun/config.json: nothing leaves this machine)
   * oosh 0.1.0 · profile foo, which cannot be used: no profile is called "foo": …
   */
  private static String banner(Profile profile, boolean fallback, @Nullable Path config) {
    String begun = "oosh " + VERSION + " · profile " + TextSanitizer.line(profile.name());
    String unusable = profile.unusable();
    if (unusable != null) {
      return begun + ", which cannot be used: " + TextSanitizer.line(unusable);
    }
    return begun
        + (!profile.isSandbox()
            ? ""
            : !fallback
                ? " (nothing leaves this machine)"
                : " (no credentials "
                    + (config == null ? "found" : "in " + TextSanitizer.line(config.toString()))
                    + ": nothing leaves this machine)");
  }

  private static boolean colour(Map<String, String> env) {
    return env.getOrDefault("NO_COLOR", "").isEmpty() && !"dumb".equals(env.get("TERM"));
  }

  /**
   * Of a terminal {@code COLUMNS} where it is set, else its own width, or 80 if it has none. A pipe
   * or a file has no edge: a record is one line there.
   */
  private static int width(Map<String, String> env) {
    OptionalInt terminal = ConsolePrompt.columns();
    if (terminal.isEmpty()) {
      return Style.ENDLESS;
    }
    int own = terminal.getAsInt() > 0 ? terminal.getAsInt() : 80;
    try {
      return Math.max(20, Integer.parseInt(env.getOrDefault("COLUMNS", String.valueOf(own))));
    } catch (NumberFormatException e) {
      return own;
    }
  }

  private static PrintWriter writer(java.io.OutputStream to) {
    return new PrintWriter(new java.io.OutputStreamWriter(to, StandardCharsets.UTF_8), true);
  }
}
