package oosh.rollout.output;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What became of lines: the shortest way from one text to another (Myers 1986, "An O(ND) Difference
 * Algorithm"), as long as the two differ in no more than {@link #MOST_EDITS} lines. Beyond that
 * nobody reads a diff line by line, and everything between the equal beginning and the equal end is
 * told as replaced.
 *
 * @param edits in the order of both texts
 * @param aligned false where there were too many differences to look for equal lines between them
 */
public record LineDiff(List<Edit> edits, boolean aligned) {
  /** Bounds the work to lines times this, and the memory to its square: 4 MB. */
  static final int MOST_EDITS = 1000;

  /** What became of a line. */
  public enum Kind {
    SAME,
    GONE,
    NEW
  }

  /**
   * A line.
   *
   * @param before its index in the first text, counted from 0; -1 if it is NEW
   * @param after its index in the second; -1 if it is GONE
   */
  public record Edit(Kind kind, int before, int after) {}

  public LineDiff {
    edits = List.copyOf(edits);
  }

  public boolean same() {
    return edits.stream().allMatch(e -> e.kind() == Kind.SAME);
  }

  public static LineDiff of(List<String> before, List<String> after) {
    int start = 0;
    int most = Math.min(before.size(), after.size());
    while (start < most && before.get(start).equals(after.get(start))) {
      start++;
    }
    int end = 0;
    while (end < most - start
        && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
      end++;
    }
    List<Edit> edits = new ArrayList<>();
    for (int i = 0; i < start; i++) {
      edits.add(new Edit(Kind.SAME, i, i));
    }
    List<String> a = before.subList(start, before.size() - end);
    List<String> b = after.subList(start, after.size() - end);
    List<int[]> trace = trace(a, b);
    if (trace.isEmpty()) {
      for (int i = 0; i < a.size(); i++) {
        edits.add(new Edit(Kind.GONE, start + i, -1));
      }
      for (int i = 0; i < b.size(); i++) {
        edits.add(new Edit(Kind.NEW, -1, start + i));
      }
    } else {
      edits.addAll(walk(trace, a.size(), b.size(), start));
    }
    for (int i = end; i > 0; i--) {
      edits.add(new Edit(Kind.SAME, before.size() - i, after.size() - i));
    }
    return new LineDiff(edits, !trace.isEmpty());
  }

  /** For each number of edits, how far each diagonal came; empty if there are too many. */
  private static List<int[]> trace(List<String> a, List<String> b) {
    int most = Math.min(a.size() + b.size(), MOST_EDITS);
    List<int[]> trace = new ArrayList<>();
    int[] far = new int[2 * most + 3];
    int middle = most + 1;
    for (int d = 0; d <= most; d++) {
      for (int k = -d; k <= d; k += 2) {
        boolean down = k == -d || (k != d && far[middle + k - 1] < far[middle + k + 1]);
        int x = down ? far[middle + k + 1] : far[middle + k - 1] + 1;
        int y = x - k;
        while (x < a.size() && y < b.size() && a.get(x).equals(b.get(y))) {
          x++;
          y++;
        }
        far[middle + k] = x;
        if (x >= a.size() && y >= b.size()) {
          trace.add(row(far, middle, d));
          return trace;
        }
      }
      trace.add(row(far, middle, d));
    }
    return List.of();
  }

  /** The diagonals -d to d. */
  private static int[] row(int[] far, int middle, int d) {
    int[] row = new int[2 * d + 1];
    System.arraycopy(far, middle - d, row, 0, row.length);
    return row;
  }

  private static List<Edit> walk(List<int[]> trace, int aSize, int bSize, int start) {
    List<Edit> back = new ArrayList<>();
    int x = aSize;
    int y = bSize;
    for (int d = trace.size() - 1; d > 0; d--) {
      int[] far = trace.get(d - 1);
      int k = x - y;
      // The row before has the diagonals -(d-1) to d-1, every second one of them.
      boolean down = k == -d || (k != d && far[k - 1 + d - 1] < far[k + 1 + d - 1]);
      int from = down ? k + 1 : k - 1;
      int fromX = far[from + d - 1];
      int step = down ? fromX : fromX + 1;
      while (x > step) {
        x--;
        y--;
        back.add(new Edit(Kind.SAME, start + x, start + y));
      }
      if (down) {
        y--;
        back.add(new Edit(Kind.NEW, -1, start + y));
      } else {
        x--;
        back.add(new Edit(Kind.GONE, start + x, -1));
      }
    }
    while (x > 0 && y > 0) {
      x--;
      y--;
      back.add(new Edit(Kind.SAME, start + x, start + y));
    }
    Collections.reverse(back);
    return back;
  }
}
