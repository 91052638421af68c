package dev.sentrybroadcast.destination;

/** Whether a record is sent to a destination. All but {@link #SEND} count as success. */
public enum Admission {
  SEND,
  /** The sampling rate drops its session. */
  SAMPLED_OUT,
  /** The destination accepts only other API keys. */
  FILTERED,
  /** The destination is disabled. */
  DISABLED
}
