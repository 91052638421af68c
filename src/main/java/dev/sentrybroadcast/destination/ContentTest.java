package dev.sentrybroadcast.destination;

import dev.sentrybroadcast.generation.Content;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Tests content without giving it away: {@code ContentPolicy::matches}. */
@FunctionalInterface
public interface ContentTest {

  /**
   * Whether the texts of the contents match, all in one, a line each.
   *
   * @param contents read only when this is called
   * @param test gets null where there is no text; must not keep it
   */
  boolean matches(List<? extends Content<?>> contents, Predicate<@Nullable String> test);
}
