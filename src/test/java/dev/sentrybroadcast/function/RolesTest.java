package dev.sentrybroadcast.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What each role of the template may do: one action more or less fails. */
final class RolesTest {

  private static final String QUEUE = "GenerationQueue.Arn or ExistingQueueArn";
  private static final String SECRET =
      "arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:";
  private static final String DESTINATIONS = SECRET + "${AWS::StackName}/destinations/*";
  private static final String LITELLM_KEY = SECRET + "${LiteLlmKeySecret}-??????";

  private static final String OBJECTS =
      "arn:${AWS::Partition}:s3:::${SourceBucket}/${SourcePrefix}*";

  private record Permission(String role, String action, String resource) {}

  private static final List<Permission> PERMISSIONS =
      List.of(
          new Permission("BroadcastRole", "sqs:ReceiveMessage", QUEUE),
          new Permission("BroadcastRole", "sqs:DeleteMessage", QUEUE),
          new Permission("BroadcastRole", "sqs:GetQueueAttributes", QUEUE),
          new Permission("BroadcastRole", "sqs:ChangeMessageVisibility", QUEUE),
          new Permission("BroadcastRole", "secretsmanager:GetSecretValue", DESTINATIONS),
          new Permission("BroadcastRole", "secretsmanager:GetSecretValue", LITELLM_KEY),
          new Permission("BroadcastRole", "s3:GetObject", OBJECTS),
          new Permission("BroadcastRole", "s3:GetObjectVersion", OBJECTS),
          new Permission("BroadcastRole", "sqs:SendMessage", QUEUE),
          new Permission("BroadcastRole", "logs:CreateLogStream", "BroadcastLogs.Arn"),
          new Permission("BroadcastRole", "logs:PutLogEvents", "BroadcastLogs.Arn"),
          new Permission("ConnectionRole", "secretsmanager:GetSecretValue", DESTINATIONS),
          new Permission("ConnectionRole", "secretsmanager:PutSecretValue", DESTINATIONS),
          new Permission("ConnectionRole", "secretsmanager:UpdateSecretVersionStage", DESTINATIONS),
          new Permission("ConnectionRole", "secretsmanager:CreateSecret", DESTINATIONS),
          new Permission("ConnectionRole", "logs:CreateLogStream", "ConnectionLogs.Arn"),
          new Permission("ConnectionRole", "logs:PutLogEvents", "ConnectionLogs.Arn"),
          new Permission("IntakeRole", "sqs:SendMessage", QUEUE),
          new Permission("KeyPolicy", "kms:Decrypt", "KmsKeyArn"),
          new Permission("KeyPolicy", "kms:GenerateDataKey", "KmsKeyArn"));

  /** What Lambda asks of the role of a function in a VPC; it can be given for no one interface. */
  private static final List<String> IN_A_VPC =
      List.of(
          "ec2:CreateNetworkInterface",
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeSubnets",
          "ec2:DeleteNetworkInterface",
          "ec2:AssignPrivateIpAddresses",
          "ec2:UnassignPrivateIpAddresses");

  @Test
  void roles_ofTheTemplate_allowWhatIsNeededAndNoMore() {
    List<Permission> allowed = new ArrayList<>();
    Template.ofType("AWS::IAM::Role")
        .forEach((role, properties) -> {
          assertThat(properties.has("ManagedPolicyArns")).isFalse();
          assertThat(properties.get("PermissionsBoundary").toString())
              .isEqualTo("[\"HasBoundary\",\"PermissionsBoundaryArn\",\"AWS::NoValue\"]");
          for (JsonNode policy : properties.get("Policies")) {
            collect(role, policy, allowed);
          }
        });
    Template.ofType("AWS::IAM::Policy").forEach((name, policy) -> collect(name, policy, allowed));
    for (String role : List.of("BroadcastRole", "ConnectionRole")) {
      for (String action : IN_A_VPC) {
        assertThat(allowed.remove(new Permission(role, action, "*"))).as(action).isTrue();
      }
    }

    assertThat(allowed).containsExactlyInAnyOrderElementsOf(PERMISSIONS);
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
  void page_ofThePermissions_hasTheSame() {
    assertThat(Template.rows("docs/permissions.md", "The functions' roles"))
        .extracting(row -> new Permission(row.get(0), row.get(1), row.get(2)))
        .isEqualTo(PERMISSIONS);
  }

  /** One, or one of two by a condition of the template. */
  private static String resource(JsonNode resource) {
    if (resource.isArray()) {
      assertThat(resource.size()).isEqualTo(3);
      return resource.get(1).asString() + " or " + resource.get(2).asString();
    }
    assertThat(resource.isString()).as("one resource").isTrue();
    return resource.asString();
  }

  private static void collect(String role, JsonNode node, Collection<Permission> allowed) {
    if (node.has("Action")) {
      assertThat(node.get("Effect").asString()).isEqualTo("Allow");
      String resource = resource(node.get("Resource"));
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
}
