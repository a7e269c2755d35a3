package oosh.shell.place;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import oosh.rollout.update.UpdateSpec;
import oosh.shell.StagedParts;
import oosh.shell.Verb;

/**
 * A line that has staged or unstaged something.
 *
 * @param line "" where no line can be given again for it
 * @param answer what the shell answered; "" where that is not known
 * @param parts what it has changed, by the names that {@code unstage} takes
 * @param adds whether it leaves in place what an earlier line of its verb has staged
 */
public record StagingLine(String line, String answer, Set<String> parts, boolean adds) {
  public StagingLine {
    parts = Set.copyOf(parts);
  }

  /**
   * Whether it can be given again: it takes nothing from standard input, an editor or a text below
   * it.
   */
  public boolean isRepeatable() {
    return !line.isEmpty() && !line.matches("stage \\S+ (.* )?(-|<<\\S*)( .*)?");
  }

  static StagingLine of(
      String line, String answer, Verb verb, UpdateSpec before, UpdateSpec after) {
    Map<String, String> was = StagedParts.values(before);
    Map<String, String> is = StagedParts.values(after);
    Set<String> all = new LinkedHashSet<>(was.keySet());
    all.addAll(is.keySet());
    all.removeIf(
        part -> Objects.equals(was.get(part), is.get(part)) && !verb.option().equals(part));
    boolean adds = all.contains(StagedParts.GATE) && is.containsKey(StagedParts.GATE);
    return new StagingLine(line, answer, all, adds);
  }

  /**
   * The lines that make what is staged now, in their order: of each part the last one, of gates all
   * since none was staged.
   */
  static List<StagingLine> needed(List<StagingLine> lines, UpdateSpec now) {
    Set<String> wanted = new LinkedHashSet<>(StagedParts.values(now).keySet());
    List<StagingLine> needed = new ArrayList<>();
    for (int i = lines.size() - 1; i >= 0; i--) {
      StagingLine line = lines.get(i);
      if (line.parts().stream().anyMatch(wanted::contains)) {
        needed.add(0, line);
        if (!line.adds()) {
          wanted.removeAll(line.parts());
        }
      }
    }
    return needed;
  }
}
