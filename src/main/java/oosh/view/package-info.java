/**
 * The screen: values to text and to JSON.
 *
 * <p>Pure: no terminal, no stream, no service. It knows the language ({@code oosh.rollout}) and
 * Gson. Everything foreign goes through {@link TextSanitizer}; every class that prints has its
 * screen as a comment above it, and a test that compares the whole text.
 *
 * <p>Read first: {@link Style}, {@link TextSanitizer}, {@link ProgressView}.
 *
 * <p>Offers {@code ChangeConfirmationView}, {@code CoverageView}, {@code DiffView}, {@code
 * DoctorView}, {@code ExecutionControlView}, {@code ExecutionView}, {@code GateView}, {@code
 * GroupView}, {@code HistoryView}, {@code JournalArchiveView}, {@code LogsView}, {@code
 * OutputsView}, {@code PayloadView}, {@code PlanView}, {@code ProblemView}, {@code ProgressFrame},
 * {@code ReconciliationView}, {@code RehearsalView}, {@code ReleaseTagsView}, {@code ReportData},
 * {@code ReportView}, {@code RollbackView}, {@code SessionStatusView}, {@code StatisticsView}.
 */
@NullMarked
package oosh.view;

import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import org.jspecify.annotations.NullMarked;
