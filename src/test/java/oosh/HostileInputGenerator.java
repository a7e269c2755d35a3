package oosh;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.internal.LazilyParsedNumber;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What a stranger would send: the real grammar with real words in it, bent here and there. The same
 * seed makes the same input.
 */
final class HostileInputGenerator {
  /** What a terminal, a parser or a file system would stumble over. */
  private static final String[] BARBS = {
    "\0",
    "\033[2J",
    "\033]0;pwned\007",
    "\033]8;;http://x\033\\",
    "\033[31m",
    "\033",
    "\u009b31m",
    "\u009d0;pwned\u009c",
    "\033P1$t\033\\",
    "\r",
    "\n",
    "\r\n",
    "\t",
    "\b\b\b",
    "\007",
    "\u001a",
    "\u0004",
    "\u007f",
    "\u0085",
    "\u2028",
    "\u202e",
    "\u2066",
    "\u061c",
    "\u200b",
    "\ufeff",
    "\u00ad",
    "\ud800",
    "\udc00",
    "\ud83d\ude00",
    "\ud83c\udff4\udb40\udc67\udb40\udc7f",
    "e\u0301",
    "\u4e2d",
    "\u0130",
    "\u00df",
    "\uffff",
    "'",
    "\"",
    "\\",
    "\\\n",
    "`id`",
    "$(id)",
    "%s%n%d",
    "%100P",
    "%{x%}",
    "{",
    "}",
    ";",
    "|",
    "&",
    "--",
    "-",
    "=",
    " ",
    "  ",
    "#",
    "#>",
    "*",
    "..",
    "1e999999",
    "-1",
    "99999999999999999999",
    "NaN",
    "null",
    "true",
    "\\u001b[2J",
    "<b>",
    "' or 1=1--"
  };

  private static final String[] NAMES = {
    "asg-bp1web",
    "asg-bp1api",
    "asg-1",
    "exec-1",
    "exec-00000001",
    "i-1",
    "i-bp1c",
    "cn-hangzhou",
    "us-east-1",
    "prod",
    "sandbox",
    "run-script",
    "deploy.sh",
    "3",
    "2h",
    "2026-03-04T05:06:07Z",
    "ScaleIn,HealthCheck",
    "all",
    "none",
    "never",
    "every",
    "lifecycleState",
    "InService,Protected",
    "Failed",
    "web 2.4.1",
    "launch",
    "stage",
    "exit-codes",
    "-",
    "7d",
    "50",
    "powershell"
  };

  /** Verbs with their words; W is a word, F a file, X a session file. */
  private static final String[] LINES = {
    "use profile W",
    "use region W",
    "use group W",
    "use method W",
    "stage script F",
    "stage script F --type W",
    "stage rollback F",
    "stage batch W",
    "stage batch --size W",
    "stage batch --percent W",
    "stage pause W",
    "stage role W",
    "stage suspend W",
    "stage set W W",
    "unstage W",
    "unstage --all",
    "show",
    "show W",
    "plan",
    "launch --dry-run -m W",
    "launch -n",
    "launch -d -m W",
    "rollback W -n",
    "rollback",
    "rollback W -m W",
    "watch W --timeout 2s",
    "watch --timeout W",
    "continue W --timeout 2s",
    "abort W -y",
    "abort",
    "history",
    "history --group W",
    "history --status W",
    "history --since W",
    "history --limit W",
    "outputs",
    "outputs W W",
    "logs W",
    "run X",
    "run -y X",
    "run F",
    "help",
    "help W",
    "help W W",
    "launch --help",
    "clear",
    "exit",
    "sandbox status",
    "sandbox start",
    "sandbox stop",
    "sandbox reset",
    "sandbox W",
    "W",
    "W W W",
    "stage W",
    "use W",
    "launch --W",
    "--W W",
    "-W"
  };

  private static final String[] CHANGES = {
    "launch -y --timeout 3s",
    "launch -y -d -m W",
    "rollback -y --timeout 3s",
    "rollback W -y -d",
    "abort -y",
    "abort W -y",
    "continue --timeout 3s",
    "continue W -d",
    "run -y X",
    "run X"
  };

  private final SplittableRandom random;
  private final Path folder;

  /**
   * @param folder where every file lies that the input names
   */
  HostileInputGenerator(long seed, Path folder) {
    this.random = new SplittableRandom(seed);
    this.folder = folder;
  }

  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  int upTo(int n) {
    return random.nextInt(n);
  }

  String oneOf(String... all) {
    return all[random.nextInt(all.length)];
  }

  String barb() {
    return oneOf(BARBS);
  }

  /** A real word, or a bent one. */
  String word() {
    String word = oneOf(NAMES);
    return oneIn(2) ? word : bent(word);
  }

  /** The text with a few things done to it. */
  String bent(String text) {
    StringBuilder s = new StringBuilder(text);
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      int at = random.nextInt(s.length() + 1);
      switch (random.nextInt(12)) {
        case 0 -> s.delete(at, Math.min(s.length(), at + 1 + random.nextInt(4)));
        case 1 -> s.insert(at, s.substring(0, at));
        case 2 -> s.append((char) random.nextInt(0x10000));
        case 3 -> s.insert(at, oneOf(NAMES));
        case 4 -> s.insert(at, barb().repeat(1 + random.nextInt(oneIn(40) ? 3000 : 4)));
        default -> s.insert(at, barb());
      }
    }
    if (oneIn(400)) {
      s.append(oneOf("x", "\u4e2d", " ", "'", "\\", "\033[", "[", "1").repeat(100_000));
    }
    return s.toString();
  }

  /** A file's name below the folder: nothing that is typed may write elsewhere. */
  String file() {
    String name = oneOf("deploy.sh", "undo.sh", "one.oosh", "two.oosh", "none", "odd \033[31m.sh");
    return folder + "/" + (oneIn(3) && !name.startsWith("odd") ? noPath(bent(name)) : name);
  }

  private static String noPath(String name) {
    String kept = name.replaceAll("[/\\x00]|\\.\\.", "_");
    return kept.isEmpty() || kept.length() > 200 ? "x" : kept.replaceAll("[\\ud800-\\udfff]", "_");
  }

  /** A command as it would be typed; it may change something only if asked to. */
  String line(boolean changes) {
    StringBuilder s = new StringBuilder();
    for (String part : (changes ? oneOf(CHANGES) : oneOf(LINES)).split(" ", -1)) {
      String word =
          part.equals("F")
              ? file()
              : part.equals("X")
                  ? folder.resolve(oneOf("one.oosh", "two.oosh")).toString()
                  : part.replace("W", part.contains("W") ? word() : "");
      s.append(s.isEmpty() ? "" : oneIn(40) ? barb() : " ");
      s.append(!part.equals(part.toLowerCase(java.util.Locale.ROOT)) ? quoted(word) : word);
    }
    if (oneIn(4)) {
      s.append(
          oneOf(" -o json", " --output json", " --output=text", " -o W", " --help", " --", " -y"));
    }
    return s.toString();
  }

  private String quoted(String word) {
    return switch (random.nextInt(5)) {
      case 0 -> "'" + word + "'";
      case 1 -> '"' + word + '"';
      case 2 -> word.replace(" ", "\\ ");
      default -> word;
    };
  }

  /** The words of a line, split as a shell would have. */
  List<String> words(String line) {
    return new ArrayList<>(List.of(line.split(" ", -1)));
  }

  /** A session file, in bytes: some are no text at all. */
  byte[] sessionFile() {
    StringBuilder s = new StringBuilder(oneIn(10) ? "\ufeff" : "");
    for (int n = random.nextInt(8); n >= 0; n--) {
      s.append(
          switch (random.nextInt(10)) {
            case 0 -> "# " + bent("prose");
            case 1 -> "#>" + bent(" output");
            case 2 -> "use profile " + oneOf("prod", "sandbox", "other");
            case 3 -> "stage script " + folder.resolve("deploy.sh");
            case 4 -> "use group asg-1";
            case 5, 6 -> line(true);
            default -> line(false);
          });
      s.append(oneIn(12) ? barb() : oneOf("\n", "\n", "\n", "\r\n", "\r"));
    }
    byte[] bytes = s.toString().getBytes(StandardCharsets.UTF_8);
    if (oneIn(15) && bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  /** What a script may have printed, in Base64 as the service gives it. */
  String output() {
    StringBuilder s = new StringBuilder();
    for (int n = random.nextInt(20); n >= 0; n--) {
      s.append(oneOf("updated to 2.4.1", "100%", "ok", " ", "\n")).append(barb());
    }
    byte[] bytes = s.toString().getBytes(StandardCharsets.UTF_8);
    if (oneIn(4)) {
      for (int n = random.nextInt(50); n >= 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
    }
    String text = Base64.getEncoder().encodeToString(bytes);
    return oneIn(10) ? bent(text) : text;
  }

  /** The JSON with a few of its values changed for others. */
  JsonElement bent(JsonElement json) {
    JsonElement copy = json.deepCopy();
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      List<Runnable> places = new ArrayList<>();
      collect(copy, places);
      if (!places.isEmpty()) {
        places.get(random.nextInt(places.size())).run();
      }
    }
    return copy;
  }

  private void collect(JsonElement in, List<Runnable> places) {
    if (in instanceof JsonObject o) {
      for (Map.Entry<String, JsonElement> e : o.entrySet()) {
        places.add(() -> o.add(e.getKey(), value(e.getValue())));
        places.add(() -> o.add(bent(e.getKey()), e.getValue()));
        places.add(() -> o.remove(e.getKey()));
        collect(e.getValue(), places);
      }
    } else if (in instanceof JsonArray a) {
      for (int i = 0; i < a.size(); i++) {
        int at = i;
        places.add(() -> a.set(at, value(a.get(at))));
        places.add(() -> a.add(a.get(at).deepCopy()));
        collect(a.get(i), places);
      }
    }
  }

  private JsonElement value(JsonElement instead) {
    return switch (random.nextInt(14)) {
      case 0 -> JsonNull.INSTANCE;
      case 1 -> new JsonArray();
      case 2 -> new JsonObject();
      case 3 -> new JsonPrimitive(oneIn(2));
      case 4 ->
          new JsonPrimitive(new LazilyParsedNumber(oneOf("1e999999", "-1e999999999", "1e-9")));
      case 5 -> new JsonPrimitive(new LazilyParsedNumber(oneOf("-", "") + "9".repeat(400)));
      case 6 ->
          new JsonPrimitive(oneOf("-1", "0", "2147483647", "-2147483648", "9223372036854775807"));
      case 7 ->
          new JsonPrimitive(
              oneOf(
                  "9999999999-99",
                  "+1000000000-12-31T23:59:59Z",
                  "-1000000000-01-01T00:00:00Z",
                  "2026-01-02T03:04:05Z",
                  "0000-00-00T00:00:00Z"));
      case 8 -> {
        JsonElement deep = instead;
        for (int n = random.nextInt(70); n > 0; n--) {
          JsonArray around = new JsonArray();
          around.add(deep);
          deep = around;
        }
        yield deep;
      }
      case 9 -> new JsonPrimitive(oneIn(20) ? "x".repeat(200_000) : " ".repeat(3000));
      case 10 ->
          new JsonPrimitive(new LazilyParsedNumber(oneOf("-5", "3", "1000000", "2147483648")));
      default ->
          new JsonPrimitive(bent(instead instanceof JsonPrimitive p ? p.getAsString() : "x"));
    };
  }

  /** As it goes over the wire: halves of characters as escapes; some of it is no JSON. */
  String written(JsonElement json, boolean broken) {
    StringBuilder s = new StringBuilder();
    json.toString()
        .codePoints()
        .forEach(
            c -> {
              if (c >= 0xd800 && c <= 0xdfff) {
                s.append(String.format("\\u%04x", c));
              } else {
                s.appendCodePoint(c);
              }
            });
    String text = s.toString();
    if (oneIn(20)) {
      text =
          text.replaceFirst("\"(ExecutionId|Status|ScalingGroupId)\":", "\"$1\":\"twice\",\"$1\":");
    }
    if (!broken) {
      return text;
    }
    int at = random.nextInt(text.length() + 1);
    return switch (random.nextInt(6)) {
      case 0 -> text.substring(0, at);
      case 1 -> text.substring(0, at) + barb() + text.substring(at);
      case 2 -> "[".repeat(20_000);
      case 3 -> "{\"a\":".repeat(20_000);
      case 4 -> text + text;
      default -> oneOf("", "null", "[]", "\"x\"", "NaN", "<html>\033[2J</html>", "{", "1e999999");
    };
  }
}
