package dev.firstboot.internal.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Who this process is to the kernel. */
public final class ThisProcess {
    private static final Path SELF = Path.of("/proc/self");

    private ThisProcess() {}

    /** Whether this process is root. */
    public static boolean isRoot() {
        try {
            return user() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** The id of its user. */
    public static long user() throws IOException {
        return id("unix:uid");
    }

    /** The id of its group. */
    public static long group() throws IOException {
        return id("unix:gid");
    }

    /** Whether its user is the owner of a file. */
    public static boolean owns(Path file, LinkOption... options) throws IOException {
        return Files.getAttribute(file, "unix:uid", options).equals(Files.getAttribute(SELF, "unix:uid"));
    }

    private static long id(String attribute) throws IOException {
        return ((Number) Files.getAttribute(SELF, attribute)).longValue() & 0xFFFF_FFFFL;
    }
}
