package dev.firstboot.internal.tool;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Copies one output of a tool to its sink, in a thread that ends with the output. */
final class Pump {

    private static final long PATIENCE_MILLIS = 5_000;

    private final InputStream source;
    private final ByteSink sink;
    private final Runnable onFailure;
    private final Thread thread;
    private volatile @Nullable Throwable failure;

    private Pump(String name, InputStream source, ByteSink sink, Runnable onFailure) {
        this.source = source;
        this.sink = sink;
        this.onFailure = onFailure;
        this.thread = new Thread(this::move, name);
        thread.setDaemon(true);
    }

    /** Starts to pump; calls {@code onFailure} if the sink throws. */
    static Pump start(String name, InputStream source, ByteSink sink, Runnable onFailure) {
        Pump pump = new Pump(name, source, sink, onFailure);
        pump.thread.start();
        return pump;
    }

    /** Waits at most this long for the output's end; returns true if it was reached. */
    boolean join(Duration limit) throws InterruptedException {
        thread.join(limit.toMillis());
        return !thread.isAlive();
    }

    /** Waits a limited time for the output's end; returns true if the wait was interrupted. Does not wait on this pump's own thread. */
    boolean joinInterrupted() {
        if (Thread.currentThread() == thread) {
            return false;
        }
        try {
            thread.join(PATIENCE_MILLIS);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** Returns what the sink threw, or null. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    private void move() {
        byte[] buffer = new byte[64 * 1024];
        try (source) {
            int length;
            while ((length = source.read(buffer)) >= 0) {
                accept(buffer, length);
            }
            if (failure == null) {
                sink.end();
            }
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        }
    }

    /** Writes to the sink. After a failure the output is drained and discarded: the tool must not block on a full pipe while it is being ended. */
    private void accept(byte[] buffer, int length) {
        if (failure != null) {
            return;
        }
        try {
            sink.write(buffer, length);
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        }
    }

    private void fail(Throwable e) {
        if (failure == null) {
            failure = e;
            onFailure.run();
        }
    }
}
