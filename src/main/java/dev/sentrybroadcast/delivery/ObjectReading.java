package dev.sentrybroadcast.delivery;

import dev.sentrybroadcast.intake.objects.ObjectPart;
import dev.sentrybroadcast.intake.objects.ObjectRecords;
import java.util.function.Function;

/**
 * How records in objects are read.
 *
 * @param open {@code RecordDecoder::open}
 * @param continuations takes what does not fit an invocation
 */
public record ObjectReading(
    Function<ObjectPart, ObjectRecords> open, Continuations continuations) {}
