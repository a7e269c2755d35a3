/**
 * Where Tab gets its words: verbs, executions, files, and the lists of the services.
 *
 * <p>Offers {@code ApprovalCompleter}, {@code CatalogueCompleter}, {@code ExecutionCompleter},
 * {@code FileCompleter}, {@code GivenWords}, {@code PastInstances}, {@code PastValues}, {@code
 * ReleaseTags}, {@code ShellCompleter}, {@code SubsequenceMatcher}, {@code TemplateLookup}, {@code
 * VerbCompletion}.
 */
@NullMarked
package oosh.shell.complete;

import org.jspecify.annotations.NullMarked;
