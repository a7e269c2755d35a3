package oosh.bench;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A rollout over many groups: the share of a core that oosh takes while it leads and shows the
 * rollout, and its calls a minute and region, as the sandbox counts them. Calls that a person pays
 * for once, such as StartExecution, stand beside those that repeat.
 */
public final class WavesBench {
  private static final HttpClient CONTROL = HttpClient.newHttpClient();
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final int MINUTE = 60;

  /** The clock of /proc: USER_HZ, which is 100 on every Linux that Java runs on. */
  private static final double TICKS = 100;

  private static final String FILE =
      """
      script: deploy.sh
      rollback: undo.sh
      batch: --size 2
      pause: 4s
      waves:
        - {region: cn-hangzhou, groups: "fleet-*", at-once: %1$d}
        - {region: ap-southeast-1, groups: "fleet-*", at-once: %1$d}
      """;

  /** What was seen at a time: seconds of CPU, and calls by region and action. */
  private record Sample(long at, double cpu, Map<String, Map<String, Long>> calls) {}

  private WavesBench() {}

  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[0]);
    Path scratch = Path.of(args[1]);
    int groups = args.length > 2 ? Integer.parseInt(args[2]) : 100;
    int instances = args.length > 3 ? Integer.parseInt(args[3]) : 100;
    Files.writeString(scratch.resolve("deploy.sh"), "#!/bin/sh\necho deployed\n");
    Files.writeString(scratch.resolve("undo.sh"), "#!/bin/sh\necho undone\n");
    Files.writeString(
        scratch.resolve("rollout.yaml"), FILE.formatted(Math.max(1, (groups + 1) / 2)));
    List<String> words = new ArrayList<>(List.of(root.resolve("oosh").toString()));
    words.addAll(
        args.length > 4
            ? List.of(args).subList(4, args.length)
            : List.of("launch", "rollout.yaml", "-y", "-m", "bench"));
    Map<String, String> environment = new LinkedHashMap<>();
    for (String kept : List.of("PATH", "JAVA_HOME", "LANG", "LC_ALL")) {
      if (System.getenv(kept) != null) {
        environment.put(kept, System.getenv(kept));
      }
    }
    environment.put("HOME", scratch.toString());
    environment.put("TERM", "xterm-256color");
    environment.put("OOSH_ARCHIVE", "no");
    environment.put("OOSH_HOME", scratch.resolve("home").toString());

    ProcessBuilder served =
        new ProcessBuilder(
                root.resolve("oosh").toString(),
                "sandbox",
                "serve",
                "--groups",
                "" + groups,
                "--instances",
                "" + instances,
                "--no-scripts")
            .redirectErrorStream(true);
    served.environment().clear();
    served.environment().putAll(environment);
    Process sandbox = served.start();
    Runtime.getRuntime().addShutdownHook(new Thread(sandbox::destroy, "sandbox"));
    BufferedReader said = sandbox.inputReader(StandardCharsets.UTF_8);
    String address = said.readLine().replaceFirst("^.*(http://[0-9.:]+).*$", "$1");
    String key = said.readLine().replaceFirst("^.*: ", "");

    environment.put("OOSH_ENDPOINT", address);
    environment.put("ALIBABA_CLOUD_REGION_ID", "cn-hangzhou");
    environment.put("ALIBABA_CLOUD_ACCESS_KEY_ID", "sandbox");
    environment.put("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "sandbox");
    List<Sample> samples = new ArrayList<>();
    try (Pty oosh = new Pty(words, environment, scratch.toFile(), "")) {
      samples.add(new Sample(oosh.started(), 0, calls(address, key)));
      long next = oosh.started() + SECOND;
      while (ProcessHandle.of(oosh.pid()).filter(ProcessHandle::isAlive).isPresent()) {
        TimeUnit.NANOSECONDS.sleep(Math.max(0, next - System.nanoTime()));
        next += SECOND;
        double cpu = cpu(oosh.pid());
        if (cpu >= 0) {
          samples.add(new Sample(System.nanoTime(), cpu, calls(address, key)));
        }
      }
      oosh.ended();
      String shown = oosh.since(0);
      System.out.println(shown.substring(Math.max(0, shown.length() - 2000)));
      System.out.printf(
          "%n%s: exit %d%n", String.join(" ", words.subList(1, words.size())), oosh.status());
    }
    print(groups, instances, samples);
    sandbox.destroy();
    sandbox.waitFor();
    System.exit(0);
  }

  private static void print(int groups, int instances, List<Sample> samples) {
    Sample first = samples.get(0);
    Sample last = samples.get(samples.size() - 1);
    double wall = (last.at() - first.at()) / (double) SECOND;
    List<Sample[]> watched =
        minutes(samples).stream()
            .filter(m -> last.calls().keySet().stream().noneMatch(r -> isPlanned(m, r)))
            .toList();
    System.out.printf(
        Locale.ROOT,
        "%d groups of %d instances, %.0f s; of a core at most %.1f%% in a minute, and %.1f%% in one"
            + " in which nothing is planned or started%n",
        groups,
        instances,
        wall,
        most(minutes(samples)),
        most(watched));
    for (String region : last.calls().keySet()) {
      System.out.printf("%s: %s%n", region, text(new Sample[] {first, last}, region));
      System.out.printf("  in its busiest minute %s%n", busiest(minutes(samples), region));
      System.out.printf(
          "  in its busiest in which nothing is planned or started %s%n", busiest(watched, region));
    }
  }

  /** Every plan and every start reads the group from ESS. */
  private static boolean isPlanned(Sample[] minute, String region) {
    return between(minute[0], minute[1], region).containsKey("DescribeScalingGroups");
  }

  private static double most(List<Sample[]> minutes) {
    return minutes.stream().mapToDouble(m -> share(m[0], m[1])).max().orElse(0);
  }

  private static String busiest(List<Sample[]> minutes, String region) {
    return minutes.stream()
        .max(Comparator.comparing(m -> sum(between(m[0], m[1], region))))
        .map(m -> text(m, region))
        .orElse("none");
  }

  private static String text(Sample[] minute, String region) {
    Map<String, Long> calls = between(minute[0], minute[1], region);
    return sum(calls) + " calls " + calls;
  }

  /** The first and the last sample of each minute; of the whole where it is shorter. */
  private static List<Sample[]> minutes(List<Sample> samples) {
    List<Sample[]> minutes = new ArrayList<>();
    for (int from = 0; from + MINUTE < samples.size(); from++) {
      minutes.add(new Sample[] {samples.get(from), samples.get(from + MINUTE)});
    }
    return minutes.isEmpty()
        ? List.<Sample[]>of(new Sample[] {samples.get(0), samples.get(samples.size() - 1)})
        : minutes;
  }

  private static double share(Sample from, Sample to) {
    return to.at() == from.at()
        ? 0
        : 100 * (to.cpu() - from.cpu()) * SECOND / (to.at() - from.at());
  }

  private static long sum(Map<String, Long> calls) {
    return calls.values().stream().mapToLong(Long::longValue).sum();
  }

  private static Map<String, Long> between(Sample from, Sample to, String region) {
    Map<String, Long> calls = new TreeMap<>(to.calls().getOrDefault(region, Map.of()));
    from.calls().getOrDefault(region, Map.of()).forEach((a, n) -> calls.merge(a, -n, Long::sum));
    calls.values().removeIf(n -> n == 0);
    return calls;
  }

  /** User and system time of a process, in seconds; -1 once it has ended. */
  private static double cpu(long pid) {
    try {
      String[] fields =
          Files.readString(Path.of("/proc/" + pid + "/stat"))
              .replaceFirst("(?s)^.*\\) ", "")
              .split(" ", -1);
      return fields[0].equals("Z")
          ? -1
          : (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
    } catch (IOException ended) {
      return -1;
    }
  }

  private static Map<String, Map<String, Long>> calls(String address, String key)
      throws IOException, InterruptedException {
    HttpRequest status =
        HttpRequest.newBuilder(URI.create(address + "/_sandbox/status"))
            .header("X-Oosh-Sandbox", key)
            .build();
    JsonObject json =
        JsonParser.parseString(CONTROL.send(status, HttpResponse.BodyHandlers.ofString()).body())
            .getAsJsonObject()
            .getAsJsonObject("calls");
    Map<String, Map<String, Long>> calls = new TreeMap<>();
    for (Map.Entry<String, JsonElement> region : json.entrySet()) {
      Map<String, Long> actions = new TreeMap<>();
      region
          .getValue()
          .getAsJsonObject()
          .entrySet()
          .forEach(each -> actions.put(each.getKey(), each.getValue().getAsLong()));
      calls.put(region.getKey(), actions);
    }
    return calls;
  }
}
