package oosh.view;

import static oosh.view.text.TextSanitizer.sentence;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import oosh.rollout.cloud.CommandOutput;
import oosh.rollout.cloud.ExecutionStatus;
import oosh.rollout.output.OutputNormalizer;
import oosh.rollout.output.ScriptOutput;
import oosh.rollout.update.ProbedScript;
import oosh.view.json.JsonOutput;
import oosh.view.text.DescriptionList;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;
import oosh.view.text.TextWidth;
import org.jspecify.annotations.Nullable;

/*
 * Failed on 1 of 3 instances: i-bp1c
 *     (Instance i-bp1c, task checkInvocationResult: the script ended with exit code 3)
 *     disk full
 * Success on 2 of 3 instances: i-bp1a, i-bp1b
 *     (as on i-bp1a; the others differ only in ids, addresses and times)
 *     updated to 2.4.1 on i-bp1a
 * Success on 1 of 3 instances: i-bp1d
 *     (24,576 characters left out: outputs exec-1 i-bp1d)
 * Success on 1 of 3 instances: i-bp1e
 *     …
 *     (24 KB shown, 1,234 bytes dropped)
 */
/**
 * What a script printed: equal outputs once, with their instances; failures and rare outputs first.
 */
public final class OutputsView {
  private OutputsView() {}

  /** What outputs are compared by. */
  private record OutputKey(
      ExecutionStatus status,
      String text,
      int leftOut,
      boolean cut,
      String failure,
      boolean undo) {}

  /** Equal outputs; the first is shown. */
  public record OutputGroup(List<ScriptOutput> outputs) {
    public OutputGroup {
      outputs = List.copyOf(outputs);
    }

    public ScriptOutput first() {
      return outputs.get(0);
    }

    public List<String> instances() {
      return outputs.stream().map(ScriptOutput::instance).toList();
    }

    /** Whether the others are the same to the letter. */
    boolean exact() {
      return outputs.stream().allMatch(o -> o.text().equals(first().text()));
    }

    long dropped() {
      return outputs.stream().mapToLong(ScriptOutput::dropped).max().orElse(0);
    }
  }

  private record OutputJson(
      String status,
      List<String> instances,
      @Nullable String message,
      @Nullable Integer leftOut,
      @Nullable String text,
      @Nullable List<String> gates,
      @Nullable Boolean known,
      @Nullable Boolean differs,
      @Nullable Object dropped,
      @Nullable Boolean rollback) {}

  /** What makes two outputs different. */
  public enum ComparisonMode {
    /** Own ids, addresses and times do not make outputs different. */
    MASKED,
    /** Byte by byte. */
    EXACT
  }

  /**
   * @param execution whose they are
   * @param kept whether they come from the journal, which has no more than this
   */
  public static String text(
      String execution,
      List<ScriptOutput> outputs,
      ComparisonMode reading,
      boolean kept,
      Style style) {
    if (outputs.isEmpty()) {
      return "no instance has printed anything";
    }
    DescriptionList out = new DescriptionList(style, 4);
    for (OutputGroup group : groups(outputs, reading)) {
      boolean undo = group.first().undo();
      long all = outputs.stream().filter(o -> o.undo() == undo).count();
      out.head(
          (undo ? "rollback by OOS: " : "")
              + style.status(group.first().status())
              + " on "
              + (all == 1
                  ? ""
                  : group.outputs().size() + " of " + DescriptionList.count(all, "instance") + ": ")
              + DescriptionList.list(group.instances()));
      String failure = TextSanitizer.line(group.first().failure());
      if (!failure.isEmpty()) {
        out.block(remark("(" + failure + ")", style));
      }
      if (group.first().leftOut() > 0) {
        out.block(leftOut(execution, group, kept));
        continue;
      }
      if (!group.exact()) {
        out.block(remark(differs(group, TextSanitizer.line(group.first().instance())), style));
      }
      ProbedScript.Printed printed = ProbedScript.Printed.of(group.first().text());
      if (!printed.drain().isEmpty()) {
        out.block(remark(TextSanitizer.line(printed.drain()), style));
      }
      String text = TextSanitizer.text(printed.script()).stripTrailing();
      out.block(text.isEmpty() ? remark(nothing(group.first()), style) : text);
      if (!printed.gates().isEmpty()) {
        out.plain("    " + style.dim("gates"));
        out.block(TextSanitizer.text(String.join("\n", printed.gates())));
      }
      if (group.dropped() != 0) {
        out.block(style.warn(dropped(group)));
      }
    }
    return out.text();
  }

  /** Why there is no text. */
  static String nothing(ScriptOutput printed) {
    return !isUnknown(printed)
        ? printed.status().isFailed() && printed.failure().isEmpty()
            ? "(printed nothing; show EXEC says how it failed)"
            : "(printed nothing)"
        : printed.status().isFinal()
            ? "(cut off; what it printed is not known)"
            : "(not ended; what it prints is known once it has)";
  }

  /** OOS asks for an output once the script has ended, and not for one that it has cancelled. */
  private static boolean isUnknown(ScriptOutput printed) {
    ExecutionStatus status = printed.status();
    return printed.text().isEmpty()
        && (!status.isFinal() || status.equals(ExecutionStatus.CANCELLED));
  }

  private static String leftOut(String execution, OutputGroup group, boolean kept) {
    ScriptOutput first = group.first();
    return kept
        ? sentence("(%,d characters that were not kept)", first.leftOut())
        : sentence(
            "(%,d characters left out: outputs %s %s)",
            first.leftOut(), execution, first.instance());
  }

  /** What is said of an output, within its block. */
  private static String remark(String sentence, Style style) {
    return style.dim(String.join("\n", TextWidth.wrap(sentence, style.width() - 4)));
  }

  /**
   * @param shown the instance whose output is shown, made safe
   */
  private static String differs(OutputGroup group, String shown) {
    return "(as on " + shown + differs(group);
  }

  /** How the sentence ends that names the instance whose output is shown. */
  static String differs(OutputGroup group) {
    String others = group.outputs().size() == 2 ? "other differs" : "others differ";
    return "; the " + others + " only in ids, addresses and times)";
  }

  /** The end of an output that Cloud Assistant has cut. */
  static String dropped(OutputGroup group) {
    long dropped = group.dropped();
    return dropped == CommandOutput.UNKNOWN
        ? "(24 KB shown, as much as Cloud Assistant keeps; how much it dropped is not known)"
        : sentence("(24 KB shown, %,d bytes dropped)", dropped);
  }

  /**
   * An array of {@code {status, instances, text}}, with what drain and probes said in {@code
   * gates}, in the order of the screen, with {@code message} of why those that failed did, in OOS's
   * words, on the first of them; in place of a text that was left out, {@code leftOut} says how
   * many characters it has. {@code dropped} is the number of bytes that Cloud Assistant dropped,
   * {@code "unknown"} where it may have; {@code known} is false where it has not ended or was cut
   * off; {@code differs} is true where the instances' outputs differ in what is not compared.
   */
  public static JsonElement json(List<ScriptOutput> outputs, ComparisonMode reading) {
    return JsonOutput.tree(groups(outputs, reading).stream().map(OutputsView::json).toList());
  }

  private static OutputJson json(OutputGroup group) {
    ScriptOutput first = group.first();
    boolean whole = first.leftOut() == 0;
    ProbedScript.Printed printed = ProbedScript.Printed.of(first.text());
    return new OutputJson(
        first.status().word(),
        group.instances(),
        first.failure().isEmpty() ? null : first.failure(),
        whole ? null : first.leftOut(),
        whole ? printed.script() : null,
        !whole || printed.own().isEmpty() ? null : printed.own(),
        isUnknown(first) ? false : null,
        (whole && !group.exact()) ? true : null,
        group.dropped() == CommandOutput.UNKNOWN
            ? "unknown"
            : group.dropped() > 0 ? group.dropped() : null,
        first.undo() ? true : null);
  }

  /** Equal outputs together: failures and rare ones first, those of a rollback by OOS last. */
  public static List<OutputGroup> groups(List<ScriptOutput> outputs, ComparisonMode reading) {
    Map<OutputKey, List<ScriptOutput>> equal = new LinkedHashMap<>();
    for (ScriptOutput o : outputs) {
      String text =
          reading == ComparisonMode.EXACT || o.leftOut() > 0
              ? o.text()
              : OutputNormalizer.of(o.text(), o.instance());
      equal
          .computeIfAbsent(
              new OutputKey(
                  o.status(),
                  text,
                  o.leftOut(),
                  o.dropped() != 0,
                  OutputNormalizer.of(o.failure(), o.instance()),
                  o.undo()),
              p -> new ArrayList<>())
          .add(o);
    }
    return equal.values().stream()
        .map(OutputGroup::new)
        .sorted(
            Comparator.<OutputGroup, Boolean>comparing(g -> g.first().undo())
                .thenComparingInt(g -> g.outputs().size())
                .thenComparing(g -> g.first().status().isSuccess()))
        .toList();
  }
}
