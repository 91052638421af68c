// OTLP/JSON, as the preview answers it.

/** The spans, in the form in which the console's own come. */
export function fromOtlp(otlp) {
  const spans = [];
  for (const resourceSpans of otlp.resourceSpans ?? []) {
    for (const scopeSpans of resourceSpans.scopeSpans ?? []) {
      for (const span of scopeSpans.spans ?? []) {
        spans.push({
          trace_id: span.traceId,
          span_id: span.spanId,
          parent_span_id: span.parentSpanId ?? "",
          name: span.name,
          status: { 1: "OK", 2: "ERROR" }[span.status?.code] ?? "UNSET",
          status_message: span.status?.message ?? "",
          start_us: Number(span.startTimeUnixNano) / 1000,
          end_us: Number(span.endTimeUnixNano) / 1000,
          attributes: values(span.attributes),
          resource: values(resourceSpans.resource?.attributes),
        });
      }
    }
  }
  return spans;
}

function values(attributes) {
  const all = {};
  for (const { key, value } of attributes ?? []) {
    all[key] =
      value.stringValue ?? value.boolValue ?? value.doubleValue ??
      (value.intValue === undefined ? JSON.stringify(value) : Number(value.intValue));
  }
  return all;
}
