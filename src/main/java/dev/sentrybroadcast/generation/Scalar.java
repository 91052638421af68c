package dev.sentrybroadcast.generation;

/** A value of an attribute that keeps its type. */
public sealed interface Scalar {

  record Text(String value) implements Scalar {}

  record Whole(long value) implements Scalar {}

  record Decimal(double value) implements Scalar {}

  record Flag(boolean value) implements Scalar {}
}
