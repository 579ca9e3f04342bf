package dev.firstboot.bake;

/**
 * Receives the events of bakes. Called from worker threads, several at a time, so it must be thread-safe and should return quickly. Exceptions are
 * logged at DEBUG and otherwise ignored.
 */
@FunctionalInterface
public interface BakeListener {
    /** Receives an event. */
    void on(BakeEvent event);
}
