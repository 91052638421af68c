package dev.sentrybroadcast.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Saving and showing what chooses records, and previewing its decisions. */
final class ChoosingFieldsTest extends SaveScene {

  private static final String RULES =
      """
      , "privacy_mode": false, "sampling_rate": 0,
      "filter": {"groups": [{"rules": [
        {"field": "model", "operator": "starts_with", "value": "openai/"}]}]},
      "keep": {"errors": true, "rules": [
        {"field": "input", "operator": "contains", "value": "canary"}]},
      "producers": {"sender_ids": ["AIDATEAM"]}
      """;

  private static final String RECORD =
      """
      {"id": "r1", "model": "%s", "session_id": "s", "messages": [{"role": "user", "content": "%s"}],
       "response": {"choices": [{"message": {"role": "assistant", "content": "yes"}}]}}
      """;

  private static JsonNode json(HttpReply reply) {
    return JsonMapper.shared().readTree(reply.body());
  }

  private JsonNode preview(String record, Map<String, String> query) {
    Map<String, String> all = new HashMap<>(query);
    all.putIfAbsent("destination", "default");
    HttpReply reply = call(vault, "POST", "/preview", all, record, new Worlds().world());
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return json(reply);
  }

  @Test
  void save_fields_areShownAsTheyWereWritten() {
    assertThat(put(vault, body(OLD, RULES)).status()).isEqualTo(200);

    JsonNode shown = json(get());
    JsonNode sent = JsonMapper.shared().readTree(body(OLD, RULES));
    for (String field : new String[] {"filter", "keep", "producers"}) {
      assertThat(shown.get(field)).isEqualTo(sent.get(field));
    }
    assertThat(shown.get("api_keys").isNull()).isTrue();
    assertThat(json(put(vault, body(OLD, RULES))).get("unchanged").asBoolean()).isTrue();

    put(vault, "{\"filter\": null}");
    assertThat(json(get()).get("filter").isNull()).isTrue();
    assertThat(json(get()).get("keep")).isEqualTo(sent.get("keep"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"filter\": {\"groups\": [{\"rules\": [{\"field\": \"modle\", \"operator\": \"exists\"}]}]}"
            + " | filter.groups[0].rules[0].field | \\\"modle\\\" is none",
        "\"keep\": {\"cost\": \"s3cret\"} | keep.cost | a number from 0",
        "\"producers\": {\"sender_ids\": \"s3cret\"} | producers.sender_ids | SQS sender id",
      })
  void save_wrongValue_namesTheFieldAndSavesNothing(String field, String path, String expected) {
    HttpReply reply = put(vault, body(OLD, ", " + field));

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.body())
        .contains("\"field\":\"" + path + "\"", expected)
        .doesNotContain("s3cret");
    assertThat(get().status()).isEqualTo(404);
  }

  @Test
  void preview_decisions_sayWhereARecordGoesAndWhy() {
    put(vault, body(OLD, RULES));
    secrets.put(
        "sentry-broadcast/_routes",
        """
        {"routes": [{"when": {"groups": [{"rules": [
           {"field": "session_id", "operator": "equals", "value": "s"}]}]}, "to": ["eu"]}]}
        """);
    Map<String, String> team = Map.of("sender_id", "AIDATEAM");

    JsonNode kept = preview(RECORD.formatted("openai/gpt-5", "a canary"), team);
    assertThat(kept.at("/decisions/0"))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"record": "r1", "routed": {"by": "routes[0]", "to": ["eu"]},
                     "destination": "default", "decision": "send", "reason": "rule",
                     "rules": {"filter.groups[0].rules[0]": true, "keep.errors": false,
                               "keep.rules[0]": true}}
                    """));
    assertThat(kept.toString()).contains("broadcast.sampling.reason");
    assertThat(decision(preview(RECORD.formatted("openai/gpt-5", "x"), team)))
        .isEqualTo("sampled_out");
    assertThat(decision(preview(RECORD.formatted("mistral/x", "x"), team))).isEqualTo("filtered");
    assertThat(decision(preview(RECORD.formatted("openai/gpt-5", "x"), Map.of())))
        .isEqualTo("producer_not_allowed");
    JsonNode own =
        preview(
            RECORD
                .formatted("openai/gpt-5", "x")
                .replace("\"id\"", "\"destination\": \"b\", \"id\""),
            team);
    assertThat(own.at("/decisions/0/routed").toString())
        .isEqualTo("{\"by\":\"record\",\"to\":[\"b\"]}");
  }

  private static String decision(JsonNode preview) {
    return preview.at("/decisions/0/decision").asString();
  }

  @Test
  void preview_brokenRoutes_saysWhatIsWrong() {
    put(vault, body(OLD));
    secrets.put("sentry-broadcast/_routes", "{\"routes\": \"s3cret\"}");

    JsonNode preview = preview(RECORD.formatted("m", "x"), Map.of());
    assertThat(preview.at("/decisions/0/routed/fault").asString())
        .isEqualTo("routes: an array of routes");
    assertThat(decision(preview)).isEqualTo("send");
  }

  @Test
  void preview_allModes_standsSideBySide() {
    put(vault, body(OLD));

    JsonNode preview = preview(RECORD.formatted("m", "a canary"), Map.of("modes", "all"));
    assertThat(preview.get("resourceSpans").toString()).doesNotContain("canary");
    assertThat(preview.at("/modes/off").toString()).contains("resourceSpans", "a canary");
    assertThat(preview.at("/modes/on/resourceSpans")).isEqualTo(preview.get("resourceSpans"));
    assertThat(preview(RECORD.formatted("m", "x"), Map.of()).has("modes")).isFalse();
  }

  @Test
  void save_redaction_isShownWithoutItsKey() {
    String key = "c2VjcmV0LXNlY3JldC1zZWNyZXQtMTIz";
    String redaction =
        ", \"redaction\": {\"kinds\": [\"email\"], \"patterns\": {\"order\": \"ORD-[0-9]{8}\"},"
            + " \"pseudonym_key\": \""
            + key
            + "\"}";

    HttpReply saved = put(vault, body(OLD, redaction));
    assertThat(saved.status()).isEqualTo(200);
    assertThat(json(get()).get("redaction").toString())
        .isEqualTo(
            "{\"kinds\":[\"email\"],\"patterns\":{\"order\":\"ORD-[0-9]{8}\"},"
                + "\"pseudonym_key\":true}");
    assertThat(saved.body() + get().body()).doesNotContain(key);

    put(vault, "{\"redaction\": null}");
    assertThat(json(get()).get("redaction").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"null, false, true", "true, true, false"})
  void preview_redaction_isAModeBesideTheOthers(
      String redaction, boolean isRedacted, boolean isPlain) {
    put(vault, body(OLD, ", \"privacy_mode\": false, \"redaction\": " + redaction));

    JsonNode preview =
        preview(RECORD.formatted("m", "mail ada@example.org"), Map.of("modes", "all"));
    assertThat(preview.get("resourceSpans").toString().contains("[email]")).isEqualTo(isRedacted);
    assertThat(preview.get("resourceSpans").toString().contains("ada@")).isEqualTo(isPlain);
    assertThat(preview.at("/modes/redacted").toString())
        .contains("mail [email]", "broadcast.redacted.email")
        .doesNotContain("ada@");
    assertThat(preview.at("/modes/off").toString()).contains("mail ada@example.org");
    assertThat(preview.at("/modes/on").toString()).doesNotContain("mail");
  }

  @Test
  void name_ofTheRoutes_isNotSavedAsADestination() {
    HttpReply reply = put(vault, "_routes", body(OLD), new Worlds().world());

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("name-not-valid");
  }
}
