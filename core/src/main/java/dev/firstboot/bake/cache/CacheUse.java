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
 * Who uses a cache: bakes do side by side, in any process; clearing up is done by one alone. Between processes it is a record lock (fcntl(2)), shared by
 * all bakes of a process, since such a lock belongs to the process and not to a thread.
 */
final class CacheUse {
    private static final ConcurrentHashMap<Path, CacheUse> BY_FILE = new ConcurrentHashMap<>();

    private final Path file;
    private int users;
    private @Nullable FileChannel shared;

    private CacheUse(Path file) {
        this.file = file;
    }

    /** The use of the cache whose lock is {@code file}. */
    static CacheUse of(Path file) {
        return BY_FILE.computeIfAbsent(file, CacheUse::new);
    }

    /** Something to be done while nobody uses the cache. */
    interface Alone {
        void run() throws IOException;
    }

    /** Begins to use the cache, until the result is closed. Waits while another process clears it up. */
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

    /** Does it if nobody uses the cache now; false if somebody does. */
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
