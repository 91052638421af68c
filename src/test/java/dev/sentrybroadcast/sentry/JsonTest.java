package dev.sentrybroadcast.sentry;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JsonTest {

  @Test
  void of_valuesOfEachKind_isTheirJsonInOrder() {
    Map<String, ?> fields =
        Json.fields(
            "text",
            "a \"quote\"\n",
            "whole",
            1L,
            "decimal",
            new BigDecimal("1.50"),
            "flag",
            true,
            "none",
            null,
            "list",
            List.of(List.of(), Map.of("a", 1)),
            "raw",
            new Json.Raw("{\"as\": \"it is\"}"));

    assertThat(Json.of(fields))
        .isEqualTo(
            "{\"text\":\"a \\\"quote\\\"\\n\",\"whole\":1,\"decimal\":1.50,\"flag\":true,"
                + "\"none\":null,\"list\":[[],{\"a\":1}],\"raw\":{\"as\": \"it is\"}}");
  }

  @Test
  void values_toString_haveNoText() {
    assertThat(new Json.Raw("\"c0ffee00\"")).hasToString("Raw[…]");
    assertThat(new Json.Members(List.of(new Json.Member("dsn", "c0ffee00"))).toString())
        .contains("dsn")
        .doesNotContain("c0ffee00");
  }
}
