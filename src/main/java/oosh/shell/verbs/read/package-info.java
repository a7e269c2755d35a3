/**
 * Verbs that show and change nothing at OOS.
 *
 * <p>Offers {@code AuditCommand}, {@code CoverageCommand}, {@code HistoryCommand}, {@code
 * LogsCommand}, {@code OutputsCommand}, {@code ReportCommand}, {@code ShowCommand}, {@code
 * TagCommand}.
 */
@NullMarked
package oosh.shell.verbs.read;

import org.jspecify.annotations.NullMarked;
