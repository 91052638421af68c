package dev.sentrybroadcast.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That a preview fits into the answer of a function. */
final class PreviewSizeTest extends ConnectionScene {

  /** Of the whole answer, as Lambda's quota has it. */
  private static final int RESPONSE_BYTES = 6 * 1024 * 1024;

  private static final Pattern FIT = Pattern.compile("at most (\\d+) ");

  /** Of the answer as the runtime sends it, in which the body is a string. */
  private static int bytes(APIGatewayV2HTTPResponse response) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JacksonFactory.getInstance()
        .getSerializer(APIGatewayV2HTTPResponse.class)
        .toJson(response, out);
    return out.size();
  }

  private static String records(int count, String fields) {
    String record =
        "{\"schema\": \"generation/v1\", \"id\": \"g\", \"ended_at\": \"2026-11-20T12:00:02Z\","
            + " \"request\": {\"model\": \"openai/gpt-4o\"}, "
            + fields
            + "}";
    return "[" + (record + ",").repeat(count - 1) + record + "]";
  }

  private APIGatewayV2HTTPResponse previewWithContent(String body) {
    APIGatewayV2HTTPEvent event = event("POST", "/preview", JSON, body);
    event.setQueryStringParameters(Map.of("destination", "default"));
    return handle(event);
  }

  /** A quote is two bytes in JSON, and four where that JSON is a string of JSON's. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"status\": 500}",
        "{\"error\": {\"message\": \"\\\"\\\"\\\"\\\"\\\\é😀\"}}",
      })
  void handleRequest_previewOfTooManyRecords_saysHowManyFit(String attempt) {
    String attempts = "\"attempts\": [" + (attempt + ",").repeat(15) + attempt + "]";

    APIGatewayV2HTTPResponse response = previewWithContent(records(900, attempts));

    assertProblem(response, 422, "preview-too-large");
    Matcher fit = FIT.matcher(response.getBody());
    assertThat(fit.find()).isTrue();
    int most = Integer.parseInt(fit.group(1));
    assertThat(most).isBetween(2, 899);
    APIGatewayV2HTTPResponse whole = previewWithContent(records(most, attempts));
    assertThat(whole.getStatusCode()).isEqualTo(200);
    assertThat(bytes(whole)).isBetween(RESPONSE_BYTES / 2, RESPONSE_BYTES);
    assertProblem(previewWithContent(records(most + 1, attempts)), 422, "preview-too-large");
  }
}
