package dev.firstboot.zfs.poolimage.mos;

import dev.firstboot.zfs.poolimage.object.ObjectSet;
import dev.firstboot.zfs.poolimage.object.Usage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A node of the tree of datasets: {@code dsl_dir_phys_t} in {@code include/sys/dsl_dir.h}. Not thread-safe. */
final class DslDirectory {
    private static final int SIZE = 256;
    /** {@code DD_FLAG_USED_BREAKDOWN}. */
    private static final long USED_BREAKDOWN = 1;

    private final String name;
    private final @Nullable DslDirectory parent;
    private final Map<String, Object> properties;
    private final List<DslDirectory> children = new ArrayList<>();
    private final long object;
    private final long propertyZap;
    private final long childZap;
    private long head;
    private long origin;
    private long clones;
    private Usage own = Usage.NONE;

    DslDirectory(ObjectSet mos, String name, @Nullable DslDirectory parent, Map<String, Object> properties) {
        this.name = name;
        this.parent = parent;
        this.properties = properties;
        object = mos.allocate();
        propertyZap = mos.allocate();
        childZap = mos.allocate();
        if (parent != null) {
            parent.children.add(this);
        }
    }

    /** Sets the dataset of the directory. */
    void head(long dataset, long originSnapshot, Usage usage) {
        head = dataset;
        origin = originSnapshot;
        own = usage;
    }

    /** Sets the table of filesystems that are clones of this one's snapshots. */
    void clones(long zap) {
        clones = zap;
    }

    /** Sets the bytes of the meta object set, for its directory. */
    void usage(Usage usage) {
        own = usage;
    }

    String name() {
        return name;
    }

    long object() {
        return object;
    }

    long head() {
        return head;
    }

    long propertyZap() {
        return propertyZap;
    }

    long childZap() {
        return childZap;
    }

    Map<String, Object> properties() {
        return properties;
    }

    List<DslDirectory> children() {
        return children;
    }

    /** Returns the bytes of this directory and everything below it. */
    private Usage total() {
        Usage total = own;
        for (DslDirectory child : children) {
            total = total.plus(child.total());
        }
        return total;
    }

    byte[] bytes(long created) {
        Usage total = total();
        ByteBuffer buffer = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(0, created);
        buffer.putLong(8, head);
        buffer.putLong(16, parent == null ? 0 : parent.object);
        buffer.putLong(24, origin);
        buffer.putLong(32, childZap);
        buffer.putLong(40, total.allocated());
        buffer.putLong(48, total.compressed());
        buffer.putLong(56, total.uncompressed());
        // ZFS enforces this one and reports the property: dsl_dir_set_quota_sync_impl.
        buffer.putLong(64, properties.get("quota") instanceof Long quota ? quota : 0);
        buffer.putLong(80, propertyZap);
        buffer.putLong(96, USED_BREAKDOWN);
        buffer.putLong(104, own.allocated());
        buffer.putLong(120, total.allocated() - own.allocated());
        buffer.putLong(144, clones);
        return buffer.array();
    }
}
