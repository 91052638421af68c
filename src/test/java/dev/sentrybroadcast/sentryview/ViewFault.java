package dev.sentrybroadcast.sentryview;

/**
 * Something that a view of Sentry would lose, or show in a way that no one can read.
 *
 * @param detail names attributes, roles and types of parts, never content
 */
record ViewFault(StoredSpan span, Kind kind, String detail) {

  enum Kind {
    CUT_JSON("an attribute is no JSON: no message is drawn"),
    ROLE("Sentry knows no such role"),
    OBJECT_OBJECT("a result that is no text shows as [object Object]"),
    TOOL_AS_USER("a tool's result shows as the user's words"),
    MIME("media shows as content of type unknown"),
    PART_UNSEEN("parts of a message are not drawn"),
    EMPTY_OUTPUT("there are output messages, and nothing is drawn"),
    CHOICES("several answers are drawn as one"),
    SYSTEM_UNSEEN("a first message of role system hides the system instructions"),
    QUOTED("a text shows in JSON's quotes"),
    EVALUATION("an evaluation shows as raw JSON"),
    NO_MODEL("a call of no model"),
    NAMELESS("an agent or tool without a name is in no list"),
    TOKENS("token counts do not add up"),
    COST("a negative cost"),
    CONVERSATION_ID("the id cannot stand in an address"),
    OLD_NAME("a deprecated attribute without its successor"),
    TOO_LARGE("over 1 MB: Sentry cuts the largest text"),
    DEFINITION("a tool definition without a top-level name shows as raw JSON"),
    SILENT_TOOL("a failed tool shows no output"),
    ERROR_COUNT("no AI span, yet counted as an error of its conversation"),
    TOOL_UNSEEN("ends in the instant a generation ends: in no turn of the transcript");

    private final String meaning;

    Kind(String meaning) {
      this.meaning = meaning;
    }

    String meaning() {
      return meaning;
    }

    /** As {@code part-unseen}. */
    String word() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }
}
