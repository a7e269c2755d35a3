/**
 * What a user has set up: the config file, and which files of the user's count at all.
 *
 * <p>Knows the JDK, SnakeYAML and the language of problems; SnakeYAML is loaded where there is a
 * config file. Whatever the file names (programs, other files) is held to the same rule as the file
 * itself.
 *
 * <p>Offers {@code AtExit}, {@code BoundedProgram}, {@code Config}, {@code ConfigFile}, {@code
 * ConfigFolder}, {@code Hooks}, {@code JournalSettings}, {@code ProfileRules}, {@code ShellOption},
 * {@code StrictYaml}, {@code TrustedFile} and {@code YamlValue}.
 */
@NullMarked
package oosh.config;

import org.jspecify.annotations.NullMarked;
