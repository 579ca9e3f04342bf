package dev.firstboot.bake;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A bake under way. Thread-safe.
 *
 * @param <A> what it will give
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
        Thread thread = new Thread(() -> job.run(result), "firstboot-bake-" + job.name());
        thread.setDaemon(true);
        thread.start();
        return new Bake<>(job, result);
    }

    /**
     * Waits for the result. Interrupting the waiting thread cancels the bake; its interrupt status stays set.
     *
     * @throws BakeException if the bake failed
     * @throws BakeCancelledException if it was cancelled; all it had started has ended
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

    /** Ends the bake as soon as may be, and with it every tool it runs. Does not wait; {@link #await()} does. */
    public void cancel() {
        job.cancel();
    }

    /** Waits until the bake has ended, in whatever way. */
    void awaitEnd() {
        result.handle((artifact, failure) -> true).join();
    }

    /** Whether the bake has ended, in whatever way. */
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
