package dev.sentrybroadcast.intake.objects;

import dev.sentrybroadcast.intake.ObjectSource;
import dev.sentrybroadcast.intake.SourceObject;

/** Opens allowed objects only. Every read of an object goes through it. */
public record AllowedSource(AllowedObjects allowed, ObjectSource source) implements ObjectSource {

  @Override
  public Opened open(SourceObject object, long offset) {
    return allowed.allows(object) ? source.open(object, offset) : new Opened.NotAllowed();
  }
}
