package oosh.view.place;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import oosh.rollout.ProfileMark;
import oosh.view.text.Style;
import oosh.view.text.TextSanitizer;

/*
 * prod-eu [production, read-only]
 */
/** A profile's name as the prompt and the banner show it: in its colour, and with its limits. */
public final class ProfileLabel {
  private ProfileLabel() {}

  /**
   * @param readOnly whether the shell changes nothing
   */
  public static String of(String profile, ProfileMark mark, boolean readOnly, Style style) {
    List<String> limits =
        Stream.of(mark.word(), readOnly ? "read-only" : "").filter(w -> !w.isEmpty()).toList();
    String text =
        TextSanitizer.line(profile)
            + (limits.isEmpty()
                ? ""
                : limits.stream().collect(Collectors.joining(", ", " [", "]")));
    return mark.colour() == null && limits.isEmpty() ? text : style.in(mark.colour(), text);
  }
}
