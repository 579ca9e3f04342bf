package dev.firstboot.operate;

import dev.firstboot.image.ByteSize;
import java.time.Instant;
import java.util.Objects;

/**
 * A snapshot of a whole stack: all its datasets at one moment, in one transaction group.
 *
 * @param name its name, the part after the {@code @}
 * @param environment the boot environment that it was taken of
 * @param created when, to the second
 * @param guid of the snapshot of the environment's own dataset, as a number without sign; stays the same when datasets are renamed
 * @param datasets how many datasets it was taken of
 * @param complete whether all of these still have it
 * @param used what destroying it would give back by itself; what it shares with other snapshots is not in it
 */
public record StackSnapshot(
        String name, String environment, Instant created, String guid, int datasets, boolean complete, ByteSize used) {
    public StackSnapshot {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(guid, "guid");
        Objects.requireNonNull(used, "used");
    }

    @Override
    public String toString() {
        return name + " of " + environment + ", " + created + ", " + datasets + " datasets"
                + (complete ? "" : " (some are gone)") + ", " + used + " of its own";
    }
}
