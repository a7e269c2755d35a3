package oosh.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PayloadViewTest {
  @Test
  void showsAContainersVariablesWithoutTheirValues() {
    Map<String, Object> container =
        Map.of("EnvironmentVar", List.of(Map.of("Key", "PASSWORD", "Value", "a secret")));

    assertThat(PayloadView.value(List.of(container)))
        .contains("PASSWORD")
        .doesNotContain("a secret");
    assertThat(PayloadView.json(Map.of("containerConfigure", List.of(container))).toString())
        .contains("PASSWORD")
        .doesNotContain("a secret");
    assertThat(PayloadView.json(Map.of("EnvironmentVars", "a secret")).toString())
        .doesNotContain("a secret");
  }

  @Test
  void showsAnAddressWithoutWhatSignsIt() {
    assertThat(PayloadView.address("https://b.example.com/app.tar.gz?Signature=abc"))
        .isEqualTo("https://b.example.com/app.tar.gz?…");
  }
}
