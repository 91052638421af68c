package dev.sentrybroadcast.http;

/**
 * How much of an answer's body is taken in.
 *
 * @param bytes what is longer is cut
 * @param millis from the headers on, should the time limit not be sooner
 */
public record BodyBound(int bytes, long millis) {}
