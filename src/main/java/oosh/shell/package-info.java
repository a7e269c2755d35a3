/**
 * The verbs: what is typed, at a prompt, in a session file or as arguments.
 *
 * <p>Spring Shell gives the command model and its registry, JLine the line. The word parser and the
 * help are this room's own and read one thing, a {@link oosh.shell.Verb}: an option that a verb
 * does not declare is refused, never ignored. Each verb stands in a file of its own and is thin:
 * words to values, a call into {@code rollout}, values to the screen through {@code view}. It never
 * sees the SDK, SQL, or the sandbox; what it stands on comes through {@link oosh.shell.Backends}.
 *
 * <p>Read first: {@link oosh.shell.Verb}, {@link oosh.shell.Shell}, {@code LaunchCommand}.
 *
 * <p>Offers {@code Answer}, {@code Background}, {@code BackgroundReads}, {@code CommandInput},
 * {@code CommandRunner}, {@code CtrlC}, {@code ExecutionIds}, {@code GroupCache}, {@code FileName},
 * {@code JsonAnswer}, {@code LineParser}, {@code NonInteractiveShell}, {@code Prompt}, {@code
 * Quoting}, {@code SandboxControl}, {@code Session}, {@code SessionFile}, {@code SessionPlayback},
 * {@code StagedParts}, {@code StrictCommandParser}, {@code VerbCommand}, {@code VerbHelp}, {@code
 * WholeFile}, {@code WordCompleter}.
 */
@NullMarked
package oosh.shell;

import org.jspecify.annotations.NullMarked;
