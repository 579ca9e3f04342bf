package dev.firstboot.zfs.poolimage.zpl;

import dev.firstboot.zfs.poolimage.tree.FileType;
import dev.firstboot.zfs.poolimage.tree.MalformedTreeException;
import dev.firstboot.zfs.poolimage.tree.TreeEntry;
import dev.firstboot.zfs.poolimage.tree.TreePath;
import dev.firstboot.zfs.poolimage.tree.TreeSink;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Divides one tree among filesystems by their mountpoints, as if they were mounted while the tree was unpacked. Not thread-safe.
 */
public final class MountedFilesystems implements TreeSink {
    private final Mount root;

    /** Starts with the filesystem that is mounted at the root of the tree. */
    public MountedFilesystems(FilesystemWriter atRoot) {
        root = new Mount(atRoot);
    }

    /** Mounts another filesystem, after those above it. Creates its mountpoint in the filesystem above. */
    public void mount(TreePath mountpoint, FilesystemWriter filesystem) throws IOException {
        Place above = place(mountpoint);
        above.filesystem().makeDirectory(mountpoint.below(above.depth()));
        Mount at = root;
        for (String name : mountpoint.names()) {
            at = at.below.computeIfAbsent(name, unknown -> new Mount(null));
        }
        at.filesystem = filesystem;
    }

    @Override
    public void accept(TreeEntry entry, InputStream content) throws IOException {
        Place place = place(entry.path());
        if (place.depth() == 0 && entry.type() != FileType.HARD_LINK) {
            place.filesystem().accept(entry, content);
            return;
        }
        TreeEntry.Builder moved = entry.toBuilder(entry.path().below(place.depth()));
        if (entry.type() == FileType.HARD_LINK) {
            TreePath target = TreePath.of(entry.target());
            Place targetPlace = place(target);
            if (targetPlace.filesystem() != place.filesystem()) {
                throw new MalformedTreeException(entry.path() + " is a hard link to " + target
                        + ", which lies in another dataset: a hard link cannot lead there");
            }
            moved.target(target.below(place.depth()).bytes());
        }
        TreeEntry inside = moved.build();
        if (inside.path().isRoot() && inside.type() != FileType.DIRECTORY) {
            throw new MalformedTreeException(
                    entry.path() + " is a " + entry.type() + ", but a dataset is to be mounted there");
        }
        place.filesystem().accept(inside, content);
    }

    /** A filesystem, and how many names of a path lead to its mountpoint. */
    private record Place(FilesystemWriter filesystem, int depth) {}

    private Place place(TreePath path) {
        Mount at = root;
        Place found = new Place(root.filesystem(), 0);
        int depth = 0;
        for (String name : path.names()) {
            Mount next = at.below.get(name);
            if (next == null) {
                break;
            }
            at = next;
            depth++;
            if (at.filesystem != null) {
                found = new Place(at.filesystem, depth);
            }
        }
        return found;
    }

    /** A mountpoint, or a directory on the way to one. */
    private static final class Mount {
        private final Map<String, Mount> below = new HashMap<>();
        private @Nullable FilesystemWriter filesystem;

        Mount(@Nullable FilesystemWriter filesystem) {
            this.filesystem = filesystem;
        }

        FilesystemWriter filesystem() {
            if (filesystem == null) {
                throw new IllegalStateException("nothing is mounted here");
            }
            return filesystem;
        }
    }
}
