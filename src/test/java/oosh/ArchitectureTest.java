package oosh;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The picture in docs/design.md, held against the code. */
class ArchitectureTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("oosh");

  @Test
  void rolloutKnowsTheJdkAlone() {
    only(
        "oosh.rollout..",
        "it is the language: whatever it knew, every room would know",
        "java..",
        "org.jspecify..");
  }

  @Test
  void viewKnowsTheLanguageAndJson() {
    only(
        "oosh.view..",
        "a screen that is pure is a screen that a test compares whole",
        "java..",
        "org.jspecify..",
        "com.google.gson..",
        "com.github.difflib..",
        "io.burt.jmespath..",
        "org.yaml.snakeyaml..",
        "javax.xml.stream..",
        "oosh.json..",
        "oosh.rollout..");
  }

  @Test
  void oneClassWritesMarkup() {
    noClasses()
        .that()
        .resideInAPackage("oosh..")
        .and()
        .haveNameNotMatching("oosh\\.view\\.page\\.HtmlWriter(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("javax.xml..")
        .because("what is escaped in one place is escaped everywhere")
        .check(HOUSE);
  }

  @Test
  void whatAStartDoesWithoutIsLoadedByTheRoomOfFormatsAlone() {
    noClasses()
        .that()
        .resideInAPackage("oosh..")
        .and()
        .resideOutsideOfPackage("oosh.view.format..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.burt.jmespath..")
        .because("a line without a query loads no parser for one")
        .check(HOUSE);
  }

  @Test
  void jsonKnowsTheJdkAndGson() {
    only(
        "oosh.json..",
        "every room that reads JSON uses it",
        "java..",
        "org.jspecify..",
        "com.google.gson..");
  }

  @Test
  void configKnowsTheLanguageOfProblemsAndYaml() {
    only(
        "oosh.config..",
        "it decides which files count, and every room may ask it",
        "java..",
        "com.sun.security.auth..",
        "org.jspecify..",
        "org.yaml.snakeyaml..",
        "oosh.rollout");
  }

  @Test
  void aliyunIsTheOneDoorToTheSdk() {
    only(
        "oosh.aliyun..",
        "the SDK's traps are met once, behind this door",
        "java..",
        "org.jspecify..",
        "com.google.gson..",
        "com.aliyuncs..",
        "org.yaml.snakeyaml..",
        "javax.net.ssl..",
        "oosh.config..",
        "oosh.json..",
        "oosh.rollout..");
    ArchRule alone =
        noClasses()
            .that()
            .resideOutsideOfPackage("oosh.aliyun..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.aliyuncs..")
            .because("the SDK's exceptions quote signed URLs, and its parser loses text");
    alone.check(HOUSE);
  }

  @Test
  void notifyKnowsTheWayOutAndNoSdk() {
    only(
        "oosh.notify..",
        "it sends what the language says, by the same way out as every other call",
        "java..",
        "javax.crypto..",
        "javax.net.ssl..",
        "org.jspecify..",
        "com.google.gson..",
        "oosh.config..",
        "oosh.json..",
        "oosh.rollout..",
        "oosh.aliyun..");
    noClasses()
        .that()
        .resideInAPackage("oosh.notify..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("oosh.aliyun..")
                .and(not(nameMatching(".*\\.(HttpClients|BoundedBodySubscriber(\\$.*)?)"))))
        .because("of the cloud it uses the HTTP clients alone")
        .check(HOUSE);
  }

  @Test
  void journalKnowsH2AndSpringJdbcAndJson() {
    only(
        "oosh.journal..",
        "the memory must not depend on the cloud or the screen; JSON is how it keeps a request",
        "com.google.gson..",
        "java..",
        "org.springframework.util",
        "javax.sql..",
        "javax.net.ssl..",
        "org.jspecify..",
        "org.h2..",
        "org.postgresql..",
        "org.springframework.jdbc..",
        "org.springframework.dao..",
        "org.springframework.transaction..",
        "oosh.json..",
        "oosh.rollout..");
  }

  @Test
  void oneClassCaresForTheFileOfH2AndOneForAForeignOne() {
    noClasses()
        .that()
        .resideInAPackage("oosh..")
        .and()
        .doNotHaveFullyQualifiedName("oosh.journal.JournalFile")
        .and()
        .doNotHaveFullyQualifiedName("oosh.journal.transfer.ForeignJournal")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.h2..")
        .because("another database can stand behind the journal's queries")
        .check(HOUSE);
  }

  @Test
  void shellSeesPortsAndScreensNotWhatStandsBehindThem() {
    only(
        "oosh.shell..",
        "a verb that could reach the SDK or SQL would",
        "java..",
        "org.jspecify..",
        "org.springframework..",
        "org.jline..",
        "oosh.config..",
        "oosh.rollout..",
        "oosh.view..");
  }

  @Test
  void sandboxControlKnowsTheWireAlone() {
    only(
        "oosh.sandboxcontrol..",
        "what it knows of the sandbox is the wire",
        "java..",
        "javax.crypto..",
        "org.jspecify..",
        "com.google.gson..",
        "oosh.json..",
        "oosh.rollout..",
        "oosh.shell..",
        "oosh.aliyun..");
  }

  @Test
  void sandboxImportsNothingOfOurs() {
    only(
        "oosh.sandbox..",
        "if client and emulator share a type, they share its misunderstanding",
        "java..",
        "com.sun.net.httpserver..",
        "javax.crypto..",
        "org.jspecify..",
        "com.google.gson..",
        "org.yaml.snakeyaml..",
        "net.thisptr.jackson.jq..",
        "com.fasterxml.jackson..");
  }

  @Test
  void oneClassOfTheSandboxLoadsJq() {
    noClasses()
        .that()
        .resideInAPackage("oosh..")
        .and()
        .haveNameNotMatching("oosh\\.sandbox\\.template\\.PropertySelector(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("net.thisptr.jackson.jq..", "com.fasterxml.jackson..")
        .because("its load takes 0.4 s, so only a template with a selector may cause it")
        .check(HOUSE);
  }

  @Test
  void sandboxRoomsGoInNoCircles() {
    slices().matching("oosh.sandbox.(*)..").should().beFreeOfCycles().check(HOUSE);
    noClasses()
        .that()
        .resideInAPackage("oosh.sandbox.*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("oosh.sandbox")
        .because("the room itself is the wiring of its rooms")
        .check(HOUSE);
  }

  @Test
  void publicTypesAreNamedByTheirRooms() throws IOException {
    for (JavaClass c : HOUSE) {
      if (c.isTopLevelClass() && c.getModifiers().contains(JavaModifier.PUBLIC)) {
        Path room = Path.of("src/main/java", c.getPackageName().replace('.', '/'));
        assertThat(Files.readString(room.resolve("package-info.java")))
            .containsPattern("\\b" + c.getSimpleName() + "\\b");
      }
    }
  }

  @Test
  void subRoomsOfTheLanguageAndTheScreenGoInNoCircles() {
    slices().matching("oosh.rollout.(*)..").should().beFreeOfCycles().check(HOUSE);
    slices().matching("oosh.view.(*)..").should().beFreeOfCycles().check(HOUSE);
  }

  @Test
  void noFolderIsLongerThanAScreen() throws IOException {
    try (Stream<Path> all = Files.walk(Path.of("src/main/java"))) {
      for (Path folder : all.filter(Files::isDirectory).toList()) {
        try (Stream<Path> files = Files.list(folder)) {
          assertThat(files.filter(f -> f.toString().endsWith(".java")).count())
              .as("%s", folder)
              .isLessThanOrEqualTo(30);
        }
      }
    }
  }

  @Test
  void noRoomGoesInCircles() {
    slices().matching("oosh.(*)..").should().beFreeOfCycles().check(HOUSE);
  }

  @Test
  void noClassesOfARoomGoInCircles() {
    Map<String, Set<String>> uses = new TreeMap<>();
    for (JavaClass c : HOUSE) {
      String from = outer(c);
      Set<String> used = uses.computeIfAbsent(from, f -> new TreeSet<>());
      c.getDirectDependenciesFromSelf().stream()
          .map(Dependency::getTargetClass)
          .filter(t -> room(t).equals(room(c)))
          .map(ArchitectureTest::outer)
          .filter(to -> !to.equals(from))
          .forEach(used::add);
    }
    // What uses nothing that is left is in no circle.
    while (uses.values().removeIf(Set::isEmpty)) {
      uses.values().forEach(used -> used.retainAll(uses.keySet()));
    }
    // Nor is what nothing that is left uses.
    boolean fewer;
    do {
      fewer =
          uses.keySet()
              .removeIf(from -> uses.values().stream().noneMatch(used -> used.contains(from)));
    } while (fewer);
    assertThat(uses).as("classes that need each other").isEmpty();
  }

  /** A top folder with all its sub-rooms, or the root package. */
  private static String room(JavaClass c) {
    return c.getPackageName().replaceAll("^(oosh(?:\\.\\w+)?).*", "$1");
  }

  private static String outer(JavaClass c) {
    return c.getBaseComponentType().getName().replaceAll("\\$.*", "");
  }

  @Test
  void simpleNamesAreUnique() {
    Map<String, Long> twice =
        HOUSE.stream()
            .filter(c -> c.isTopLevelClass() && !c.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getSimpleName, Collectors.counting()));
    twice.values().removeIf(n -> n == 1);
    assertThat(twice).as("a name says one thing in this house").isEmpty();
  }

  @Test
  void noFileHasMoreThan400LinesAndNoFolderMoreThan30Files() throws IOException {
    try (Stream<Path> all = Files.walk(Path.of("src/main/java"))) {
      for (Path path : all.toList()) {
        if (Files.isDirectory(path)) {
          assertThat(path)
              .isDirectory()
              .satisfies(p -> assertThat(files(p)).isLessThanOrEqualTo(30));
        } else {
          assertThat(Files.readAllLines(path)).as(path.toString()).hasSizeLessThanOrEqualTo(400);
        }
      }
    }
  }

  private static long files(Path folder) throws IOException {
    try (Stream<Path> in = Files.list(folder)) {
      return in.filter(Files::isRegularFile).count();
    }
  }

  private static void only(String room, String because, String... others) {
    String[] allowed = new String[others.length + 1];
    allowed[0] = room;
    System.arraycopy(others, 0, allowed, 1, others.length);
    classes()
        .that()
        .resideInAPackage(room)
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(allowed))
        .because(because)
        .check(HOUSE);
  }
}
