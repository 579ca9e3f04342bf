package dev.firstboot.machine.qemu;

import dev.firstboot.image.ByteSize;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.machine.MachineException;
import dev.firstboot.machine.life.HostTools;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A disk image, its format and its sector size. The format is read from the file's first bytes and passed to QEMU, which must not guess: a guest
 * could write another format's header.
 *
 * @param path where it is
 * @param format {@code qcow2} or {@code raw}
 * @param sectorSize in bytes; the GPT header is in the second sector (UEFI Specification 2.10, chapter 5.3.2); 512 without a GPT
 */
record DiskFile(Path path, String format, int sectorSize) {
    static final Tool QEMU_IMG = Tool.of("qemu-img", "qemu-utils");
    private static final byte[] QCOW = {'Q', 'F', 'I', (byte) 0xfb};
    /** The offset of the disk size in the header of a qcow2 file: docs/interop/qcow2.txt of QEMU. */
    private static final int QCOW_SIZE = 24;

    private static final byte[] GPT = "EFI PART".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 80;
    private static final int USUAL = 512;
    private static final int LARGE = 4096;

    /**
     * Inspects a disk image.
     *
     * @param scratch a directory for a copy of the first sectors
     * @throws MachineException if it does not exist or cannot be read
     */
    static DiskFile of(String machine, Path disk, Path scratch) {
        if (!Files.exists(disk)) {
            throw new MachineException(machine, "its disk " + disk + " is not there");
        }
        try {
            byte[] header = start(disk, HEADER);
            String format = isQcow(header) ? "qcow2" : "raw";
            if (isQcow(header) && namesOtherFiles(header)) {
                throw new MachineException(
                        machine,
                        "its disk " + disk
                                + " is a qcow2 image that names another file, which QEMU would open with it, whatever file of this host it is."
                                + " Make one image of both: qemu-img convert -O qcow2 " + disk.getFileName()
                                + " whole.qcow2. If it was a raw disk of a machine, that machine has written the header itself: do not");
            }
            Path copy = scratch.resolve("first-sectors");
            HostTools.execute(
                    machine,
                    "looking at its disk",
                    QEMU_IMG.run("dd", "-f", format, "-O", "raw", "bs=" + LARGE, "count=2")
                            .add("if=" + disk, "of=" + copy));
            byte[] sectors = start(copy, LARGE + GPT.length);
            Files.delete(copy);
            return new DiskFile(disk, format, !isGpt(sectors, USUAL) && isGpt(sectors, LARGE) ? LARGE : USUAL);
        } catch (IOException e) {
            throw new MachineException(machine, "its disk " + disk + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Returns the size of a disk as a machine sees it, whatever the size of its file. */
    static ByteSize size(String machine, Path disk) {
        try {
            byte[] header = start(disk, HEADER);
            return ByteSize.bytes(isQcow(header) ? fields(header).getLong(QCOW_SIZE) : Files.size(disk));
        } catch (NoSuchFileException e) {
            throw new MachineException(machine, "its disk " + disk + " is not there");
        } catch (IOException e) {
            throw new MachineException(machine, "its disk " + disk + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Returns the options of its QEMU device. */
    String device() {
        return sectorSize == USUAL ? "" : ",logical_block_size=" + sectorSize + ",physical_block_size=" + sectorSize;
    }

    /**
     * Returns whether the header has a backing file (bytes 8 to 15) or an external data file (bit 2 of bytes 72 to 79, since version 3):
     * docs/interop/qcow2 of QEMU.
     */
    private static boolean namesOtherFiles(byte[] header) {
        ByteBuffer fields = fields(header);
        return fields.getLong(8) != 0 || (fields.getInt(4) >= 3 && (fields.getLong(72) & 1 << 2) != 0);
    }

    private static ByteBuffer fields(byte[] header) {
        return ByteBuffer.wrap(Arrays.copyOf(header, HEADER));
    }

    private static boolean isQcow(byte[] header) {
        return Arrays.equals(Arrays.copyOf(header, QCOW.length), QCOW);
    }

    private static boolean isGpt(byte[] sectors, int at) {
        return sectors.length >= at + GPT.length && Arrays.equals(sectors, at, at + GPT.length, GPT, 0, GPT.length);
    }

    private static byte[] start(Path file, int length) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            return stream.readNBytes(length);
        }
    }
}
