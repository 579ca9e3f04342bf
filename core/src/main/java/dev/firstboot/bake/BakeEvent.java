package dev.firstboot.bake;

import java.time.Duration;

/** Something that happened in a bake. */
public sealed interface BakeEvent {
    /** The name of the step it happened in. */
    String step();

    /** Work on a step has begun. */
    record Started(String step, String title) implements BakeEvent {}

    /**
     * A step is so far.
     *
     * @param done how much is done
     * @param total of how much; 0 while that is not known
     * @param unit of what
     */
    record Progressed(String step, long done, long total, Unit unit) implements BakeEvent {}

    /** A tool printed a line. */
    record ToolOutput(String step, String line) implements BakeEvent {}

    /**
     * A step's result is there.
     *
     * @param took how long it took
     * @param cached whether it was there already
     */
    record Finished(String step, Duration took, boolean cached) implements BakeEvent {}

    /** A result on disk was not what had been kept there; the step runs again. */
    record Corrupted(String step) implements BakeEvent {}

    /** What progress is counted in. */
    enum Unit {
        BYTES,
        ITEMS
    }
}
