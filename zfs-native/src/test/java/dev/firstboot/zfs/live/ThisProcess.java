package dev.firstboot.zfs.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What this process holds. */
final class ThisProcess {
    private static final int NAME_SIZE = 15;

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

    /** The mask of signals that a thread holds back, by the name of the thread as far as Linux keeps it. */
    static long blockedSignals(String thread) {
        String name = thread.substring(0, Math.min(NAME_SIZE, thread.length()));
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            for (Path task : tasks.toList()) {
                if (nameOf(task).equals(name)) {
                    return Files.readAllLines(task.resolve("status")).stream()
                            .filter(line -> line.startsWith("SigBlk:"))
                            .mapToLong(line -> Long.parseUnsignedLong(
                                    line.substring("SigBlk:".length()).strip(), 16))
                            .findFirst()
                            .orElseThrow();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("no thread is called " + name);
    }

    /** Nothing, if the thread has ended since it was listed. */
    private static String nameOf(Path task) {
        try {
            return Files.readString(task.resolve("comm")).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
