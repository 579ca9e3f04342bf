package dev.firstboot.zfs;

import dev.firstboot.zfs.error.ItemFailure;
import dev.firstboot.zfs.internal.ffi.CleanupDevice;
import dev.firstboot.zfs.internal.ffi.SnapshotCalls;
import java.util.List;
import java.util.Map;

/**
 * Holds snapshots until it is closed or the process ends, even by a crash. After a power loss the holds end when the pool is imported again. Thread-safe.
 */
public final class Lease implements AutoCloseable {
    private final CleanupDevice device;

    Lease() {
        this.device = CleanupDevice.open();
    }

    /**
     * Holds snapshots of one pool while the lease is open: {@code lzc_hold} with a {@code cleanup_fd}.
     *
     * @param tags maps each snapshot's full name to the tag of its hold
     * @return the snapshots that do not exist; the others are held
     * @throws IllegalStateException if the lease is closed
     */
    public List<ItemFailure> hold(Map<String, String> tags) {
        return device.use(fd -> SnapshotCalls.hold(Batch.checked(tags), fd));
    }

    /** Releases all holds of this lease. */
    @Override
    public void close() {
        device.close();
    }
}
