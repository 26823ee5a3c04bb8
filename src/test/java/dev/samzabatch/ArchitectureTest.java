package dev.samzabatch;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import dev.samzabatch.system.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The order of the packages and the few things that only one of them may do. */
class ArchitectureTest {
  private static final String ROOT = "dev.samzabatch";

  /** A package imports itself and packages before it on this line; sub-packages stand where their parent stands. */
  private static final List<String> NUMBER_LINE = List.of(
      "data", "expr", "graph", "job", "sql", "format", "system", "plan", "state", "operator", "container", "run",
      "samza", "report", "cli");

  private static final JavaClasses CLASSES =
      new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(ROOT);

  @Test
  void everyPackageStandsOnTheNumberLine() {
    assertThat(CLASSES.stream().map(ArchitectureTest::partOf).distinct()).isSubsetOf(withRoot());
  }

  @Test
  void packagesImportOnlyEarlierOnes() {
    classes().should(importOnlyEarlierPackages()).check(CLASSES);
  }

  @Test
  void packagesAndSubPackagesHaveNoCycles() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyJobUsesTypesafeConfig() {
    onlyIn("job", "com.typesafe.config..").check(CLASSES);
  }

  @Test
  void onlySqlUsesCalcite() {
    onlyIn("sql", "org.apache.calcite..", "com.google.common..").check(CLASSES);
  }

  @Test
  void onlySystemKafkaUsesKafka() {
    onlyIn("system.kafka", "org.apache.kafka..").check(CLASSES);
  }

  @Test
  void onlyFormatUsesAvro() {
    onlyIn("format", "org.apache.avro..").check(CLASSES);
  }

  @Test
  void onlyCliUsesPicocli() {
    onlyIn("cli", "picocli..").check(CLASSES);
  }

  /** Faults end the process when a test wants it killed. */
  @Test
  void onlyCliPrintsAndExits() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".cli..")
        .and()
        .doNotBelongToAnyOf(Faults.class)
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(CLASSES);
  }

  @Test
  void namesSayWhatAClassIs() {
    noClasses()
        .should(ArchConditions.haveNameMatching(".*(Utils?|Helper|Impl|Manager)(\\$.*)?"))
        .check(CLASSES);
  }

  @Test
  void everyPackageIsDescribed() throws IOException {
    try (Stream<Path> paths = Files.walk(Path.of("src/main/java"))) {
      assertThat(paths.filter(ArchitectureTest::holdsSources))
          .isNotEmpty()
          .allSatisfy(folder -> assertThat(folder.resolve("package-info.java")).exists());
    }
  }

  private static boolean holdsSources(Path path) {
    String[] files = path.toFile().list((folder, name) -> name.endsWith(".java"));
    return files != null && files.length > 0;
  }

  private static ArchRule onlyIn(String part, String... libraryPackages) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "." + part + "..")
        .should()
        .dependOnClassesThat(resideInAnyPackage(libraryPackages));
  }

  private static ArchCondition<JavaClass> importOnlyEarlierPackages() {
    return new ArchCondition<>("import only packages before their own in " + NUMBER_LINE) {
      @Override
      public void check(JavaClass origin, ConditionEvents events) {
        int position = withRoot().indexOf(partOf(origin));
        for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
          JavaClass target = dependency.getTargetClass();
          if (target.getPackageName().startsWith(ROOT) && withRoot().indexOf(partOf(target)) > position) {
            events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
          }
        }
      }
    };
  }

  /** The root package itself may know nothing, so it stands first, as the empty name. */
  private static List<String> withRoot() {
    return Stream.concat(Stream.of(""), NUMBER_LINE.stream()).toList();
  }

  /** The name under the root package, without sub-packages: {@code system} for {@code dev.samzabatch.system.file}. */
  private static String partOf(JavaClass owner) {
    String below = owner.getPackageName().substring(ROOT.length());
    return below.isEmpty() ? "" : below.substring(1).split("\\.")[0];
  }
}
