package dev.sentrybroadcast.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What each role may do, and the line that needs it: one more or one less fails. */
final class RolesTest {

  private static final String STORE =
      "src/main/java/dev/sentrybroadcast/destination/SecretsManagerStore.java";
  private static final String VAULT =
      "src/main/java/dev/sentrybroadcast/destination/SecretsManagerVault.java";
  private static final String VISIBILITY =
      "src/main/java/dev/sentrybroadcast/function/SqsVisibility.java";
  private static final String LOG = "src/main/java/dev/sentrybroadcast/function/InvocationLog.java";
  private static final String TEMPLATE = "template.yaml";

  private static final String QUEUE = "GenerationQueue.Arn";
  private static final String SECRET =
      "arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:";
  private static final String DESTINATIONS = SECRET + "${AWS::StackName}/*";
  private static final String LITELLM_KEY = SECRET + "${LiteLlmKeySecret}-??????";

  private static final Pattern CALL = Pattern.compile("\\bclient(?:\\(\\))?\\s*\\.(\\w+)\\(");
  private static final Pattern SIGNED_CALL =
      Pattern.compile("\"(?:AmazonSQS|secretsmanager)\\.(\\w+)\"");

  /**
   * One action of one role.
   *
   * @param file that has the line which needs it
   * @param line text of that line
   */
  private record Need(String role, String action, String resource, String file, String line) {

    Permission permission() {
      return new Permission(role, action, resource);
    }
  }

  private record Permission(String role, String action, String resource) {}

  private static final List<Need> NEEDS =
      List.of(
          // The event source mapping polls and deletes in the function's name.
          need("BroadcastRole", "sqs:ReceiveMessage", QUEUE, TEMPLATE, "Type: SQS"),
          need("BroadcastRole", "sqs:DeleteMessage", QUEUE, TEMPLATE, "Type: SQS"),
          need("BroadcastRole", "sqs:GetQueueAttributes", QUEUE, TEMPLATE, "Type: SQS"),
          need(
              "BroadcastRole",
              "sqs:ChangeMessageVisibility",
              QUEUE,
              VISIBILITY,
              "\"AmazonSQS.ChangeMessageVisibilityBatch\""),
          need(
              "BroadcastRole",
              "secretsmanager:GetSecretValue",
              DESTINATIONS,
              STORE,
              "\"secretsmanager.GetSecretValue\""),
          need(
              "BroadcastRole",
              "secretsmanager:GetSecretValue",
              LITELLM_KEY,
              STORE,
              "\"secretsmanager.GetSecretValue\""),
          // Lambda writes what the logger is given in the function's name.
          need("BroadcastRole", "logs:CreateLogStream", "BroadcastLogs.Arn", LOG, "logger.log("),
          need("BroadcastRole", "logs:PutLogEvents", "BroadcastLogs.Arn", LOG, "logger.log("),
          need(
              "ConnectionRole",
              "secretsmanager:GetSecretValue",
              DESTINATIONS,
              STORE,
              "\"secretsmanager.GetSecretValue\""),
          need(
              "ConnectionRole",
              "secretsmanager:PutSecretValue",
              DESTINATIONS,
              VAULT,
              "client.putSecretValue("),
          need(
              "ConnectionRole",
              "secretsmanager:UpdateSecretVersionStage",
              DESTINATIONS,
              VAULT,
              "client.updateSecretVersionStage("),
          need(
              "ConnectionRole",
              "secretsmanager:CreateSecret",
              DESTINATIONS,
              VAULT,
              "client.createSecret("),
          need("ConnectionRole", "logs:CreateLogStream", "ConnectionLogs.Arn", LOG, "logger.log("),
          need("ConnectionRole", "logs:PutLogEvents", "ConnectionLogs.Arn", LOG, "logger.log("),
          // API Gateway puts what it is sent on the queue, where HttpIntake is on.
          need("IntakeRole", "sqs:SendMessage", QUEUE, TEMPLATE, "Action=SendMessage"));

  @Test
  void roles_ofTheTemplate_allowWhatIsNeededAndNoMore() {
    List<Permission> allowed = new ArrayList<>();
    Template.ofType("AWS::IAM::Role")
        .forEach((role, properties) -> {
          assertThat(properties.has("ManagedPolicyArns")).isFalse();
          for (JsonNode policy : properties.get("Policies")) {
            collect(role, policy, allowed);
          }
        });

    assertThat(allowed)
        .containsExactlyInAnyOrderElementsOf(NEEDS.stream().map(Need::permission).toList());
  }

  @Test
  void needs_eachOfThem_haveTheirLine() {
    assertThat(NEEDS)
        .allSatisfy(need -> assertThat(Template.text(need.file()).contains(need.line())).isTrue());
  }

  @Test
  void calls_ofTheCode_areAllowed() {
    Set<String> reads = calls(SIGNED_CALL, List.of(STORE));
    assertThat(actions("BroadcastRole", "secretsmanager:")).isEqualTo(reads);
    Set<String> readsAndWrites = new TreeSet<>(reads);
    readsAndWrites.addAll(calls(CALL, List.of(VAULT)));
    assertThat(actions("ConnectionRole", "secretsmanager:")).isEqualTo(readsAndWrites);
    // The batch form of an action is allowed by the action itself.
    assertThat(calls(SIGNED_CALL, List.of(VISIBILITY)))
        .containsExactly("ChangeMessageVisibilityBatch");
  }

  @Test
  void functions_eachOfThem_haveARoleOfTheTemplate() {
    Map<String, JsonNode> functions = Template.ofType("AWS::Serverless::Function");

    assertThat(functions.values().stream().map(function -> function.get("Role").asString()))
        .containsExactly("BroadcastRole.Arn", "ConnectionRole.Arn");
    // SAM adds to a role of its own what these name.
    assertThat(functions.values()).noneMatch(function -> function.has("Policies"));
  }

  @Test
  void page_ofThePermissions_hasThisTable() {
    List<List<String>> rows =
        NEEDS.stream()
            .map(need ->
                List.of(
                    need.role(),
                    need.action(),
                    need.resource(),
                    need.file().substring(need.file().lastIndexOf('/') + 1) + ": " + need.line()))
            .toList();

    assertThat(Template.rows("docs/permissions.md", "The functions' roles")).isEqualTo(rows);
  }

  private static void collect(String role, JsonNode node, Collection<Permission> allowed) {
    if (node.has("Action")) {
      assertThat(node.get("Effect").asString()).isEqualTo("Allow");
      assertThat(node.get("Resource").isString()).as("one resource").isTrue();
      String resource = node.get("Resource").asString();
      JsonNode actions = node.get("Action");
      if (actions.isString()) {
        allowed.add(new Permission(role, actions.asString(), resource));
      }
      actions.forEach(action -> allowed.add(new Permission(role, action.asString(), resource)));
      return;
    }
    for (JsonNode child : node) {
      collect(role, child, allowed);
    }
  }

  /** Of a service, as its operations are named. */
  private static Set<String> actions(String role, String prefix) {
    Set<String> actions = new TreeSet<>();
    for (Need need : NEEDS) {
      if (need.role().equals(role) && need.action().startsWith(prefix)) {
        actions.add(need.action().substring(prefix.length()));
      }
    }
    return actions;
  }

  private static Set<String> calls(Pattern pattern, List<String> files) {
    Set<String> calls = new TreeSet<>();
    for (String file : files) {
      pattern
          .matcher(Template.text(file))
          .results()
          .map(call -> call.group(1))
          .map(name -> name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1))
          .forEach(calls::add);
    }
    return calls;
  }

  private static Need need(String role, String action, String resource, String file, String line) {
    return new Need(role, action, resource, file, line);
  }
}
