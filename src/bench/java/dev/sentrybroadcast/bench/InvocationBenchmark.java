package dev.sentrybroadcast.bench;

import dev.sentrybroadcast.function.BroadcastFunction;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A whole invocation: a batch in, its spans at a sink on loopback that reads and drops them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgs = {"-XX:+UseSerialGC", "-Xmx435m", "--enable-native-access=ALL-UNNAMED"})
public class InvocationBenchmark {

  /** Records, and bytes of each. */
  @Param({"1000x1500", "100x6000", "60x90000", "6x900000"})
  public String batch = "";

  @Param({"false", "true"})
  public boolean privacy;

  private byte[] event = {};
  private @Nullable BenchCloud cloud;
  private @Nullable BroadcastFunction function;

  /** Starts what the function calls, and makes the batch. */
  @Setup
  public void prepare() {
    BenchCloud services = new BenchCloud(privacy);
    cloud = services;
    function =
        new BroadcastFunction(
            services.environment(),
            services::secretsManager,
            () -> {
              throw new IllegalStateException("no message is hidden");
            });
    int x = batch.indexOf('x');
    event =
        Events.json(
            Records.bodies(
                Integer.parseInt(batch.substring(0, x)), Integer.parseInt(batch.substring(x + 1))));
  }

  /** Stops it. */
  @TearDown
  public void stop() {
    Objects.requireNonNull(cloud).close();
  }

  /** One batch. */
  @Benchmark
  public void invocation() {
    Events.deliver(Objects.requireNonNull(function), event);
  }
}
