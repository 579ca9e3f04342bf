package dev.firstboot.zfs.poolimage.zpl;

import dev.firstboot.zfs.poolimage.tree.TreeEntry;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The directories of a filesystem: those used last are in memory, the others in a file next to the image. So a filesystem with millions of directories takes
 * little more memory than one with thousands: 16 bytes for each, and room for the largest. Not thread-safe.
 */
final class Directories {
    /** Opens the file, if one is needed. */
    interface Scratch {
        FileChannel open() throws IOException;
    }

    /** Visits each directory. */
    interface Visitor {
        void visit(Directory directory) throws IOException;
    }

    /** The most bytes of one directory, which is in memory while it is filled: half of the heap. */
    static final long LARGEST = Runtime.getRuntime().maxMemory() / 2;

    private static final int BUFFER = 16 << 10;

    private final Scratch scratch;
    private final long limit;
    private final LinkedHashMap<Long, Directory> inMemory = new LinkedHashMap<>(64, 0.75f, true);
    private @Nullable FileChannel others;
    private long end;

    /** The numbers of all directories, in the order of their creation, which is ascending. */
    private long[] objects = new long[16];

    /** The position in the file where each was written last. */
    private long[] positions = new long[16];

    private int count;

    /** The memory of all directories but the one used last, which may still grow. */
    private long memory;

    /** The memory of the largest one so far. */
    private long largest;

    private @Nullable Directory last;

    Directories(Scratch scratch, long limit) {
        this.scratch = scratch;
        this.limit = limit;
    }

    /** Adds a directory with a higher number than those before. It may be changed only until the next call. */
    Directory add(long object, long parent, TreeEntry attributes) throws IOException {
        if (count == objects.length) {
            objects = Arrays.copyOf(objects, 2 * count);
            positions = Arrays.copyOf(positions, 2 * count);
        }
        objects[count] = object;
        positions[count++] = -1;
        return use(new Directory(object, parent, attributes));
    }

    /** Returns a directory that was added before. It may be changed only until the next call. */
    Directory get(long object) throws IOException {
        if (last != null && last.object() == object) {
            return last;
        }
        Directory directory = inMemory.get(object);
        if (directory != null) {
            memory -= directory.memory();
            return use(directory);
        }
        return use(read(positions[index(object)]));
    }

    /** Passes all directories to a visitor, in the order of their numbers, and removes them. */
    void takeEach(Visitor visitor) throws IOException {
        for (int i = 0; i < count; i++) {
            visitor.visit(get(objects[i]));
            inMemory.remove(objects[i]);
            last = null;
        }
    }

    private int index(long object) {
        return Arrays.binarySearch(objects, 0, count, object);
    }

    private Directory use(Directory directory) throws IOException {
        if (last != null) {
            memory += last.memory();
            largest = Math.max(largest, last.memory());
        }
        last = directory;
        inMemory.put(directory.object(), directory);
        Iterator<Directory> eldest = inMemory.values().iterator();
        long room = room() - directory.memory();
        while (memory > room && inMemory.size() > 1) {
            Directory away = eldest.next();
            memory -= away.memory();
            eldest.remove();
            write(away);
        }
        return directory;
    }

    /**
     * Returns the memory for directories: enough for two of the largest, if the heap has it. A tree may alternate between two, as with hard links from one to
     * the other.
     */
    private long room() {
        return limit + Math.min(2 * largest, Math.max(largest, LARGEST));
    }

    private void write(Directory directory) throws IOException {
        positions[index(directory.object())] = end;
        DataOutputStream out = new DataOutputStream(
                new BufferedOutputStream(Channels.newOutputStream(others().position(end)), BUFFER));
        DirectoryRecord.write(directory, out);
        out.flush();
        end = others().position();
    }

    private Directory read(long position) throws IOException {
        return DirectoryRecord.read(new DataInputStream(
                new BufferedInputStream(Channels.newInputStream(others().position(position)), BUFFER)));
    }

    private FileChannel others() throws IOException {
        if (others == null) {
            others = scratch.open();
        }
        return others;
    }
}
