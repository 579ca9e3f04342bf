package dev.firstboot.zfs.poolimage.zpl;

import dev.firstboot.zfs.poolimage.format.ObjectType;
import dev.firstboot.zfs.poolimage.object.Content;
import dev.firstboot.zfs.poolimage.object.Dnode;
import dev.firstboot.zfs.poolimage.object.ObjectSet;
import dev.firstboot.zfs.poolimage.zap.Zap;
import java.io.IOException;

/**
 * The objects that every filesystem starts with: the master node, which is object 1, the list of files to delete, and the tables that number the attributes.
 * {@code zfs_create_fs} and {@code sa_setup}.
 */
final class MasterNode {
    /** {@code ZPL_VERSION}. */
    private static final long VERSION = 5;

    private static final int POINTERS = 3;

    private final ObjectSet set;
    private final FilesystemSpec spec;
    private final long layouts;
    private final long root;

    /** Writes all but the table of layouts, into a set whose next object is number 1. */
    MasterNode(ObjectSet set, FilesystemSpec spec) throws IOException {
        this.set = set;
        this.spec = spec;
        long master = set.allocate();
        long attributes = set.allocate();
        long deleteQueue = set.allocate();
        long registry = set.allocate();
        layouts = set.allocate();
        root = set.allocate();
        put(
                attributes,
                ObjectType.SA_MASTER_NODE,
                zap(attributes).add("REGISTRY", registry).add("LAYOUTS", layouts));
        put(deleteQueue, ObjectType.UNLINKED_SET, zap(deleteQueue));
        put(registry, ObjectType.SA_ATTR_REGISTRATION, registry(zap(registry)));
        put(
                master,
                ObjectType.MASTER_NODE,
                zap(master)
                        .add("VERSION", VERSION)
                        .add("ROOT", root)
                        .add("SA_ATTRS", attributes)
                        .add("DELETE_QUEUE", deleteQueue)
                        .add("normalization", 0)
                        .add("utf8only", 0)
                        .add("casesensitivity", 0));
    }

    /** Returns the number of the root directory. */
    long root() {
        return root;
    }

    /** Writes the table of layouts, once all used layouts are known. */
    void write(Layouts used) throws IOException {
        put(layouts, ObjectType.SA_ATTR_LAYOUTS, used.addTo(zap(layouts)));
    }

    private Zap zap(long object) {
        return new Zap(spec.salts().applyAsLong(object));
    }

    private void put(long object, ObjectType type, Zap zap) throws IOException {
        Content content = zap.write(set, type, POINTERS);
        set.put(object, Dnode.of(type, content));
    }

    private static Zap registry(Zap zap) {
        for (AttributeId id : AttributeId.values()) {
            zap.add(id.name(), id.registration());
        }
        return zap;
    }
}
