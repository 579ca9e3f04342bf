package dev.firstboot.machine.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What tells this boot of the host from others: names with it are of no use after the next one, when what was not yet on the disk may be there in part. */
final class BootId {
    private static final int DIGITS = 16;

    private BootId() {}

    /** The first digits, in hexadecimal. */
    static String text() throws IOException {
        return Files.readAllLines(Path.of("/proc/sys/kernel/random/boot_id"))
                .get(0)
                .replace("-", "")
                .substring(0, DIGITS);
    }
}
