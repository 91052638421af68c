package dev.sentrybroadcast.local;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** What became of each message, so that a person can see that none is lost. */
final class MessageFates {

  private static final int SHOWN = 200;
  private static final int KEPT = 5_000;
  private static final int MAX_BODY_CHARS = 16 << 20;

  /** Where a message is. */
  enum State {
    QUEUED,
    CAME_BACK,
    DELIVERED,
    DEAD_LETTER,
    REDRIVEN;

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** Why a message came back from its {@code receive}th receive. */
  record Return(int receive, String reason) {}

  /**
   * One message.
   *
   * @param label where it came from
   * @param returns each time that it came back
   */
  record Fate(String id, String label, State state, int receives, List<Return> returns) {

    Fate {
      returns = List.copyOf(returns);
    }

    /** Why it came back last; empty if it never did, or was delivered since. */
    String reason() {
      return state == State.DELIVERED || returns.isEmpty() ? "" : returns.getLast().reason();
    }

    private Fate with(State newState) {
      return new Fate(id, label, newState, receives, returns);
    }
  }

  private final Function<String, String> reasons;

  // Guarded by this.
  private final Map<String, Fate> fates = new LinkedHashMap<>();
  private final Map<String, String> bodies = new LinkedHashMap<>();
  private int bodyChars;

  MessageFates(Function<String, String> reasons) {
    this.reasons = reasons;
  }

  /** Of a message whose invocation may be over already. */
  synchronized void sent(String id, String label) {
    Fate known = fates.get(id);
    put(
        known == null
            ? new Fate(id, label, State.QUEUED, 0, List.of())
            : new Fate(id, label, known.state(), known.receives(), known.returns()));
  }

  synchronized void invoked(LambdaEventSource.Invocation invocation) {
    for (Message message : invocation.messages()) {
      String id = message.messageId();
      boolean failed = invocation.failed().contains(id);
      Fate fate = fate(id);
      int receives = receives(message, fate);
      List<Return> returns = new ArrayList<>(fate.returns());
      if (failed) {
        returns.add(new Return(receives, reasons.apply(id)));
      }
      State state = failed ? State.CAME_BACK : State.DELIVERED;
      put(new Fate(id, fate.label(), state, receives, returns));
      keep(id, message.body());
    }
  }

  synchronized void deadLetter(String id) {
    Fate fate = fate(id);
    if (fate.state() != State.REDRIVEN) {
      put(fate.with(State.DEAD_LETTER));
    }
  }

  synchronized void redriven(String oldId, String newId) {
    Fate old = fate(oldId);
    put(old.with(State.REDRIVEN));
    sent(newId, old.label());
  }

  synchronized @Nullable Fate of(String id) {
    return fates.get(id);
  }

  /** Null where it was received too long ago, or never. */
  synchronized @Nullable String body(String id) {
    return bodies.get(id);
  }

  synchronized int count(State state) {
    return (int) fates.values().stream().filter(fate -> fate.state() == state).count();
  }

  /** Of all messages; one that was redriven is a new one. */
  synchronized int sent() {
    return fates.size() - count(State.REDRIVEN);
  }

  /** Newest first. */
  synchronized List<Fate> latest() {
    List<Fate> all = new ArrayList<>(fates.values());
    return List.copyOf(all.subList(Math.max(0, all.size() - SHOWN), all.size()).reversed());
  }

  private Fate fate(String id) {
    Fate known = fates.get(id);
    return known == null ? new Fate(id, "from elsewhere", State.QUEUED, 0, List.of()) : known;
  }

  private static int receives(Message message, Fate fate) {
    String count = message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT);
    return count == null ? fate.receives() + 1 : Integer.parseInt(count);
  }

  private void keep(String id, String body) {
    if (bodies.putIfAbsent(id, body) != null) {
      return;
    }
    bodyChars += body.length();
    while (bodyChars > MAX_BODY_CHARS) {
      String oldest = bodies.keySet().iterator().next();
      bodyChars -= String.valueOf(bodies.remove(oldest)).length();
    }
  }

  private void put(Fate fate) {
    fates.put(fate.id(), fate);
    if (fates.size() > KEPT) {
      fates.remove(fates.keySet().iterator().next());
    }
  }
}
