package dev.firstboot.bake.step;

/** Hears how far a step is. Must be safe to call from any thread. */
public interface StepReporter {
    /** So many bytes done, of so many; {@code total} is 0 while it is not known. */
    void bytes(long done, long total);

    /** So many things done, of so many; {@code total} is 0 while it is not known. */
    void items(long done, long total);

    /** A line that a tool printed. */
    void toolOutput(String line);
}
