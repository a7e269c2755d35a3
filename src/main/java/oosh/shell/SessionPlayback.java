package oosh.shell;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import oosh.rollout.Problem;
import oosh.rollout.cloud.Profile;
import oosh.rollout.update.Context;
import org.jspecify.annotations.Nullable;

/**
 * A session file that is being played, and what a person lets it do: a stranger's file may not
 * change anything on a real profile unseen, nor write a file. A file that plays another lends it
 * its own yes; what a file says itself, {@code run -y} included, is no yes of a person's.
 */
public final class SessionPlayback {
  private final Path file;
  private final @Nullable SessionPlayback outer;
  private final boolean check;
  private final boolean everything;
  private final boolean shell;
  private final Set<String> profiles = new HashSet<>();

  private SessionPlayback(
      Path file,
      @Nullable SessionPlayback outer,
      boolean check,
      boolean everything,
      boolean shell) {
    this.file = file;
    this.outer = outer;
    this.check = check;
    this.everything = everything;
    this.shell = shell;
  }

  /**
   * The file, played from there.
   *
   * @param outer the file that plays it; null where a person does
   * @param yes whether {@code -y} was given with it
   * @param shell whether {@code --allow-shell} was given with it
   * @throws Problem if it is being played already, or checks while it is checked, or a file allows
   *     itself what only a person can allow
   */
  public static SessionPlayback of(
      Path file, @Nullable SessionPlayback outer, boolean check, boolean yes, boolean shell) {
    if (outer != null && shell) {
      throw Problem.refused(
          "cannot run " + file,
          "a session file cannot say --allow-shell; what runs that file can",
          "remove --allow-shell from " + outer.file);
    }
    Path real = file.toAbsolutePath().normalize();
    for (SessionPlayback p = outer; p != null; p = p.outer) {
      if (p.file.equals(real) || (check && p.check)) {
        throw Problem.refused(
            "cannot run " + file,
            p.file.equals(real) ? "it is being played already" : "a check does not check another",
            "remove that line from " + Objects.requireNonNull(outer).file);
      }
    }
    SessionPlayback playing =
        outer == null
            ? new SessionPlayback(real, null, check, yes, shell)
            : new SessionPlayback(real, outer, check, outer.everything, outer.shell);
    if (outer != null) {
      playing.profiles.addAll(outer.profiles);
    }
    return playing;
  }

  /** The file's name without its folder. */
  public String name() {
    return String.valueOf(file.getFileName());
  }

  public Path file() {
    return file;
  }

  /** Whether another session file plays it. */
  public boolean isPlayed() {
    return outer != null;
  }

  /** Whether it may run programs and write files by {@code |}, {@code >} and {@code !}. */
  public boolean allowsShell() {
    return shell;
  }

  /** The profile that a change now would need a yes for; empty if it needs none. */
  public Optional<String> needsYes(Context context) {
    String profile = context.profile();
    return everything || profile.equals(Profile.SANDBOX) || profiles.contains(profile)
        ? Optional.empty()
        : Optional.of(profile);
  }

  /** Whether a write outside the service needs a yes: a check writes nothing. */
  public boolean asksBeforeWriting() {
    return !everything && !isCheck();
  }

  /** Whether it is a check, or is played by one. */
  boolean isCheck() {
    return check || (outer != null && outer.isCheck());
  }

  /** A person said yes to changes on that profile, for as long as the file lasts. */
  public void allow(String profile) {
    profiles.add(profile);
  }
}
