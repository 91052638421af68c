package dev.sentrybroadcast.function;

/** An environment variable is invalid; the function does not start. */
public final class InvalidSettingException extends RuntimeException {

  private static final int LONGEST_ECHO = 100;

  /**
   * @param value quoted only if it cannot be a DSN or a key pasted by mistake
   * @param expected what is allowed
   */
  InvalidSettingException(String variable, String value, String expected) {
    super(variable + " was " + echo(value) + "; it must be " + expected);
  }

  private static String echo(String value) {
    boolean mayBeSecret =
        value.length() > LONGEST_ECHO || value.indexOf('@') >= 0 || value.indexOf('{') >= 0;
    return mayBeSecret ? "a text of " + value.length() + " characters" : "\"" + value + "\"";
  }
}
