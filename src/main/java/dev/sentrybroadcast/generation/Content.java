package dev.sentrybroadcast.generation;

import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a person or a model wrote. Its one accessor asks for the privacy mode, one class may call it
 * (ArchitectureTest), and its {@code toString} says nothing, so that it cannot reach a log line, an
 * exception or a test's failure message by accident.
 *
 * <p>A deferred content is read only when it is revealed: in privacy mode its text is never
 * decoded.
 */
public final class Content<T> {

  private final Supplier<? extends T> reader;

  private Content(Supplier<? extends T> reader) {
    this.reader = reader;
  }

  public static <T> Content<T> of(T value) {
    return new Content<>(() -> value);
  }

  /** The reader must not fail: what it cannot read it leaves out. */
  public static <T> Content<T> deferred(Supplier<? extends T> reader) {
    return new Content<>(reader);
  }

  /** What the reader makes of a value; null where there is no value. */
  public static <V, T> @Nullable Content<T> deferred(
      @Nullable V value, Function<? super V, ? extends T> reader) {
    return value == null ? null : new Content<>(() -> reader.apply(value));
  }

  /** The content, or null in privacy mode. */
  public @Nullable T reveal(PrivacyMode mode) {
    return mode == PrivacyMode.OFF ? reader.get() : null;
  }

  @Override
  public String toString() {
    return "Content[withheld]";
  }
}
