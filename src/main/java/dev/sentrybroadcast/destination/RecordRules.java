package dev.sentrybroadcast.destination;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which records a destination gets. A decision depends on the record and these rules alone, so it
 * is the same on each redelivery.
 *
 * @param samplingRate from 0 to 1: the share of sessions that are sent
 */
public record RecordRules(
    boolean enabled, Producers producers, Condition filter, double samplingRate, Keep keep) {

  /** Every record. */
  public static final RecordRules ALL =
      new RecordRules(true, Producers.ALL, Condition.EVERYTHING, 1.0, Keep.NOTHING);

  /** Whether a record is sent. */
  public sealed interface Admission {

    /** It is sent. */
    record Send(Sampling sampling) implements Admission {}

    /** It is not. All but the last count as success. */
    enum Left implements Admission {
      /** The sampling rate drops its session. */
      SAMPLED_OUT,
      /** The filter does not match. */
      FILTERED,
      /** The destination is disabled. */
      DISABLED,
      /** Another producer may not send here: the record is returned. */
      PRODUCER_NOT_ALLOWED
    }
  }

  static RecordRules read(SecretValue secret) throws InvalidJsonException {
    SecretValue keys = secret.get("api_keys");
    List<Condition> filters =
        Stream.of(
                Condition.isOneOf(keys.path(), "api_key_name", keys.names("API key's name")),
                Condition.filter(secret.get("filter")))
            .filter(each -> !each.equals(Condition.EVERYTHING))
            .toList();
    return new RecordRules(
        secret.get("enabled").flag(true),
        Producers.read(secret.get("producers")),
        new Condition.Group(true, filters),
        rate(secret.get("sampling_rate")),
        Keep.read(secret.get("keep")));
  }

  private static double rate(SecretValue rate) throws InvalidJsonException {
    String text = rate.isNull() ? "1" : rate.numberText();
    double number = text == null ? -1 : Double.parseDouble(text);
    if (!(number >= 0 && number <= 1)) {
      throw rate.expected("a number from 0 to 1");
    }
    return number;
  }

  /**
   * Decides on a record.
   *
   * @param senderId SQS's id of who sent the message, or null
   * @param samplingKey session id, else trace id, else record id
   */
  public Admission admit(RecordValues record, @Nullable String senderId, String samplingKey) {
    if (!enabled) {
      return Admission.Left.DISABLED;
    }
    if (!producers.allow(senderId, record.record().caller().apiKeyName())) {
      return Admission.Left.PRODUCER_NOT_ALLOWED;
    }
    if (!filter.matches(record)) {
      return Admission.Left.FILTERED;
    }
    // Kept before sampled: else the share of kept records in the sample would count 1/rate times.
    Optional<Sampling.Reason> reason =
        keep.reason(record)
            .or(() ->
                Sampling.keeps(samplingRate, samplingKey)
                    ? Optional.of(Sampling.Reason.RATE)
                    : Optional.empty());
    return reason
        .<Admission>map(known -> new Admission.Send(new Sampling(known, samplingRate)))
        .orElse(Admission.Left.SAMPLED_OUT);
  }

  /** Each rule's path, and whether it matches the record. */
  public Map<String, Boolean> explain(RecordValues record) {
    Stream<Rule> all =
        Stream.concat(
            filter.rules(), keep.parts().stream().flatMap(part -> part.condition().rules()));
    Map<String, Boolean> explained = new LinkedHashMap<>();
    all.forEach(rule -> explained.merge(rule.path(), rule.matches(record), Boolean::logicalOr));
    return explained;
  }
}
