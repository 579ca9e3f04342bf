package dev.firstboot.bake;

import dev.firstboot.bake.step.StepReporter;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives events to listeners, and keeps the bake safe from them. */
final class EventSink {
    private static final Logger LOG = LoggerFactory.getLogger(Bakery.class);

    private final List<BakeListener> listeners;

    EventSink(List<BakeListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    void emit(BakeEvent event) {
        LOG.debug("{}", event);
        for (BakeListener listener : listeners) {
            try {
                listener.on(event);
            } catch (RuntimeException | AssertionError e) {
                LOG.debug("a listener failed on {}", event, e);
            }
        }
    }

    /** A reporter whose reports are events of {@code step}. */
    StepReporter reporter(String step) {
        return new StepReporter() {
            @Override
            public void bytes(long done, long total) {
                emit(new BakeEvent.Progressed(step, done, total, BakeEvent.Unit.BYTES));
            }

            @Override
            public void items(long done, long total) {
                emit(new BakeEvent.Progressed(step, done, total, BakeEvent.Unit.ITEMS));
            }

            @Override
            public void toolOutput(String line) {
                emit(new BakeEvent.ToolOutput(step, line));
            }
        };
    }
}
