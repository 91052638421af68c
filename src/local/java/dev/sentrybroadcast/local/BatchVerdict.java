package dev.sentrybroadcast.local;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * Which messages of a batch failed, read from a function's answer as Lambda reads it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting-conditions">Success
 *     and failure conditions</a>
 */
final class BatchVerdict {

  private BatchVerdict() {}

  /**
   * Null, an empty answer and a null or empty list mean that all succeeded; an answer that is not
   * understood, or one identifier that names no message of the batch, means that all failed.
   */
  static Set<String> failed(String answer, List<String> messageIds) {
    Set<String> all = new LinkedHashSet<>(messageIds);
    JsonNode failures;
    try {
      JsonNode node = JsonNode.parser().parse(answer);
      if (node.isNull()) {
        return Set.of();
      }
      if (!node.isObject()) {
        return all;
      }
      failures = node.field("batchItemFailures").orElse(null);
    } catch (RuntimeException _) {
      return all;
    }
    if (failures == null || failures.isNull()) {
      return Set.of();
    }
    if (!failures.isArray()) {
      return all;
    }
    Set<String> failed = new LinkedHashSet<>();
    for (JsonNode failure : failures.asArray()) {
      String id =
          failure.isObject()
              ? failure
                  .field("itemIdentifier")
                  .filter(JsonNode::isString)
                  .map(JsonNode::asString)
                  .orElse("")
              : "";
      if (!all.contains(id)) {
        return all;
      }
      failed.add(id);
    }
    return failed;
  }
}
