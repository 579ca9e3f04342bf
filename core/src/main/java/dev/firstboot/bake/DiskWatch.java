package dev.firstboot.bake;

import dev.firstboot.image.ByteSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;

/** Notices when the disk stays full while tools run: some of them fail, others, such as apt, wait forever. Thread-safe. */
final class DiskWatch implements AutoCloseable {
    private static final ByteSize FULL = ByteSize.mebibytes(1);
    private static final long PERIOD = TimeUnit.SECONDS.toMillis(2);
    private static final int PATIENCE = 3;

    private final Path directory;
    private final Runnable onFull;
    private final Timer clock = new Timer("firstboot-disk-watch", true);
    private int timesFull;
    private volatile boolean full;

    private DiskWatch(Path directory, Runnable onFull) {
        this.directory = directory;
        this.onFull = onFull;
    }

    /** Checks every two seconds, until closed, and runs {@code onFull} once if the disk is full several times in a row. */
    static DiskWatch begin(Path directory, Runnable onFull) {
        DiskWatch watch = new DiskWatch(directory, onFull);
        TimerTask look = new TimerTask() {
            @Override
            public void run() {
                watch.look();
            }
        };
        watch.clock.schedule(look, PERIOD, PERIOD);
        return watch;
    }

    private void look() {
        try {
            boolean fullNow = Files.getFileStore(directory).getUsableSpace() < FULL.bytes();
            timesFull = fullNow ? timesFull + 1 : 0;
        } catch (IOException e) {
            timesFull = 0; // whoever works there will report it
        }
        if (timesFull >= PATIENCE) {
            full = true;
            clock.cancel();
            onFull.run();
        }
    }

    /** Returns the problem with the disk, if it is full. */
    Optional<IOException> problem() {
        return full ? Optional.of(new IOException(directory + ": No space left on device")) : Optional.empty();
    }

    /** Stops checking. */
    @Override
    public void close() {
        clock.cancel();
    }
}
