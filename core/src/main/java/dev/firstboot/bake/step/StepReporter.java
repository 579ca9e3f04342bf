package dev.firstboot.bake.step;

/** Receives step progress. Must be safe to call from any thread. */
public interface StepReporter {
    /** Receives progress in bytes; {@code total} is 0 while unknown. */
    void bytes(long done, long total);

    /** Receives progress in items; {@code total} is 0 while unknown. */
    void items(long done, long total);

    /** Receives a line that a tool printed. */
    void toolOutput(String line);
}
