package dev.firstboot.machine.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The capabilities of root in a container (capabilities(7)). */
final class Capabilities {
    private Capabilities() {}

    /**
     * Returns the prefix of a command that enters a container, which limits it to the capabilities of the container's first process. Whoever enters a
     * user namespace has every capability there, even those that the container was never given.
     *
     * @param pid the host pid of the container's first process
     * @throws IOException if the process does not exist
     */
    static List<String> boundedAs(long pid) throws IOException {
        long bound = bound(Path.of("/proc", Long.toString(pid), "status"));
        String without = IntStream.rangeClosed(0, last())
                .filter(number -> (bound >>> number & 1) == 0)
                .mapToObj(number -> "-cap_" + number)
                .collect(Collectors.joining(","));
        return without.isEmpty() ? List.of() : List.of("setpriv", "--bounding-set=" + without);
    }

    /** Returns the bounding set, one bit per capability. */
    private static long bound(Path status) throws IOException {
        String line = Files.readString(status)
                .lines()
                .filter(field -> field.startsWith("CapBnd:"))
                .findFirst()
                .orElseThrow(() -> new IOException(status + " tells of no capabilities"));
        return Long.parseUnsignedLong(line.substring("CapBnd:".length()).strip(), 16);
    }

    /**
     * Returns the number of the last capability that this kernel knows. Reads lines: the kernel returns such a file in one piece, or only its first
     * byte.
     */
    private static int last() throws IOException {
        return Integer.parseInt(
                Files.readAllLines(Path.of("/proc/sys/kernel/cap_last_cap")).get(0));
    }
}
