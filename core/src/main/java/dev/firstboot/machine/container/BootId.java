package dev.firstboot.machine.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Identifies this boot of the host. Names that contain it are useless after the next boot, when data that was not yet on disk may be incomplete. */
final class BootId {
    private static final int DIGITS = 16;

    private BootId() {}

    /** Returns the first digits, in hexadecimal. */
    static String text() throws IOException {
        return Files.readAllLines(Path.of("/proc/sys/kernel/random/boot_id"))
                .get(0)
                .replace("-", "")
                .substring(0, DIGITS);
    }
}
