package dev.firstboot.bake.cache;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Coordinates use of a cache: bakes use it concurrently, in any process; cleanup needs exclusive use. Between processes it is a record lock
 * (fcntl(2)), shared by all bakes of a process, because such a lock belongs to the process and not to a thread.
 */
final class CacheUse {
    private static final ConcurrentHashMap<Path, CacheUse> BY_FILE = new ConcurrentHashMap<>();

    private final Path file;
    private int users;
    private @Nullable FileChannel shared;

    private CacheUse(Path file) {
        this.file = file;
    }

    /** Returns the use of the cache whose lock is {@code file}. */
    static CacheUse of(Path file) {
        return BY_FILE.computeIfAbsent(file, CacheUse::new);
    }

    /** A task to run while nobody uses the cache. */
    interface Alone {
        void run() throws IOException;
    }

    /** Starts using the cache, until the result is closed. Waits while another process cleans it up. */
    synchronized Closeable begin() throws IOException {
        if (users == 0) {
            shared = open();
            shared.lock(0, Long.MAX_VALUE, true);
        }
        users++;
        return this::end;
    }

    private synchronized void end() throws IOException {
        users--;
        if (users == 0 && shared != null) {
            shared.close();
            shared = null;
        }
    }

    /** Runs the task if nobody uses the cache now; returns false otherwise. */
    synchronized boolean tryAlone(Alone task) throws IOException {
        if (users > 0) {
            return false;
        }
        try (FileChannel channel = open()) {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                return false;
            }
            task.run();
            return true;
        }
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }
}
