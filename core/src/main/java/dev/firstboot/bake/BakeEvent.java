package dev.firstboot.bake;

import java.time.Duration;

/** An event in a bake. */
public sealed interface BakeEvent {
    /** Returns the bake of the event: several may run at once. */
    BakeId bake();

    /** Returns the name of the step of the event. */
    String step();

    /** A step has started. */
    record Started(BakeId bake, String step, String title) implements BakeEvent {}

    /**
     * Progress of a step. One step may count several things one after the other, such as bytes it downloads and then packages it installs.
     *
     * @param done the amount done so far
     * @param total the total amount; 0 while unknown
     * @param unit the unit of both
     */
    record Progressed(BakeId bake, String step, long done, long total, Unit unit) implements BakeEvent {}

    /** A tool printed a line. */
    record ToolOutput(BakeId bake, String step, String line) implements BakeEvent {}

    /**
     * A step has finished.
     *
     * @param took how long it took
     * @param cached whether the result came from the cache
     */
    record Finished(BakeId bake, String step, Duration took, boolean cached) implements BakeEvent {}

    /** A cached result did not match its digest; the step runs again. */
    record Corrupted(BakeId bake, String step) implements BakeEvent {}

    /** What progress is counted in. */
    enum Unit {
        BYTES,
        ITEMS
    }
}
