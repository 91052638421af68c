package dev.sentrybroadcast.function;

/** What {@code LOG_LEVEL} may be. The line with an invocation's metrics is written at each. */
enum LogLevel {
  DEBUG,
  INFO,
  WARN,
  ERROR
}
