package oosh.view.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import oosh.rollout.output.ScriptOutput;
import oosh.rollout.record.StoredOutputs;
import oosh.view.DiffView;
import oosh.view.OutputsView;
import oosh.view.OutputsView.OutputGroup;
import oosh.view.document.Phrase;
import oosh.view.document.ReportDocument;
import oosh.view.document.ReportDocument.Block;
import oosh.view.document.ReportDocument.Section;
import org.jspecify.annotations.Nullable;

/** How the rarer outputs of an execution differ from the one that most instances have. */
final class OutputDifferences {
  /** Beyond these the outputs themselves say more. */
  private static final int MOST = 8;

  /** Of longer ones a difference takes time and memory by the square of their lines. */
  private static final int MOST_LINES = 1000;

  private OutputDifferences() {}

  /** A section; none where all are the same, or are not known. */
  static List<Section> of(@Nullable StoredOutputs outputs) {
    if (outputs == null) {
      return List.of();
    }
    List<OutputGroup> groups =
        OutputsView.groups(outputs.outputs(), OutputsView.ComparisonMode.MASKED).stream()
            .filter(g -> !g.first().undo() && g.first().leftOut() == 0)
            .toList();
    OutputGroup most =
        groups.stream()
            .filter(g -> !g.first().text().isEmpty())
            .max(Comparator.comparingInt(g -> g.outputs().size()))
            .orElse(null);
    if (most == null) {
      return List.of();
    }
    List<Block> blocks = new ArrayList<>();
    ScriptOutput one = most.first();
    for (OutputGroup g : groups) {
      ScriptOutput other = g.first();
      if (g.equals(most) || other.text().isEmpty() || blocks.size() >= 2 * MOST) {
        continue;
      }
      boolean tooLong = Math.max(lines(one), lines(other)) > MOST_LINES;
      List<String> lines =
          tooLong ? List.of() : DiffView.difference(DiffView.pair("", one, "", other));
      if (tooLong || !lines.isEmpty()) {
        blocks.add(
            new ReportDocument.Paragraph(
                Phrase.own("From ")
                    .andForeign(one.instance())
                    .and(" (as on " + most.outputs().size() + ") to ")
                    .and(Phrase.list(g.instances()))
                    .and(tooLong ? "; too long for a page: outputs --diff compares them" : "")));
      }
      if (!lines.isEmpty()) {
        blocks.add(new ReportDocument.Listing("diff", String.join("\n", lines)));
      }
    }
    return blocks.isEmpty() ? List.of() : List.of(new Section("Differences", blocks));
  }

  private static long lines(ScriptOutput output) {
    return output.text().lines().count();
  }
}
