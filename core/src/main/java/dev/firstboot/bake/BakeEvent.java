package dev.firstboot.bake;

import java.time.Duration;

/** Something that happened in a bake. */
public sealed interface BakeEvent {
    /** The bake it happened in: several may run at once. */
    BakeId bake();

    /** The name of the step it happened in. */
    String step();

    /** Work on a step has begun. */
    record Started(BakeId bake, String step, String title) implements BakeEvent {}

    /**
     * A step is so far. One step may count several things one after the other, such as the bytes it downloads and then the packages it installs.
     *
     * @param done how much is done
     * @param total of how much; 0 while that is not known
     * @param unit of what
     */
    record Progressed(BakeId bake, String step, long done, long total, Unit unit) implements BakeEvent {}

    /** A tool printed a line. */
    record ToolOutput(BakeId bake, String step, String line) implements BakeEvent {}

    /**
     * A step's result is there.
     *
     * @param took how long it took
     * @param cached whether it was there already
     */
    record Finished(BakeId bake, String step, Duration took, boolean cached) implements BakeEvent {}

    /** A result on disk was not what had been kept there; the step runs again. */
    record Corrupted(BakeId bake, String step) implements BakeEvent {}

    /** What progress is counted in. */
    enum Unit {
        BYTES,
        ITEMS
    }
}
