package oosh.shell.typing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A line as far as it is typed, in one pass: the words of the command that is being typed, and
 * where its quotes and its comment are. It takes every text, for it sees each half-typed state.
 */
final class TypedLine {
  /** A word, its quotes and escapes taken away, and where it stands. */
  record Word(String text, int from, int to) {}

  /** A part of the line that is not plain; {@code to} is exclusive. */
  record Part(Kind kind, int from, int to) {}

  enum Kind {
    QUOTED,
    COMMENT
  }

  private final String line;
  private final List<List<Word>> commands = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();
  private boolean leavesOosh;
  private boolean open;

  TypedLine(String line) {
    this.line = line;
    commands.add(new ArrayList<>());
    int at = skip(0, Character::isWhitespace);
    if (at < line.length() && line.charAt(at) == '!') {
      leavesOosh = true;
      return;
    }
    while (at < line.length() && !leavesOosh) {
      at = skip(next(at), Character::isWhitespace);
    }
  }

  private int skip(int at, IntPredicate over) {
    int end = at;
    while (end < line.length() && over.test(line.charAt(end))) {
      end++;
    }
    return end;
  }

  /** Reads what begins there. */
  private int next(int at) {
    char c = line.charAt(at);
    if (c == '#') {
      int end = line.indexOf('\n', at);
      parts.add(new Part(Kind.COMMENT, at, end < 0 ? line.length() : end));
      open |= end < 0;
      return end < 0 ? line.length() : end;
    }
    if (c == '|' || c == '>' || c == '<') {
      leavesOosh = true;
      return at;
    }
    return word(at);
  }

  private int word(int from) {
    StringBuilder text = new StringBuilder();
    char quote = 0;
    int quoted = from;
    int at = from;
    for (; at < line.length(); at++) {
      char c = line.charAt(at);
      if (c == '\\' && at + 1 < line.length()) {
        at++;
        text.append(line.charAt(at));
      } else if (quote != 0 && c == quote) {
        parts.add(new Part(Kind.QUOTED, quoted, at + 1));
        quote = 0;
      } else if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
        quoted = at;
      } else if (quote == 0 && (Character.isWhitespace(c) || c == ';')) {
        break;
      } else {
        text.append(c);
      }
    }
    if (quote != 0) {
      parts.add(new Part(Kind.QUOTED, quoted, line.length()));
      open = true;
    }
    if (at > from) {
      words().add(new Word(text.toString(), from, at));
    }
    if (quote == 0 && at < line.length() && line.charAt(at) == ';') {
      commands.add(new ArrayList<>());
      at++;
    }
    return at;
  }

  /** The words of each command; a {@code ;} stands between two of them. */
  List<List<Word>> commands() {
    return commands;
  }

  /** The words of the command at the line's end. */
  List<Word> words() {
    return commands.get(commands.size() - 1);
  }

  List<Part> parts() {
    return parts;
  }

  /** Whether it has a pipe, a redirect or another program's command: that part is not read. */
  boolean leavesOosh() {
    return leavesOosh;
  }

  /** Whether the next character begins a word. */
  boolean awaitsWord() {
    return !leavesOosh
        && !open
        && !line.isEmpty()
        && line.charAt(line.length() - 1) == ' '
        && (words().isEmpty() || words().get(words().size() - 1).to() < line.length());
  }
}
