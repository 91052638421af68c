/**
 * One HTTP/1.1 connection, bounded in time and size; knows sockets and TLS, nothing of Sentry, AWS
 * or OpenTelemetry. Blocking, because a function's first request loads what it runs through: the
 * JDK's own client is 250 classes, an executor and a selector's thread.
 */
@NullMarked
package dev.sentrybroadcast.http;

import org.jspecify.annotations.NullMarked;
