package dev.firstboot.internal.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** The identity of this process for the kernel. */
public final class ThisProcess {
    private static final Path SELF = Path.of("/proc/self");

    private ThisProcess() {}

    /** Returns whether this process is root. */
    public static boolean isRoot() {
        try {
            return user() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the id of its user. */
    public static long user() throws IOException {
        return id("unix:uid");
    }

    /** Returns the id of its group. */
    public static long group() throws IOException {
        return id("unix:gid");
    }

    /** Returns whether its user owns a file. */
    public static boolean owns(Path file, LinkOption... options) throws IOException {
        return Files.getAttribute(file, "unix:uid", options).equals(Files.getAttribute(SELF, "unix:uid"));
    }

    private static long id(String attribute) throws IOException {
        return ((Number) Files.getAttribute(SELF, attribute)).longValue() & 0xFFFF_FFFFL;
    }
}
