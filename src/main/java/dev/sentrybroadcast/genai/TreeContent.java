package dev.sentrybroadcast.genai;

import dev.sentrybroadcast.generation.Failure;
import dev.sentrybroadcast.generation.Generation;
import dev.sentrybroadcast.generation.ToolExecution;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The content of a record's spans as far as it is disclosed, within the limits. */
final class TreeContent {

  private final Disclosure disclosure;
  private final ContentLimits limits;
  private final int attempts;
  private final List<SpanContent> spans;

  private TreeContent(Disclosure disclosure, TreeSize size, ContentLimits limits) {
    this.disclosure = disclosure;
    this.limits = limits;
    this.attempts = size.attempts();
    this.spans = new ArrayList<>(1 + size.attempts() + size.tools());
  }

  static TreeContent of(
      Generation generation, Disclosure disclosure, TreeSize size, ContentLimits limits) {
    TreeContent content = new TreeContent(disclosure, size, limits);
    content.ofGeneration(generation);
    for (int i = 0; i < size.attempts(); i++) {
      content.ofFailure(generation.attempts().get(i).failure());
    }
    for (int i = 0; i < size.tools(); i++) {
      content.ofTool(generation.toolExecutions().get(i));
    }
    ContentBudget.allot(content.spans, limits, size.contentBytes(limits));
    return content;
  }

  SpanContent generation() {
    return spans.getFirst();
  }

  SpanContent attempt(int index) {
    return spans.get(1 + index);
  }

  SpanContent tool(int index) {
    return spans.get(1 + attempts + index);
  }

  private void ofGeneration(Generation generation) {
    SpanContent to = ofFailure(generation.outcome().failure());
    to.exchange(generation.exchange(), disclosure);
  }

  private void ofTool(ToolExecution tool) {
    SpanContent to = ofFailure(tool.failure());
    to.text(SpanAttributes.TOOL_DESCRIPTION, disclosure.of(tool.description()));
    to.json(SpanAttributes.TOOL_CALL_ARGUMENTS, disclosure.of(tool.arguments()));
    to.json(SpanAttributes.TOOL_CALL_RESULT, disclosure.of(tool.result()));
  }

  private SpanContent ofFailure(@Nullable Failure failure) {
    SpanContent content = new SpanContent(limits.attributeBytes());
    if (failure != null) {
      content.failure(failure, disclosure);
    }
    spans.add(content);
    return content;
  }
}
