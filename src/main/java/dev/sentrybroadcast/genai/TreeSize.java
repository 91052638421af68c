package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.generation.Attempt;
import dev.sentrybroadcast.generation.Generation;
import io.opentelemetry.api.common.Attributes;
import java.util.List;

/**
 * Bounds the spans of a record so that its tree fits into one request, whatever a record of 1 MiB
 * holds.
 *
 * @param attempts how many attempts get a span
 * @param tools how many tools get a span
 * @param spansLeftOut attempts and tools without a span
 * @param metadataOnAll whether attempts and tools carry the metadata too
 */
record TreeSize(int attempts, int tools, long spansLeftOut, boolean metadataOnAll) {

  static final int MOST_ATTEMPTS = 100;
  static final int MOST_TOOLS = 1_000;

  private static final long ATTRIBUTE_BYTES = 1024 * 1024;
  private static final long METADATA_BYTES = ATTRIBUTE_BYTES / 2;
  private static final long SPAN_BYTES = 600;

  static TreeSize of(Generation generation, CommonAttributes common) {
    int wantedAttempts = showsAttempts(generation) ? generation.attempts().size() : 0;
    int wantedTools = generation.toolExecutions().size();
    long wanted = (long) wantedAttempts + wantedTools;
    long metadata = SizedAttributes.bytes(common.metadata());
    boolean metadataOnAll = wanted * metadata <= METADATA_BYTES;
    long each =
        SPAN_BYTES + SizedAttributes.bytes(common.identity()) + (metadataOnAll ? metadata : 0);
    long most = Math.max(1, ATTRIBUTE_BYTES / each);
    int attempts = (int) Math.min(wantedAttempts, Math.min(MOST_ATTEMPTS, most));
    int tools = (int) Math.min(wantedTools, Math.min(MOST_TOOLS, most - attempts));
    return new TreeSize(attempts, tools, wanted - attempts - tools, metadataOnAll);
  }

  /** The metadata for an attempt or a tool. */
  Attributes sharedMetadata(CommonAttributes common) {
    return metadataOnAll ? common.metadata() : Attributes.empty();
  }

  /** Attempts are shown when there were several, or when the only one failed. */
  private static boolean showsAttempts(Generation generation) {
    List<Attempt> attempts = generation.attempts();
    return attempts.size() > 1 || attempts.stream().anyMatch(attempt -> attempt.failure() != null);
  }
}
