package oosh.shell;

import java.util.Optional;

/** What a verb is called and takes: what its parsed line needs to know of it. */
interface VerbSyntax {
  String getName();

  Optional<VerbOption> flag(String name);

  /** {@code launch [--message TEXT] …}: the line of a usage error. */
  String usage();
}
