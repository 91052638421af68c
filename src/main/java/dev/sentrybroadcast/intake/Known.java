package dev.sentrybroadcast.intake;

import org.jspecify.annotations.Nullable;

/** Values that can stand in several places. */
public final class Known {

  private Known() {}

  /** The first one that is not null; null where none is known. */
  @SafeVarargs
  public static <T> @Nullable T first(@Nullable T... values) {
    for (T value : values) {
      if (value != null) {
        return value;
      }
    }
    return null;
  }
}
