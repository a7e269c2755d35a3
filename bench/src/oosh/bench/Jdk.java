package oosh.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A JDK by its home. */
record Jdk(Path home, int major, String version, String maker) {
  static Jdk of(Path home) {
    try {
      String version = "";
      String maker = "";
      for (String line : Files.readAllLines(home.resolve("release"))) {
        String value = line.replaceFirst("^[^=]*=", "").replace("\"", "");
        if (line.startsWith("JAVA_VERSION=")) {
          version = value;
        } else if (line.startsWith("IMPLEMENTOR=")) {
          maker = value;
        }
      }
      return new Jdk(home, Integer.parseInt(version.split("\\D")[0]), version, maker);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The oldest that oosh runs on and the newest there is, of those that this machine has. */
  static List<Jdk> here() {
    List<Path> places = new ArrayList<>();
    String home = System.getenv("JAVA_HOME");
    if (home != null && !home.isEmpty()) {
      places.add(Path.of(home));
    }
    places.add(Path.of(System.getProperty("java.home")));
    for (Path folder :
        List.of(
            Path.of("/usr/lib/jvm"),
            Path.of("/opt"),
            Path.of(System.getProperty("user.home"), ".sdkman/candidates/java"),
            Path.of(System.getProperty("user.home"), ".jdks"))) {
      try (Stream<Path> all = Files.list(folder)) {
        all.sorted().forEach(places::add);
      } catch (IOException none) {
        continue;
      }
    }
    Map<Integer, Jdk> byMajor = new TreeMap<>();
    for (Path place : places) {
      if (Files.exists(place.resolve("release")) && Files.exists(place.resolve("bin/jshell"))) {
        try {
          Jdk jdk = of(place.toRealPath());
          if (jdk.major() >= 17) {
            byMajor.putIfAbsent(jdk.major(), jdk);
          }
        } catch (IOException | RuntimeException odd) {
          continue;
        }
      }
    }
    List<Jdk> all = new ArrayList<>(byMajor.values());
    all.sort(Comparator.comparing(Jdk::major));
    return all.size() <= 2 ? all : List.of(all.get(0), all.get(all.size() - 1));
  }

  String name() {
    return String.valueOf(major);
  }

  String java() {
    return home.resolve("bin/java").toString();
  }
}
