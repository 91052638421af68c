package dev.sentrybroadcast.function;

import com.amazonaws.services.lambda.runtime.Context;
import org.jspecify.annotations.Nullable;

/**
 * The invocation that the thread is in: what the adapters, made once per environment, need of it.
 *
 * @param queueArn where its messages come from; null when they do not say
 */
record Invocation(Context context, InvocationLog log, @Nullable String queueArn) {

  /** Bound by the handler around its use case, which runs on the handler's thread. */
  static final ScopedValue<Invocation> CURRENT = ScopedValue.newInstance();

  int remainingMillis() {
    return context.getRemainingTimeInMillis();
  }

  /** Warns in the invocation's log; there is none while the function is primed. */
  static void warn(String notice) {
    if (CURRENT.isBound()) {
      CURRENT.get().log().warn(notice);
    }
  }
}
