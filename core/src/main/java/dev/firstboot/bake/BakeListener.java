package dev.firstboot.bake;

/**
 * Watches bakes. Called from the threads that do the work, several at a time, so it must be thread-safe and should return soon. What it throws is
 * logged at DEBUG and otherwise of no effect.
 */
@FunctionalInterface
public interface BakeListener {
    /** Something happened. */
    void on(BakeEvent event);
}
