package dev.firstboot.machine;

import dev.firstboot.image.ByteSize;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Tells qcow2 from raw by the file's first bytes: QEMU itself must not guess, a guest could write another format's header. */
final class DiskFormat {
    private static final byte[] QCOW = {'Q', 'F', 'I', (byte) 0xfb};

    private DiskFormat() {}

    /** Where the header of a qcow2 file tells the size of its disk: docs/interop/qcow2.txt of QEMU. */
    private static final int QCOW_SIZE = 24;

    /** The size of the disk as a machine sees it, whatever the file takes. */
    static ByteSize size(String machine, Path disk) {
        boolean raw = of(machine, disk).equals("raw");
        try (DataInputStream stream = new DataInputStream(Files.newInputStream(disk))) {
            if (raw) {
                return ByteSize.bytes(Files.size(disk));
            }
            stream.skipNBytes(QCOW_SIZE);
            return ByteSize.bytes(stream.readLong());
        } catch (IOException e) {
            throw new MachineException(machine, "its disk " + disk + " cannot be read: " + e.getMessage(), e);
        }
    }

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
