package dev.firstboot.machine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Tells qcow2 from raw by the file's first bytes: QEMU itself must not guess, a guest could write another format's header. */
final class DiskFormat {
    private static final byte[] QCOW = {'Q', 'F', 'I', (byte) 0xfb};

    private DiskFormat() {}

    static String of(String machine, Path disk) {
        if (!Files.exists(disk)) {
            throw new MachineException(machine, "its disk " + disk + " is not there");
        }
        try (InputStream stream = Files.newInputStream(disk)) {
            return Arrays.equals(stream.readNBytes(QCOW.length), QCOW) ? "qcow2" : "raw";
        } catch (IOException e) {
            throw new MachineException(machine, "its disk " + disk + " cannot be read: " + e.getMessage(), e);
        }
    }
}
