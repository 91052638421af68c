package dev.sentrybroadcast.delivery;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Keeps the first bytes of a body and gives up on the rest. */
final class BoundedBody implements BodySubscriber<byte[]> {

  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
  private final byte[] bytes;
  private int count;
  private Flow.@Nullable Subscription subscription;

  BoundedBody(int limit) {
    bytes = new byte[limit];
  }

  /** What has come so far. */
  synchronized byte[] received() {
    return Arrays.copyOf(bytes, count);
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return whole;
  }

  @Override
  public synchronized void onSubscribe(Flow.Subscription newSubscription) {
    subscription = newSubscription;
    newSubscription.request(Long.MAX_VALUE);
  }

  @Override
  public synchronized void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      int length = Math.min(buffer.remaining(), bytes.length - count);
      buffer.get(bytes, count, length);
      count += length;
    }
    if (count == bytes.length && subscription != null) {
      subscription.cancel();
      whole.complete(received());
    }
  }

  @Override
  public void onError(Throwable failure) {
    whole.complete(received());
  }

  @Override
  public void onComplete() {
    whole.complete(received());
  }
}
