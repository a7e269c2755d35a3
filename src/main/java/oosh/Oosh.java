package oosh;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import oosh.config.Config;
import oosh.config.ConfigFile;
import oosh.config.ConfigFolder;
import oosh.config.ShellOption;
import oosh.rollout.Interrupted;
import oosh.rollout.Problem;
import oosh.rollout.ProfileMark;
import oosh.rollout.cloud.Profile;
import oosh.sandbox.SandboxMain;
import oosh.shell.Background;
import oosh.shell.CtrlC;
import oosh.shell.FileName;
import oosh.shell.NonInteractiveShell;
import oosh.shell.Prompt;
import oosh.shell.Session;
import oosh.shell.Shell;
import oosh.shell.Verb;
import oosh.shell.line.InteractiveShell;
import oosh.shell.line.Pager;
import oosh.shell.line.TerminalScreen;
import oosh.shell.oneline.LoneVerb;
import oosh.shell.oneline.TypedPlace;
import oosh.shell.place.ContextDraft;
import oosh.shell.place.ContextOrigins;
import oosh.shell.place.ReadOnly;
import oosh.shell.screen.Screen;
import oosh.shell.screen.StreamScreen;
import oosh.shell.screen.TerminalFeatures;
import oosh.shell.syntax.StartFile;
import oosh.view.ProblemView;
import oosh.view.format.OutputForm;
import oosh.view.place.ProfileLabel;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import org.jline.terminal.Terminal;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * Main and wiring.
 *
 * <p>The prompt comes first: the terminal and the line editor are up before the shell is made
 * behind them.
 */
public final class Oosh {
  private Oosh() {}

  public static void main(String[] args) {
    Map<String, String> env = System.getenv();
    JvmHardening.apply(env);
    try {
      System.exit(run(args, env));
    } catch (LinkageError damaged) {
      // Not even an answer could be made.
      Problem p = Problem.damaged(damaged);
      System.err.println(p.what() + "\n  why   " + p.why() + "\n  next  " + p.next());
      System.exit(p.kind().exitStatus());
    }
  }

  static int run(String[] args, Map<String, String> env) {
    PrintWriter err = writer(System.err);
    try {
      if (args.length >= 2 && args[0].equals("sandbox") && args[1].equals("serve")) {
        return SandboxMain.serve(
            StateDirectory.of(env).createIfMissing().folder(),
            Arrays.copyOfRange(args, 2, args.length));
      }
      if (args.length > 0 && args[0].equals(TabWords.NAME)) {
        return TabWords.print(args, env);
      }
      Arguments typed = Arguments.of(args, env);
      if (typed.version()) {
        StandardOutput out = new StandardOutput();
        out.writer().println(Version.full());
        return out.ended(0, err);
      }
      Config config =
          typed.onlyHelp()
              ? Config.EMPTY
              : ConfigFile.read(env, ConfigFolder.of(env, FileName.home()));
      Arguments arguments = typed.or(config);
      StateDirectory home = StateDirectory.of(env).createIfMissing();
      boolean present = ConsolePrompt.present() && !ConsolePrompt.isCi(env);
      if (!present || !(arguments.interactive() || arguments.any(Verb::watches))) {
        return onStreams(home, config, arguments, env, present);
      }
      try (Terminal terminal = SystemTerminal.open()) {
        return arguments.interactive()
            ? interactive(terminal, home, config, arguments, env)
            : onTerminal(terminal, home, config, arguments, env);
      } catch (IOException e) {
        throw Problem.refused(
            "the terminal cannot be used", "it could not be opened", "oosh -c 'help'");
      }
    } catch (Problem | Interrupted thrown) {
      return said(Interrupted.problemOf(thrown), args, env, err);
    } catch (RuntimeException | LinkageError defect) {
      LogFile.defect("a defect", defect);
      return said(Problem.internal(defect, "what oosh --version prints"), args, env, err);
    }
  }

  /**
   * Says it before there is a shell, as JSON where the verb, or a line of {@code -c}, wants that.
   */
  private static int said(Problem p, String[] args, Map<String, String> env, PrintWriter err) {
    OutputForm form =
        Shell.formOf(
            Arrays.stream(args).flatMap(a -> Arrays.stream(a.split("[\\s;]+", -1))).toList());
    err.println(ProblemView.of(p, form, Style.plain(width(env))));
    err.flush();
    return p.kind().exitStatus();
  }

  /** The prompt, and behind it, on a thread of its own, the shell. */
  static int interactive(
      Terminal terminal,
      StateDirectory home,
      Config config,
      Arguments arguments,
      Map<String, String> env) {
    LiveBackends backends = new LiveBackends(home, config, env);
    Profile profile = backends.start(arguments.profile());
    ProfileMark mark = config.profiles().of(profile.name());
    Optional<StartFile> begin = StartFile.of(env, ConfigFolder.of(env, FileName.home()));
    CompletableFuture<Shell> shell = new CompletableFuture<>();
    InteractiveShell prompt =
        new InteractiveShell(
            terminal,
            home.ownFile("commands"),
            backends.profiles()::containsSecret,
            backends.editor(),
            () -> ready(shell));
    prompt.editBy(config.set().getOrDefault(ShellOption.KEYS, ShellOption.KEYS.usual()));
    if (!colour(env, terminal)) {
      prompt.withoutColour();
    }
    TerminalScreen screen =
        new TerminalScreen(
            terminal, colour(env, terminal), prompt::ask, prompt::askSecret, prompt::above);
    screen.pageWith(new Pager(terminal, env.get("PAGER"), prompt::pages));
    terminal
        .writer()
        .println(
            screen
                .style()
                .wrapped(
                    banner(
                        profile,
                        ProfileLabel.of(profile.name(), mark, arguments.readOnly(), screen.style()),
                        arguments.profile() == null,
                        backends.configFile())));
    terminal.writer().println("type 'use group ' and Tab, or 'help'\n");
    terminal.flush();
    Background.run(
        "wiring",
        () -> {
          try {
            Shell made = shell(home, backends, screen, profile, arguments, env);
            begin.ifPresent(file -> file.run(made, arguments.placed()));
            shell.complete(made);
            prompt.ready(shell.join());
            shell.join().warm();
          } catch (RuntimeException | LinkageError e) {
            shell.completeExceptionally(e);
          }
        });
    try {
      if (arguments.resume()) {
        Session session = ready(shell).session();
        ContextDraft.offer(session);
        return prompt.run(Prompt.of(session));
      }
      return prompt.run(
          begin.isPresent()
              ? StartFile.PROMPT
              : Prompt.of(
                  profile.name(),
                  Session.regionOf(profile, arguments.region()),
                  arguments.group(),
                  mark,
                  arguments.readOnly(),
                  screen.style()));
    } finally {
      screen.clearAlert();
      backends.close();
    }
  }

  /** The shell, once it is made; what has kept it from that, or Ctrl-C. */
  private static Shell ready(CompletableFuture<Shell> shell) {
    try {
      return shell.get();
    } catch (InterruptedException e) {
      throw Interrupted.of("stopped", "Ctrl-C before oosh was ready", "try again");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e);
    }
  }

  private static Shell shell(
      StateDirectory home,
      LiveBackends backends,
      Screen screen,
      Profile profile,
      Arguments arguments,
      Map<String, String> env) {
    LogFile.open(home, backends.profiles()::masked);
    backends.journalTells(screen::printAbovePrompt);
    if (arguments.interactive() || arguments.any(Verb::readsJournal)) {
      backends.openJournal();
      backends.deliverNotices();
    }
    Session session = new Session(backends, screen, profile, arguments.region(), arguments.group());
    ContextOrigins.of(session).begin(arguments.origins(), profile);
    TypedPlace.of(session).begin(arguments.typedPlace());
    if (arguments.readOnly()) {
      ReadOnly.turnOn(session);
    }
    screen.use(TerminalFeatures.of(env), session::context);
    SystemTerminal.leaveAtEnd(screen);
    return new Shell(session, arguments.answering());
  }

  /** A command that watches, at a terminal: painted and with its keys, as in the shell. */
  private static int onTerminal(
      Terminal terminal,
      StateDirectory home,
      Config config,
      Arguments arguments,
      Map<String, String> env) {
    try (LiveBackends backends = new LiveBackends(home, config, env)) {
      InteractiveShell editor =
          new InteractiveShell(
              terminal,
              home.ownFile("commands"),
              backends.profiles()::containsSecret,
              backends.editor(),
              () -> {
                throw new IllegalStateException("nothing is typed here but answers");
              });
      TerminalScreen screen =
          new TerminalScreen(
              terminal,
              colour(env, terminal),
              editor::ask,
              editor::askSecret,
              terminal.writer()::println);
      CtrlC.ofOneCommand().at(terminal);
      try {
        return command(
            shell(home, backends, screen, backends.start(arguments.profile()), arguments, env),
            arguments);
      } finally {
        screen.clearAlert();
        terminal.flush();
      }
    }
  }

  private static int onStreams(
      StateDirectory home,
      Config config,
      Arguments arguments,
      Map<String, String> env,
      boolean present) {
    if (arguments.resume()) {
      throw Arguments.onlyAtThePrompt();
    }
    StandardOutput out = new StandardOutput();
    PrintWriter notes = writer(System.err);
    Function<String, @Nullable String> keyboard = q -> ConsolePrompt.ask(q, notes);
    Function<String, @Nullable String> secrets =
        ConsolePrompt.types() && !ConsolePrompt.isCi(env)
            ? q -> ConsolePrompt.askSecret(q, notes)
            : q -> ConsolePrompt.line();
    StreamScreen screen =
        new StreamScreen(
            out.writer(),
            notes,
            () -> width(env),
            present && colour(env, null),
            present ? keyboard : null,
            // Where nothing else says what to do, standard input holds the commands.
            arguments.interactive() ? null : secrets);
    CtrlC ctrlC = CtrlC.ofOneCommand();
    try (LiveBackends backends = new LiveBackends(home, config, env)) {
      Shell shell =
          shell(home, backends, screen, backends.start(arguments.profile()), arguments, env);
      // Behind the first look at the journal: until here Ctrl-C ends the process by itself.
      Signals.register("INT", ctrlC::press);
      int status =
          !arguments.interactive()
              ? command(shell, arguments)
              : ConsolePrompt.types() && !ConsolePrompt.isCi(env)
                  ? typed(shell, notes)
                  : new NonInteractiveShell(shell).lines(System.in);
      notes.flush();
      return out.ended(ctrlC.wasPressed() ? Problem.Kind.INTERRUPTED.exitStatus() : status, notes);
    } catch (InterruptedException e) {
      notes.println("stopped");
      return Problem.Kind.INTERRUPTED.exitStatus();
    }
  }

  private static int command(Shell shell, Arguments arguments) {
    if (arguments.line() != null) {
      return new NonInteractiveShell(shell).line(arguments.line());
    }
    int status = shell.run(arguments.words());
    // Nothing is staged that it could take back, which it has refused.
    if (status == 0 || (status == 1 && arguments.words().get(0).equals("unstage"))) {
      Session session = shell.session();
      LoneVerb.sentence(shell, arguments.words(), arguments.place())
          .ifPresent(s -> session.note(session.masked(s)));
    }
    return status;
  }

  /** {@code ./oosh | tee log}: a person types, and the answers go elsewhere. */
  private static int typed(Shell shell, PrintWriter notes) throws InterruptedException {
    notes.println(
        "no prompt, for standard output is not a terminal: each line is run as it is typed, Ctrl-D"
            + " ends");
    return new NonInteractiveShell(shell).typed(System.in);
  }

  /*
   * oosh 0.2.0 · profile prod-eu [production, read-only]
   * oosh 0.2.0 · profile sandbox (nothing leaves this machine)
   * oosh 0.2.0 · profile sandbox (no credentials in /home/ann/.aliyun/config.json: nothing leaves this machine)
   * oosh 0.2.0 · profile foo, which cannot be used: no profile is called "foo": …
   */
  private static String banner(
      Profile profile, String label, boolean fallback, @Nullable Path config) {
    String begun = Version.brief() + " · profile " + label;
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

  private static boolean colour(Map<String, String> env, @Nullable Terminal terminal) {
    return env.getOrDefault("NO_COLOR", "").isEmpty()
        && !Terminal.TYPE_DUMB.equals(terminal == null ? env.get("TERM") : terminal.getType());
  }

  /**
   * Of a terminal {@code COLUMNS} where it is set, else its own width, or 80 if it has none. A pipe
   * or a file has no edge: a record is one line there.
   */
  private static int width(Map<String, String> env) {
    OptionalInt terminal = ConsolePrompt.columns();
    if (terminal.isEmpty() || ConsolePrompt.isCi(env)) {
      return Style.ENDLESS;
    }
    int own = terminal.getAsInt() > 0 ? terminal.getAsInt() : 80;
    try {
      return Math.max(20, Integer.parseInt(env.getOrDefault("COLUMNS", String.valueOf(own))));
    } catch (NumberFormatException e) {
      return own;
    }
  }

  private static PrintWriter writer(OutputStream to) {
    return new PrintWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8), true);
  }
}
