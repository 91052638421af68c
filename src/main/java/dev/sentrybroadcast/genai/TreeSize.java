package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.generation.Attempt;
import dev.sentrybroadcast.generation.Generation;
import java.util.List;

/**
 * How many spans a record may become, so that its tree fits into one request whatever a record of 1
 * MiB holds: attempts and tools carry the record's metadata only while that is small, and there are
 * at most so many of them.
 *
 * @param attempts that get a span
 * @param tools that get a span
 * @param spansLeftOut attempts and tools that get none
 * @param metadataOnAll whether attempts and tools carry the metadata too
 * @param fixedBytes about how much the tree takes without content
 */
record TreeSize(
    int attempts, int tools, long spansLeftOut, boolean metadataOnAll, long fixedBytes) {

  static final int MOST_ATTEMPTS = 100;
  static final int MOST_TOOLS = 1_000;

  private static final long FIXED_BYTES = 1024 * 1024;
  private static final long METADATA_BYTES = FIXED_BYTES / 2;
  private static final long SPAN_BYTES = 600;
  private static final int HTTP_ERROR = 400;

  static TreeSize of(Generation generation, CommonAttributes common) {
    int wantedAttempts = showsAttempts(generation) ? generation.attempts().size() : 0;
    int wantedTools = generation.toolExecutions().size();
    long wanted = (long) wantedAttempts + wantedTools;
    // One character may be three bytes.
    long metadata = 3L * common.metadataCharacters();
    boolean metadataOnAll = wanted * metadata <= METADATA_BYTES;
    long each = SPAN_BYTES + 3L * common.identityCharacters() + (metadataOnAll ? metadata : 0);
    long most = Math.max(1, FIXED_BYTES / each);
    int attempts = (int) Math.min(wantedAttempts, Math.min(MOST_ATTEMPTS, most));
    int tools = (int) Math.min(wantedTools, Math.min(MOST_TOOLS, most - attempts));
    long fixed = (attempts + tools) * each + 3 * (each + metadata);
    return new TreeSize(attempts, tools, wanted - attempts - tools, metadataOnAll, fixed);
  }

  /** What an attempt or a tool carries of the common attributes. */
  AttributeList shared(CommonAttributes common) {
    return metadataOnAll ? common.all() : common.identity();
  }

  /** What is left for the tree's content. */
  int contentBytes(ContentLimits limits) {
    return contentBytes(limits, fixedBytes);
  }

  /** What is left for the content of a tree that takes so much without. */
  static int contentBytes(ContentLimits limits, long fixedBytes) {
    int all = limits.treeBytes();
    return (int) Math.max(all / 8, all - Math.max(0, fixedBytes - FIXED_BYTES));
  }

  /** Attempts are shown when there were several, or when the only one failed. */
  private static boolean showsAttempts(Generation generation) {
    List<Attempt> attempts = generation.attempts();
    return attempts.size() > 1 || (attempts.size() == 1 && failed(attempts.getFirst()));
  }

  static boolean failed(Attempt attempt) {
    Integer status = attempt.httpStatus();
    return attempt.failure() != null || (status != null && status >= HTTP_ERROR);
  }
}
