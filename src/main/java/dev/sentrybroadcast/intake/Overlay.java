package dev.sentrybroadcast.intake;

/** Where the fields of two objects stand that are read as one. */
record Overlay(Fields front, Fields behind) {

  String path(String field) {
    int bracket = field.indexOf('[');
    String name = bracket < 0 ? field : field.substring(0, bracket);
    return (behind.has(name) && !front.has(name) ? behind : front).path(field);
  }
}
