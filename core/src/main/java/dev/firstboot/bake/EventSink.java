package dev.firstboot.bake;

import dev.firstboot.bake.step.StepReporter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes the events of one bake to listeners, and shields the bake from their exceptions. Logs finished steps at INFO; tool output and progress at
 * TRACE.
 */
final class EventSink {
    private static final Logger LOG = LoggerFactory.getLogger(Bakery.class);

    private final BakeId bake;
    private final List<BakeListener> listeners;

    EventSink(BakeId bake, List<BakeListener> listeners) {
        this.bake = bake;
        this.listeners = List.copyOf(listeners);
    }

    BakeId bake() {
        return bake;
    }

    void started(String step, String title) {
        LOG.debug("{}: step {} begins: {}", bake, step, title);
        emit(new BakeEvent.Started(bake, step, title));
    }

    /** Reports that a step, started at this {@link System#nanoTime()}, has its result. */
    void finished(String step, long start, boolean cached) {
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        if (LOG.isInfoEnabled()) {
            LOG.info(
                    "{}: step {} {}",
                    bake,
                    step,
                    cached
                            ? "was done before"
                            : "took " + String.format(Locale.ROOT, "%.1f s", took.toMillis() / 1000.0));
        }
        emit(new BakeEvent.Finished(bake, step, took, cached));
    }

    void corrupted(String step) {
        LOG.debug("{}: what was kept of step {} is damaged", bake, step);
        emit(new BakeEvent.Corrupted(bake, step));
    }

    void bytes(String step, long done, long total) {
        progressed(new BakeEvent.Progressed(bake, step, done, total, BakeEvent.Unit.BYTES));
    }

    /** Returns a reporter that turns reports into events of {@code step}. */
    StepReporter reporter(String step) {
        return new StepReporter() {
            @Override
            public void bytes(long done, long total) {
                EventSink.this.bytes(step, done, total);
            }

            @Override
            public void items(long done, long total) {
                progressed(new BakeEvent.Progressed(bake, step, done, total, BakeEvent.Unit.ITEMS));
            }

            @Override
            public void toolOutput(String line) {
                LOG.trace("{}: step {}: {}", bake, step, line);
                emit(new BakeEvent.ToolOutput(bake, step, line));
            }
        };
    }

    private void progressed(BakeEvent.Progressed event) {
        LOG.trace("{}", event);
        emit(event);
    }

    private void emit(BakeEvent event) {
        for (BakeListener listener : listeners) {
            try {
                listener.on(event);
            } catch (RuntimeException | AssertionError e) {
                LOG.debug("a listener failed on {}", event, e);
            }
        }
    }
}
