package dev.samzabatch.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTest {

  private static final Place PLACE = new Place("job.conf", 12, 9);

  @Test
  void aProblemIsShownWithItsPlaceItsLineAndWhatToDo() {
    Problem problem =
        Problem.error("SB-2011", PLACE, "no column \"x\"", "did you mean y?").with(new Excerpt("filter = x > 1", 1));
    assertThat(problem.render()).isEqualTo("""
        job.conf:12:9  error SB-2011: no column "x"
           12 | filter = x > 1
              |         ^ did you mean y?""");
    Problem warning = Problem.warning("SB-2012", PLACE, "odd", "").with(new Excerpt("filter = x > 1", 3));
    assertThat(warning.render()).isEqualTo("""
        job.conf:12:9  warning SB-2012: odd
           12 | filter = x > 1
              |         ^^^""");
  }

  @Test
  void placesMayBeKnownInPart() {
    assertThat(Problem.error("SB-1", Place.none(), "m", "h").render()).isEqualTo("error SB-1: m\n   h");
    assertThat(Problem.error("SB-1", Place.of("f"), "m", "").render()).isEqualTo("f  error SB-1: m");
    assertThat(Problem.error("SB-1", new Place("f", 3, 0), "m", "a\nb").with(new Excerpt("line", 1)).render())
        .isEqualTo("f:3  error SB-1: m\n    3 | line\n      | a\n      | b");
  }

  @Test
  void aLongLineIsCutAroundThePlace() {
    String line = "a".repeat(500) + "b" + "c".repeat(500);
    String shown = Problem.error("SB-1", new Place("f", 1, 501), "m", "").with(new Excerpt(line, 1)).render();
    assertThat(shown.lines().skip(1)).containsExactly(
        "    1 | …" + "a".repeat(60) + "b" + "c".repeat(49) + "…", "      | " + " ".repeat(61) + "^");
    assertThat(new Excerpt(line, 10_000).view(990).carets()).isEqualTo(12);
    assertThat(new Excerpt("x", 5).view(9)).isEqualTo(new Excerpt.View("x", 1, 1));
  }

  @Test
  void charactersThatMoveTheCursorAreNotShown() {
    assertThat(new Excerpt("a\tb\u001b[31m\u0007", 1).view(3).text()).isEqualTo("a b?[31m?");
  }

  @Test
  void placesAreOrderedByFileLineAndColumn() {
    Place a = new Place("a", 9, 9);
    Place b = new Place("b", 1, 2);
    assertThat(List.of(new Place("b", 2, 1), new Place("b", 1, 3), b, a, Place.none()).stream().sorted())
        .containsExactly(Place.none(), a, b, new Place("b", 1, 3), new Place("b", 2, 1));
  }

  @Test
  void anExceptionSaysAllItsProblems() {
    Problem first = Problem.error("SB-1", PLACE, "one", "");
    Problem second = Problem.error("SB-2", Place.of("f"), "two", "");
    UserException failure = new UserException(List.of(first, second));
    assertThat(failure).hasMessage("job.conf:12:9  error SB-1: one\nf  error SB-2: two");
    assertThat(failure.kind()).isEqualTo(ErrorKind.USER);
    assertThat(failure.problems()).containsExactly(first, second);
    assertThat(new UserException(ErrorKind.EXTERNAL, first).kind()).isEqualTo(ErrorKind.EXTERNAL);
  }

  @Test
  void theNearestNameIsFound() {
    List<String> names = List.of("member_id", "country", "views", "left-join", "v");
    assertThat(NearestName.of("member_idd", names)).contains("member_id");
    assertThat(NearestName.of("MEMBER-ID", names)).contains("member_id");
    assertThat(NearestName.of("coutnry", names)).contains("country");
    assertThat(NearestName.of("view", names)).contains("views");
    assertThat(NearestName.of("w", names)).isEmpty();
    assertThat(NearestName.of("elephant", names)).isEmpty();
    assertThat(NearestName.of("x".repeat(1000), names)).isEmpty();
    assertThat(NearestName.of("ab1", List.of("ab3", "ab2"))).contains("ab2");
    assertThat(NearestName.hint("view", names)).isEqualTo("did you mean \"views\"?");
    assertThat(NearestName.hint("elephant", names)).isEmpty();
  }
}
