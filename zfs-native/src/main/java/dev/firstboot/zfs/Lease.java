package dev.firstboot.zfs;

import dev.firstboot.zfs.error.ItemFailure;
import dev.firstboot.zfs.internal.ffi.CleanupDevice;
import dev.firstboot.zfs.internal.ffi.SnapshotCalls;
import java.util.List;
import java.util.Map;

/**
 * Holds that end with their holder: closing the lease releases them, and so does the end of the process, even by a crash. A machine that loses its power
 * releases them when the pool is next imported. Thread-safe.
 */
public final class Lease implements AutoCloseable {
    private final CleanupDevice device;

    Lease() {
        this.device = CleanupDevice.open();
    }

    /**
     * Holds snapshots of one pool for as long as the lease is open: {@code lzc_hold} with a {@code cleanup_fd}.
     *
     * @param tags the tag to hold each with, by the snapshot's name
     * @return the snapshots that are not there, which does not keep the others from being held
     * @throws IllegalStateException if the lease is closed
     */
    public List<ItemFailure> hold(Map<String, String> tags) {
        return device.use(fd -> SnapshotCalls.hold(Batch.checked(tags), fd));
    }

    /** Releases what is held. */
    @Override
    public void close() {
        device.close();
    }
}
