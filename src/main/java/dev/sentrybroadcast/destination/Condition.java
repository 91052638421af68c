package dev.sentrybroadcast.destination;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a record must be like. The JSON of a filter is <a
 * href="https://openrouter.ai/docs/client-sdks/python/components/observabilityfilterrulesconfignullable">OpenRouter's</a>.
 */
sealed interface Condition permits Rule, Condition.Group {

  /** Matches every record. */
  Condition EVERYTHING = new Group(true, List.of());

  /** Whether the record matches. Depends on the record and the condition alone. */
  boolean matches(RecordValues record);

  /** The rules that it is made of, in the order in which they are written. */
  Stream<Rule> rules();

  /**
   * Conditions that must match, all of them or any one. A group without conditions matches.
   *
   * @param all {@code "logic": "and"}
   */
  record Group(boolean all, List<Condition> conditions) implements Condition {

    public Group {
      conditions = List.copyOf(conditions);
    }

    @Override
    public boolean matches(RecordValues record) {
      return conditions.isEmpty()
          || (all
              ? conditions.stream().allMatch(each -> each.matches(record))
              : conditions.stream().anyMatch(each -> each.matches(record)));
    }

    @Override
    public Stream<Rule> rules() {
      return conditions.stream().flatMap(Condition::rules);
    }
  }

  /** Reads {@code {"enabled", "logic", "groups": [{"logic", "rules": […]}]}}. */
  static Condition filter(SecretValue filter) throws InvalidJsonException {
    filter.allowOnly("enabled", "logic", "groups");
    boolean enabled = filter.get("enabled").flag(true);
    List<Condition> groups = new ArrayList<>();
    for (SecretValue group : filter.get("groups").elements("an array of groups")) {
      group.allowOnly("logic", "rules");
      groups.add(new Group(isAnd(group), rules(group.get("rules"))));
    }
    return enabled ? new Group(isAnd(filter), groups) : EVERYTHING;
  }

  /** Reads an array of rules. */
  static List<Condition> rules(SecretValue rules) throws InvalidJsonException {
    List<Condition> read = new ArrayList<>();
    for (SecretValue rule : rules.elements("an array of rules")) {
      read.add(Rule.read(rule));
    }
    return read;
  }

  /** That the field has one of these values; null: any or none. */
  static Condition isOneOf(String path, String field, @Nullable Set<String> values) {
    return values == null
        ? EVERYTHING
        : new Group(
            false,
            values.stream()
                .sorted()
                .<Condition>map(
                    value -> new Rule(path, field, Rule.Operator.EQUALS, value, null, false, null))
                .toList());
  }

  private static boolean isAnd(SecretValue logical) throws InvalidJsonException {
    return logical.get("logic").oneOf("and", List.of("and", "or")).equals("and");
  }
}
