package dev.firstboot.machine.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What root may do besides (capabilities(7)). */
final class Capabilities {
    private Capabilities() {}

    /**
     * What a command that enters a container begins with, so that it may do no more than the container's first process. Whoever enters a user namespace has every
     * capability there, also those that the container was never given.
     *
     * @param pid the container's first process, as the host numbers it
     * @throws IOException if there is no such process
     */
    static List<String> boundedAs(long pid) throws IOException {
        long bound = bound(Path.of("/proc", Long.toString(pid), "status"));
        String without = IntStream.rangeClosed(0, last())
                .filter(number -> (bound >>> number & 1) == 0)
                .mapToObj(number -> "-cap_" + number)
                .collect(Collectors.joining(","));
        return without.isEmpty() ? List.of() : List.of("setpriv", "--bounding-set=" + without);
    }

    /** The bounding set, one bit for each capability. */
    private static long bound(Path status) throws IOException {
        String line = Files.readString(status)
                .lines()
                .filter(field -> field.startsWith("CapBnd:"))
                .findFirst()
                .orElseThrow(() -> new IOException(status + " tells of no capabilities"));
        return Long.parseUnsignedLong(line.substring("CapBnd:".length()).strip(), 16);
    }

    /** The number of the last capability that this kernel knows. Read by lines: the kernel gives such a file in one piece, or only its first byte. */
    private static int last() throws IOException {
        return Integer.parseInt(
                Files.readAllLines(Path.of("/proc/sys/kernel/cap_last_cap")).get(0));
    }
}
