package dev.firstboot.bake.cache;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * An exclusive lock on a file, in this process and across processes. Between processes it is a record lock (fcntl(2)), which ends with the process
 * that holds it, however that ends. Within a process such a lock is lost as soon as any descriptor of the file is closed, so a semaphore lets one
 * thread at a time near the file.
 */
final class KeyLock implements AutoCloseable {
    private static final long PAUSE_MILLIS = 100;
    private static final ConcurrentHashMap<Path, Semaphore> TURNS = new ConcurrentHashMap<>();

    private final Semaphore turn;
    private final FileChannel channel;

    private KeyLock(Semaphore turn, FileChannel channel) {
        this.turn = turn;
        this.channel = channel;
    }

    /** Waits until the lock is free, then takes it. */
    static KeyLock take(Path file) throws IOException, InterruptedException {
        Semaphore turn = TURNS.computeIfAbsent(file, path -> new Semaphore(1, true));
        turn.acquire();
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                while (channel.tryLock() == null) {
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                }
                return new KeyLock(turn, channel);
            } catch (IOException | InterruptedException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            turn.release();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            turn.release();
        }
    }
}
