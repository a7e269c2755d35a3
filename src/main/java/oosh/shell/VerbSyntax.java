package oosh.shell;

import java.util.Optional;
import org.springframework.shell.core.command.CommandOption;

/** What a verb is called and takes: what its parsed line needs to know of it. */
interface VerbSyntax {
  String name();

  Optional<CommandOption> flag(String name);

  /** {@code launch [--message TEXT] …}: the line of a usage error. */
  String usage();
}
