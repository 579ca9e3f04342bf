package dev.firstboot.bake;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A running bake. Thread-safe.
 *
 * @param <A> the type of its result
 */
public final class Bake<A> {
    private final BakeJob<A> job;
    private final CompletableFuture<A> result;

    private Bake(BakeJob<A> job, CompletableFuture<A> result) {
        this.job = job;
        this.result = result;
    }

    static <A> Bake<A> start(BakeJob<A> job) {
        CompletableFuture<A> result = new CompletableFuture<>();
        Thread thread =
                new Thread(() -> job.run(result), "firstboot-bake-" + job.id().image());
        thread.setDaemon(true);
        thread.start();
        return new Bake<>(job, result);
    }

    /**
     * Waits for the result. Interrupting the waiting thread cancels the bake; its interrupt status stays set.
     *
     * @throws BakeException if the bake failed
     * @throws BakeCancelledException if it was cancelled; everything it started has ended
     */
    public A await() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                    cancel();
                } catch (ExecutionException e) {
                    throw thrown(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Waits for the result for at most this time. Returns empty if the bake is still running then; it continues. Interrupting the waiting thread
     * cancels the bake, as with {@link #await()}.
     *
     * @throws BakeException if the bake failed
     * @throws BakeCancelledException if it was cancelled; everything it started has ended
     */
    public Optional<A> await(Duration atMost) {
        try {
            return Optional.of(result.get(nanos(atMost), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw thrown(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(await());
        }
    }

    private static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException centuries) {
            return duration.isNegative() ? 0 : Long.MAX_VALUE;
        }
    }

    /**
     * Returns the bake as a future, a new one per call. It completes when the bake does, with the same exceptions. Cancelling the future cancels the
     * bake, without waiting for its end.
     */
    public CompletableFuture<A> toCompletableFuture() {
        CompletableFuture<A> future = new CompletableFuture<>();
        CompletableFuture<A> unused = result.whenComplete((artifact, failure) -> {
            if (failure == null) {
                future.complete(artifact);
            } else {
                future.completeExceptionally(failure);
            }
        });
        unused = future.whenComplete((artifact, failure) -> {
            if (future.isCancelled()) {
                cancel();
            }
        });
        return future;
    }

    /** Returns the bake's id, as in its events. */
    public BakeId id() {
        return job.id();
    }

    /** Cancels the bake and every tool it runs, as soon as possible. Does not wait; {@link #await()} does. */
    public void cancel() {
        job.cancel();
    }

    /** Waits until the bake has ended, whether it succeeded or not. */
    void awaitEnd() {
        result.handle((artifact, failure) -> true).join();
    }

    /** Returns whether the bake has ended, whether it succeeded or not. */
    public boolean isDone() {
        return result.isDone();
    }

    private static RuntimeException thrown(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
    }
}
