package dev.sentrybroadcast.destination;

/** Whether a record is sent to a destination; all but {@link #SEND} count as a success. */
public enum Admission {
  SEND,
  /** Its session is not among those the destination keeps. */
  SAMPLED_OUT,
  /** The destination takes records of other API keys alone. */
  FILTERED,
  /** The destination is switched off. */
  DISABLED
}
