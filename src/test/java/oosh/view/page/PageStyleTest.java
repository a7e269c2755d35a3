package oosh.view.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The colours of a page: WCAG 2.1, AA, in light and in dark. */
class PageStyleTest {
  private static final Pattern COLOUR = Pattern.compile("--([a-z-]+):#([0-9a-f]{6}|[0-9a-f]{3})");

  @Test
  void everyTextAndEveryShapeStandsOutInLightAndDark() {
    String css = PageStyle.read().css();
    int dark = css.indexOf("@media screen and (prefers-color-scheme:dark)");
    Map<String, double[]> colours = new HashMap<>();
    for (String scheme :
        List.of(css.substring(0, dark), css.substring(dark, css.indexOf("*{box-sizing")))) {
      COLOUR.matcher(scheme).results().forEach(m -> colours.put(m.group(1), channels(m)));
      for (String ground : List.of("card", "page", "code", "band")) {
        stands(colours, "text", ground, 4.5);
      }
      stands(colours, "soft", "card", 4.5);
      stands(colours, "soft", "band", 4.5);
      for (String tone : List.of("good", "bad", "careful", "plain")) {
        stands(colours, tone, tone + "-b", 4.5);
        stands(colours, tone, "card", 4.5);
      }
      for (String bar : List.of("out", "work", "in", "whole", "gate", "pause", "back")) {
        stands(colours, "label", bar, 4.5);
        stands(colours, bar + "-l", "card", 3);
        stands(colours, bar + "-l", "band", 3);
      }
    }
  }

  private static void stands(
      Map<String, double[]> colours, String front, String ground, double least) {
    double one = light(colours.get(front));
    double other = light(colours.get(ground));
    double contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    assertThat(contrast).as(front + " on " + ground).isGreaterThanOrEqualTo(least);
  }

  private static double[] channels(MatchResult colour) {
    String hex = colour.group(2);
    String six = hex.length() == 6 ? hex : hex.replaceAll("(.)", "$1$1");
    double[] channels = new double[3];
    for (int i = 0; i < 3; i++) {
      double c = Integer.parseInt(six.substring(2 * i, 2 * i + 2), 16) / 255.0;
      channels[i] = c <= 0.03928 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
    return channels;
  }

  private static double light(double[] rgb) {
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
  }
}
