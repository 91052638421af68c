package dev.sentrybroadcast.function;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What linters do not see in template.yaml, and that its variables are the settings. */
final class TemplateTest {

  private static final JsonNode TEMPLATE = Template.ROOT;
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
          JsonNode parameter = TEMPLATE.at("/Parameters/" + value.asString(""));
          if (!parameter.isMissingNode() && value.isString()) {
            environment.put(name, parameter.get("Default").asString());
          }
        });

    // The prefix, and two that are made of parameters.
    assertThat(environment).hasSize(SettingNames.ALL.size() - 3);
    assertThat(Settings.from(environment).toString()).isEqualTo(Settings.from(Map.of()).toString());
  }

  /** With a method's name behind it the runtime would call it by reflection. */
  @Test
  void handler_ofTheFunction_isTheClassAlone() {
    assertThat(FUNCTION.get("Handler").asString()).isEqualTo(BroadcastFunction.class.getName());
    assertThat(RequestStreamHandler.class).isAssignableFrom(BroadcastFunction.class);
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
      // With a key of its own, SQS's is switched off.
      assertThat(properties.get("SqsManagedSseEnabled").toString())
          .isEqualTo("[\"HasKey\",\"AWS::NoValue\",true]");
      assertThat(properties.get("KmsMasterKeyId").toString())
          .isEqualTo("[\"HasKey\",\"KmsKeyArn\",\"AWS::NoValue\"]");
      assertThat(properties.get("MessageRetentionPeriod").asInt()).isEqualTo(14 * 86_400);
    }
    assertThat(
            RESOURCES
                .at("/GenerationQueue/Properties/RedrivePolicy/deadLetterTargetArn")
                .asString())
        .startsWith("GenerationDeadLetterQueue");
  }

  @Test
  void policies_ofTheQueues_refuseWhatIsNotTls() {
    Map<String, JsonNode> policies = Template.ofType("AWS::SQS::QueuePolicy");

    assertThat(policies.values().stream().map(policy -> policy.at("/Queues/0").asString()))
        .containsExactlyElementsOf(Template.ofType("AWS::SQS::Queue").keySet());
    assertThat(policies.values())
        .allSatisfy(policy -> {
          JsonNode statement = policy.at("/PolicyDocument/Statement/0");
          assertThat(statement.get("Effect").asString()).isEqualTo("Deny");
          assertThat(statement.get("Action").asString()).isEqualTo("sqs:*");
          assertThat(statement.at("/Condition/Bool/aws:SecureTransport").asString())
              .isEqualTo("false");
        });
  }

  /** SAM then points event sources and URLs at the alias, and SnapStart's snapshot is used. */
  @Test
  void functions_bothOfThem_areCalledThroughTheirAlias() {
    assertThat(TEMPLATE.at("/Globals/Function/AutoPublishAlias").asString()).isEqualTo("live");
    assertThat(TEMPLATE.at("/Globals/Function/SnapStart/ApplyOn").asString())
        .isEqualTo("PublishedVersions");
    assertThat(Template.ofType("AWS::Serverless::Function").values())
        .hasSize(2)
        .allSatisfy(function -> {
          assertThat(function.get("AutoPublishAliasAllProperties").asBoolean()).isTrue();
          assertThat(function.has("AutoPublishAlias")).isFalse();
          assertThat(function.has("Timeout")).as("one time-out for all").isFalse();
        });
    // Of SAM's making alone: one by hand could name the function without its alias.
    assertThat(Template.ofType("AWS::Lambda::EventSourceMapping")).isEmpty();
    assertThat(Template.ofType("AWS::Lambda::Url")).isEmpty();
    assertThat(Template.ofType("AWS::Lambda::Permission")).isEmpty();
    assertThat(FUNCTION.get("Events").size()).isEqualTo(1);
  }

  /** What EventBridge puts on the queue is what the function may read, and no more. */
  @Test
  void objects_ofTheSource_areThoseOfTheRule() {
    JsonNode rule = Template.properties("SourceRule");

    assertThat(FUNCTION.at("/Environment/Variables/SOURCE_BUCKETS/1").asString())
        .isEqualTo("${SourceBucket}/${SourcePrefix}");
    assertThat(rule.at("/EventPattern/detail/bucket/name/0").asString()).isEqualTo("SourceBucket");
    assertThat(rule.at("/EventPattern/detail/object/key/0/prefix").asString())
        .isEqualTo("SourcePrefix");
    assertThat(rule.at("/EventPattern/source/0").asString()).isEqualTo("aws.s3");
    assertThat(rule.at("/Targets/0/SqsParameters/0").asString())
        .as("EventBridge sends to a FIFO queue by a message group only")
        .isEqualTo("ReadsFifo");
    assertThat(RESOURCES.at("/SourceRule/Condition").asString()).isEqualTo("ReadsObjects");
    assertThat(
            Template.properties("GenerationQueuePolicy")
                .at("/PolicyDocument/Statement/2/1/Condition/ArnEquals/aws:SourceArn")
                .asString())
        .isEqualTo("SourceRule.Arn");
  }

  /** What arrives in one invocation is held, as text and as spans, in the function's memory. */
  @Test
  void batch_ofTheLargestEvent_isWithinTheMemory() {
    // Lambda's limit for an event, each byte a char of two, and again as spans and as a request.
    int eventMegabytes = 6;
    int batch = TEMPLATE.at("/Parameters/BatchSize/Default").asInt();

    assertThat(TEMPLATE.at("/Parameters/MemorySize/MinValue").asInt())
        .isGreaterThanOrEqualTo(eventMegabytes * 2 * 4 * 4);
    // A record as producers send it is 6 KB: a full batch then fills a tenth of an event.
    assertThat(batch * 6_000).isLessThan(eventMegabytes * 1_000_000);
  }

  @Test
  void urls_ofTheFunctions_askForASignature() {
    assertThat(
            Template.properties("ConnectionFunction").at("/FunctionUrlConfig/AuthType").asString())
        .isEqualTo("AWS_IAM");
    assertThat(FUNCTION.has("FunctionUrlConfig")).isFalse();
  }

  @Test
  void logs_ofTheFunctions_areOfTheTemplateAndNotKeptForEver() {
    assertThat(Template.ofType("AWS::Serverless::Function").values())
        .allSatisfy(function -> {
          String group = function.at("/LoggingConfig/LogGroup").asString();
          assertThat(Template.properties(group).get("RetentionInDays").asString())
              .isEqualTo("LogRetentionDays");
          assertThat(function.at("/LoggingConfig/LogFormat").asString()).isEqualTo("JSON");
          // Lambda's own filter would drop the lines with the metrics.
          assertThat(function.at("/LoggingConfig/ApplicationLogLevel").asString())
              .isEqualTo("DEBUG");
        });
  }

  @Test
  void receives_beforeAMessageIsGivenUp_outlastSixHours() {
    int receives = TEMPLATE.at("/Parameters/MaxReceives/Default").asInt();
    int visibility = RESOURCES.at("/GenerationQueue/Properties/VisibilityTimeout").asInt();

    // The last one comes after all visibility timeouts but its own.
    assertThat((receives - 1) * visibility).isGreaterThanOrEqualTo(6 * 3_600);
    assertThat(TEMPLATE.at("/Parameters/MaxReceives/MinValue").asInt()).isGreaterThanOrEqualTo(5);
    assertThat(RESOURCES.at("/GenerationQueue/Properties/RedrivePolicy/maxReceiveCount").asString())
        .isEqualTo("MaxReceives");
  }

  /**
   * What may hold undelivered records, or keys, outlives the stack, but not a first create that
   * fails: the secret's name would be taken at the next one.
   */
  @Test
  void resources_withoutACopy_areRetained() {
    for (String kept : List.of("GenerationDeadLetterQueue", "DefaultDestinationSecret")) {
      assertThat(RESOURCES.path(kept).path("DeletionPolicy").asString())
          .isEqualTo("RetainExceptOnCreate");
      assertThat(RESOURCES.path(kept).path("UpdateReplacePolicy").asString()).isEqualTo("Retain");
    }
  }

  /** A secret of another application does not begin like that. */
  @Test
  void secrets_ofDestinations_haveAFolderOfTheirOwn() {
    for (String function : List.of("BroadcastFunction", "ConnectionFunction")) {
      assertThat(
              Template.properties(function)
                  .at("/Environment/Variables/DESTINATION_SECRET_PREFIX")
                  .asString())
          .isEqualTo("${AWS::StackName}/destinations/");
    }
    assertThat(Template.properties("DefaultDestinationSecret").get("Name").asString())
        .isEqualTo("${AWS::StackName}/destinations/default");
  }

  /** `sam deploy` without more must not change the stack that others rely on. */
  @Test
  void stacks_ofSamconfig_areOneForEachEnvironment() {
    List<String> names =
        Pattern.compile("\\[(\\w+)\\.deploy\\.parameters]\nstack_name = \"([^\"]+)\"")
            .matcher(Template.text("samconfig.toml"))
            .results()
            .map(stack -> stack.group(1) + " " + stack.group(2))
            .toList();

    assertThat(names)
        .containsExactly(
            "default sentry-broadcast-dev",
            "staging sentry-broadcast-staging",
            "production sentry-broadcast");
  }

  /** `aws cloudformation package` does not look into Globals, and would upload its directory. */
  @Test
  void code_ofTheFunctions_isNamedByEachOfThem() {
    assertThat(Template.ofType("AWS::Serverless::Function").values())
        .allSatisfy(function -> assertThat(function.get("CodeUri").asString()).isEqualTo("."));
  }

  /**
   * SAM publishes no version for another value of a parameter; for another description AWS does.
   */
  @Test
  void versions_ofTheFunctions_areDescribedByEachParameterTheyUse() {
    Template.ofType("AWS::Serverless::Function")
        .forEach((name, function) -> {
          String description = function.path("VersionDescription").asString("");
          assertThat(Template.RESOURCES.path(name).path("UpdateReplacePolicy").asString(""))
              .isEqualTo("Retain");
          int longest = description.length();
          List<String> values = new ArrayList<>();
          function.at("/Environment/Variables").forEach(value -> values.add(value.asString("")));
          values.add(function.get("MemorySize").asString());
          for (String value : values) {
            JsonNode parameter = TEMPLATE.at("/Parameters/" + value);
            if (!parameter.isMissingNode() && !value.isEmpty()) {
              assertThat(description).contains("${" + value + "}");
              longest += longest(parameter) - value.length() - 3;
            }
          }
          assertThat(longest).as(name).isLessThanOrEqualTo(256);
        });
  }

  /** How long a parameter's value may be. */
  private static int longest(JsonNode parameter) {
    if (parameter.has("AllowedValues")) {
      int longest = 0;
      for (JsonNode value : parameter.get("AllowedValues")) {
        longest = Math.max(longest, value.asString().length());
      }
      return longest;
    }
    return parameter.has("MaxValue")
        ? parameter.get("MaxValue").asString().length()
        : parameter.get("MaxLength").asInt();
  }
}
