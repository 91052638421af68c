package dev.sentrybroadcast.delivery;

/** Tells where our code failed, without the message: that may quote what was being mapped. */
final class Bug {

  private static final int FRAMES = 8;

  private Bug() {}

  /** The classes of the exception and its causes, and the innermost frames of the first. */
  static String describe(Throwable thrown) {
    StringBuilder text = new StringBuilder(thrown.getClass().getName());
    int causes = 0;
    for (Throwable cause = thrown.getCause();
        cause != null && causes < 3;
        cause = cause.getCause(), causes++) {
      text.append(" of ").append(cause.getClass().getName());
    }
    StackTraceElement[] frames = thrown.getStackTrace();
    for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
      text.append(" at ")
          .append(frames[i].getClassName())
          .append('.')
          .append(frames[i].getMethodName())
          .append(':')
          .append(frames[i].getLineNumber());
    }
    return text.toString();
  }
}
