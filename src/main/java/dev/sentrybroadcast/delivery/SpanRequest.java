package dev.sentrybroadcast.delivery;

import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The parcels that travel in one request, whole trees, in order. */
record SpanRequest(List<Parcel> parcels) {

  /** A resource, a scope and what is around them: each tree may have its own. */
  private static final int GROUP_BYTES = 256;

  /** What the exporter writes in one go. */
  private static final int PART_BYTES = 128 * 1024;

  SpanRequest {
    parcels = List.copyOf(parcels);
  }

  /**
   * Packs parcels in their order, as many to a request as fit. No two of a request share a span id:
   * Sentry takes spans of one request for the same by that id alone, and drops the earlier one.
   */
  static List<SpanRequest> pack(List<Parcel> parcels, long maxBytes) {
    List<SpanRequest> requests = new ArrayList<>();
    List<Parcel> rest = parcels;
    while (!rest.isEmpty()) {
      List<Parcel> colliding = new ArrayList<>();
      List<Parcel> open = new ArrayList<>();
      Set<String> ids = new HashSet<>();
      long bytes = 0;
      for (Parcel parcel : rest) {
        List<SpanData> spans = parcel.tree().spans();
        long size = bytes(parcel);
        if (!open.isEmpty() && bytes + size > maxBytes) {
          requests.add(new SpanRequest(open));
          open = new ArrayList<>();
          ids.clear();
          bytes = 0;
        }
        if (collides(ids, spans)) {
          colliding.add(parcel);
        } else {
          for (SpanData span : spans) {
            ids.add(span.getSpanId());
          }
          open.add(parcel);
          bytes += size;
        }
      }
      requests.add(new SpanRequest(open));
      rest = colliding;
    }
    return requests;
  }

  private static boolean collides(Set<String> ids, List<SpanData> spans) {
    for (SpanData span : spans) {
      if (ids.contains(span.getSpanId())) {
        return true;
      }
    }
    return false;
  }

  /** About how much protobuf it takes, on the safe side. */
  long bytes() {
    long bytes = 0;
    for (Parcel parcel : parcels) {
      bytes += bytes(parcel);
    }
    return bytes;
  }

  private static long bytes(Parcel parcel) {
    return GROUP_BYTES + parcel.tree().bytes();
  }

  /**
   * Its spans in parts, whole trees, those that are alike next to each other. The exporter makes
   * several objects for each attribute before it writes; those of a whole request would all be
   * alive at once. Written one after the other the parts are one OTLP message, since encoded
   * messages that are concatenated merge:
   * https://protobuf.dev/programming-guides/encoding/#last-one-wins
   */
  List<List<SpanData>> parts() {
    List<List<SpanData>> parts = new ArrayList<>();
    List<SpanData> open = new ArrayList<>();
    long bytes = 0;
    for (Parcel parcel : alike()) {
      if (bytes >= PART_BYTES) {
        parts.add(open);
        open = new ArrayList<>();
        bytes = 0;
      }
      open.addAll(parcel.tree().spans());
      bytes += bytes(parcel);
    }
    parts.add(open);
    return parts;
  }

  /**
   * An application's records one after the other, and among them a session's, else in their order.
   * They repeat a system prompt and what was said before, and deflate looks back no further than 32
   * KB: https://datatracker.ietf.org/doc/html/rfc1951#section-2
   */
  private List<Parcel> alike() {
    if (parcels.size() == 1) {
      return parcels;
    }
    List<Parcel> alike = new ArrayList<>(parcels);
    alike.sort(SpanRequest::compareApplications);
    return alike;
  }

  private static int compareApplications(Parcel one, Parcel other) {
    int applications = one.application().compareTo(other.application());
    return applications != 0 ? applications : one.session().compareTo(other.session());
  }

  boolean isSplittable() {
    return parcels.size() > 1;
  }

  SpanRequest firstHalf() {
    return new SpanRequest(parcels.subList(0, parcels.size() / 2));
  }

  SpanRequest secondHalf() {
    return new SpanRequest(parcels.subList(parcels.size() / 2, parcels.size()));
  }

  @Override
  public String toString() {
    return "SpanRequest[" + parcels.size() + " parcels]";
  }
}
