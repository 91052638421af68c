package dev.sentrybroadcast.function;

/** An environment variable that cannot be used: the function does not start. */
public final class InvalidSettingException extends RuntimeException {

  private static final int LONGEST_ECHO = 100;

  /**
   * @param value what it was; said back only where it cannot be a DSN or a key pasted by mistake
   * @param expected what it may be
   */
  InvalidSettingException(String variable, String value, String expected) {
    super(variable + " was " + echo(value) + "; it must be " + expected);
  }

  InvalidSettingException(String variable, String value, String expected, Throwable cause) {
    this(variable, value, expected);
    initCause(cause);
  }

  private static String echo(String value) {
    boolean mayBeSecret =
        value.length() > LONGEST_ECHO || value.indexOf('@') >= 0 || value.indexOf('{') >= 0;
    return mayBeSecret ? "a text of " + value.length() + " characters" : "\"" + value + "\"";
  }
}
