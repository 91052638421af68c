package dev.sentrybroadcast.delivery;

import static java.util.Comparator.comparing;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The records that are sent in one request, with all their spans, in order. */
record SpanRequest(List<DestinationRecord> records) {

  /** The most requests that records with the same span ids are spread over. */
  static final int MAX_REQUESTS_OF_ONE_ID = 20;

  /** A resource, a scope and the fields around them. Each tree may have its own. */
  private static final int GROUP_BYTES = 256;

  SpanRequest {
    records = List.copyOf(records);
  }

  /**
   * Requests to send.
   *
   * @param leftOver records whose span ids too many other records have
   */
  record Packed(List<SpanRequest> requests, List<DestinationRecord> leftOver) {}

  /**
   * Packs records in their order, as many to a request as fit. No two records of a request share a
   * span id. Sentry would take their spans for the same, and drop the earlier one.
   */
  static Packed pack(List<DestinationRecord> records, long maxBytes) {
    List<SpanRequest> requests = new ArrayList<>();
    List<DestinationRecord> rest = records;
    for (int round = 0; !rest.isEmpty() && round < MAX_REQUESTS_OF_ONE_ID; round++) {
      rest = packDistinct(rest, maxBytes, requests);
    }
    return new Packed(requests, rest);
  }

  /** Adds requests for all records but those that share a span id with another one. */
  private static List<DestinationRecord> packDistinct(
      List<DestinationRecord> records, long maxBytes, List<SpanRequest> requests) {
    List<DestinationRecord> sharing = new ArrayList<>();
    List<DestinationRecord> open = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    long bytes = 0;
    for (DestinationRecord record : records) {
      List<SpanData> spans = record.tree().spans();
      if (!open.isEmpty() && bytes + bytes(record) > maxBytes) {
        requests.add(new SpanRequest(open));
        open.clear();
        ids.clear();
        bytes = 0;
      }
      if (spans.stream().anyMatch(span -> ids.contains(span.getSpanId()))) {
        sharing.add(record);
        continue;
      }
      spans.forEach(span -> ids.add(span.getSpanId()));
      open.add(record);
      bytes += bytes(record);
    }
    requests.add(new SpanRequest(open));
    return sharing;
  }

  /** About how much protobuf it takes. The estimate is rarely too low. */
  long bytes() {
    return records.stream().mapToLong(SpanRequest::bytes).sum();
  }

  private static long bytes(DestinationRecord record) {
    return GROUP_BYTES + record.tree().bytes();
  }

  /**
   * The spans, those of an application together, and among them those of a session. They repeat a
   * system prompt and earlier messages, and deflate finds repetitions within 32 KB only:
   * https://datatracker.ietf.org/doc/html/rfc1951#section-2
   */
  List<SpanData> spans() {
    return records.stream()
        .sorted(comparing(DestinationRecord::application).thenComparing(DestinationRecord::session))
        .flatMap(record -> record.tree().spans().stream())
        .toList();
  }

  boolean isSplittable() {
    return records.size() > 1;
  }

  SpanRequest firstHalf() {
    return new SpanRequest(records.subList(0, records.size() / 2));
  }

  SpanRequest secondHalf() {
    return new SpanRequest(records.subList(records.size() / 2, records.size()));
  }
}
