package dev.sentrybroadcast.local;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** What became of each message, so that a person can see that none is lost. */
final class MessageFates {

  private static final int SHOWN = 40;
  private static final int KEPT = 5_000;

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

  /**
   * One message.
   *
   * @param label where it came from
   * @param reason why it came back last; empty if it never did
   */
  record Fate(String id, String label, State state, int receives, String reason) {}

  private final Function<String, String> reasons;

  // Guarded by this.
  private final Map<String, Fate> fates = new LinkedHashMap<>();

  MessageFates(Function<String, String> reasons) {
    this.reasons = reasons;
  }

  /** Of a message whose invocation may be over already. */
  synchronized void sent(String id, String label) {
    Fate known = fates.get(id);
    put(
        known == null
            ? new Fate(id, label, State.QUEUED, 0, "")
            : new Fate(id, label, known.state(), known.receives(), known.reason()));
  }

  synchronized void invoked(LambdaEventSource.Invocation invocation) {
    for (Message message : invocation.messages()) {
      boolean failed = invocation.failed().contains(message.messageId());
      Fate fate = fate(message.messageId());
      put(
          new Fate(
              fate.id(),
              fate.label(),
              failed ? State.CAME_BACK : State.DELIVERED,
              receives(message, fate),
              failed ? reasons.apply(fate.id()) : ""));
    }
  }

  synchronized void deadLetter(String id) {
    Fate fate = fate(id);
    if (fate.state() != State.REDRIVEN) {
      put(new Fate(id, fate.label(), State.DEAD_LETTER, fate.receives(), reasons.apply(id)));
    }
  }

  synchronized void redriven(String oldId, String newId) {
    Fate old = fate(oldId);
    put(new Fate(oldId, old.label(), State.REDRIVEN, old.receives(), old.reason()));
    sent(newId, old.label());
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
    return known == null ? new Fate(id, "from elsewhere", State.QUEUED, 0, "") : known;
  }

  private static int receives(Message message, Fate fate) {
    String count = message.attributes().get(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT);
    return count == null ? fate.receives() + 1 : Integer.parseInt(count);
  }

  private void put(Fate fate) {
    fates.put(fate.id(), fate);
    if (fates.size() > KEPT) {
      fates.remove(fates.keySet().iterator().next());
    }
  }
}
