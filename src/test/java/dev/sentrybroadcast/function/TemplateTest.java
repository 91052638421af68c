package dev.sentrybroadcast.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What linters do not see in template.yaml, and that its variables are the settings. */
final class TemplateTest {

  private static final JsonNode TEMPLATE = read();
  private static final JsonNode RESOURCES = TEMPLATE.get("Resources");
  private static final JsonNode FUNCTION = RESOURCES.at("/BroadcastFunction/Properties");
  private static final JsonNode SOURCE = FUNCTION.at("/Events/Generations/Properties");

  @Test
  void variables_ofTheFunction_areTheSettings() {
    assertThat(FUNCTION.at("/Environment/Variables").propertyNames())
        .containsExactlyElementsOf(SettingNames.ALL);
  }

  @Test
  void defaults_ofTheParameters_areTheSettingsOwn() {
    Map<String, String> environment = new HashMap<>();
    FUNCTION
        .at("/Environment/Variables")
        .forEachEntry((name, value) -> {
          JsonNode parameter = TEMPLATE.at("/Parameters/" + value.asString());
          if (!parameter.isMissingNode()) {
            environment.put(name, parameter.get("Default").asString());
          }
        });

    assertThat(environment).hasSize(SettingNames.ALL.size() - 1);
    assertThat(Settings.from(environment).toString()).isEqualTo(Settings.from(Map.of()).toString());
  }

  @Test
  void handler_ofTheFunction_exists() throws ReflectiveOperationException {
    String[] handler = FUNCTION.get("Handler").asString().split("::", -1);

    assertThat(Class.forName(handler[0])).isEqualTo(BroadcastFunction.class);
    assertThat(Arrays.stream(BroadcastFunction.class.getMethods()).map(method -> method.getName()))
        .contains(handler[1]);
  }

  @Test
  void visibility_ofTheQueue_coversEachWindow() {
    int timeout = TEMPLATE.at("/Globals/Function/Timeout").asInt();
    int window = TEMPLATE.at("/Parameters/BatchWindowSeconds/MaxValue").asInt();

    assertThat(RESOURCES.at("/GenerationQueue/Properties/VisibilityTimeout").asInt())
        .isGreaterThanOrEqualTo(6 * timeout + window);
    // A batch of more than ten needs a window.
    assertThat(TEMPLATE.at("/Parameters/BatchWindowSeconds/MinValue").asInt()).isPositive();
  }

  @Test
  void source_ofTheFunction_reportsItsFailures() {
    assertThat(SOURCE.at("/FunctionResponseTypes/0").asString())
        .isEqualTo("ReportBatchItemFailures");
  }

  @Test
  void queues_bothOfThem_areEncryptedAndKeepFor14Days() {
    for (String queue : List.of("GenerationQueue", "GenerationDeadLetterQueue")) {
      JsonNode properties = RESOURCES.at("/" + queue + "/Properties");
      assertThat(properties.get("SqsManagedSseEnabled").asBoolean()).isTrue();
      assertThat(properties.get("MessageRetentionPeriod").asInt()).isEqualTo(14 * 86_400);
    }
    assertThat(
            RESOURCES
                .at("/GenerationQueue/Properties/RedrivePolicy/deadLetterTargetArn")
                .asString())
        .startsWith("GenerationDeadLetterQueue");
  }

  @Test
  void role_ofTheFunction_allowsWhatTheCodeCallsAndNoMore() {
    List<String> actions = new ArrayList<>();
    for (JsonNode policy : RESOURCES.at("/BroadcastRole/Properties/Policies")) {
      collectActions(policy, actions);
    }

    assertThat(new TreeSet<>(actions))
        .containsExactlyInAnyOrder(
            // The event source mapping, in the function's name.
            "sqs:ReceiveMessage",
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
            // SqsVisibility.
            "sqs:ChangeMessageVisibility",
            // SecretsManagerStore.
            "secretsmanager:GetSecretValue",
            // Lambda's log.
            "logs:CreateLogStream",
            "logs:PutLogEvents");
    assertThat(RESOURCES.at("/BroadcastRole/Properties").has("ManagedPolicyArns")).isFalse();
  }

  @Test
  void alarms_onOurMetrics_nameThem() {
    List<String> ours = Arrays.stream(Metric.values()).map(metric -> metric.label).toList();
    int alarms = 0;
    for (JsonNode resource : RESOURCES) {
      JsonNode properties = resource.path("Properties");
      if (properties.path("Namespace").asString("").equals(Metric.NAMESPACE)) {
        assertThat(ours).contains(properties.get("MetricName").asString());
        alarms++;
      }
    }

    assertThat(alarms).isPositive();
  }

  private static void collectActions(JsonNode node, List<String> actions) {
    node.forEachEntry((name, value) -> {
      if (name.equals("Action")) {
        if (value.isString()) {
          actions.add(value.asString());
        }
        value.forEach(action -> actions.add(action.asString()));
      } else {
        collectActions(value, actions);
      }
    });
    if (node.isArray()) {
      node.forEach(element -> collectActions(element, actions));
    }
  }

  private static JsonNode read() {
    try {
      return YAMLMapper.shared().readTree(Files.readString(Path.of("template.yaml")));
    } catch (IOException e) {
      throw new AssertionError("template.yaml cannot be read", e);
    }
  }
}
