package dev.firstboot.zfs.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What this process holds. */
final class ThisProcess {
    private ThisProcess() {}

    /** How many files it has open. */
    static long descriptors() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The threads that transfers run on. */
    static List<String> transferThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("zfs ") || name.startsWith("pump "))
                .toList();
    }
}
