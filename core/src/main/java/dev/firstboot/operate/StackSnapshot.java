package dev.firstboot.operate;

import dev.firstboot.image.ByteSize;
import java.time.Instant;
import java.util.Objects;

/**
 * A snapshot of a whole stack: all its datasets at one moment, in one transaction group.
 *
 * @param name its name, the part after the {@code @}
 * @param environment the boot environment that it was taken of
 * @param created when, to the second, by the machine's clock
 * @param transactionGroup the transaction group that it was taken in; orders snapshots, whatever the clock says
 * @param guid of the snapshot of the environment's own dataset, as a number without sign; stays the same when datasets are renamed
 * @param datasets how many datasets it was taken of
 * @param complete whether all of these still have it
 * @param pinned whether it cannot be destroyed now: it is held (zfs-hold(8)), or something was cloned from it
 * @param used what destroying it would give back by itself; what it shares with other snapshots is not in it
 */
public record StackSnapshot(
        String name,
        String environment,
        Instant created,
        long transactionGroup,
        String guid,
        int datasets,
        boolean complete,
        boolean pinned,
        ByteSize used) {
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
                + (complete ? "" : " (some are gone)") + (pinned ? " (held or cloned)" : "") + ", " + used
                + " of its own";
    }
}
