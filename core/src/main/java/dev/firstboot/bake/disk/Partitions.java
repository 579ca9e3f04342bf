package dev.firstboot.bake.disk;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.firstboot.image.ByteSize;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.stack.PoolLayout;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The partition table (GPT, UEFI Specification 2.10, chapter 5): an EFI system partition, and a partition for the pool up to the end of the disk.
 *
 * @param sector the disk's logical sector size in bytes, which the table's units are
 */
record Partitions(int sector) {
    /** Where the EFI system partition begins, in bytes. */
    static final long ESP_OFFSET = 1L << 20;
    /** How large it is. */
    static final ByteSize ESP_SIZE = ByteSize.mebibytes(512);
    /** The number of the pool's partition. */
    static final int POOL = 2;

    private static final String ESP_TYPE = "C12A7328-F81F-11D2-BA4B-00A0C93EC93B";
    /** Solaris root, which OpenZFS uses for disks that it boots from. */
    private static final String POOL_TYPE = "6A85CF4D-1DD2-11B2-99A6-080020736631";

    /** How long a partition entry is, and where in it the first sector stands: chapter 5.3.3. */
    private static final int ENTRY = 128;

    private static final int FIRST_SECTOR = 32;
    private static final Tool FDISK = Tool.of("fdisk", "fdisk");

    /** Makes {@code raw}, full of holes, and partitions it. */
    void create(Path raw, ByteSize size, String name) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(raw.toFile(), "rw")) {
            file.setLength(size.bytes());
        }
        Path script = Files.writeString(raw.resolveSibling(raw.getFileName() + ".partitions"), script(name));
        // I reads the script, w writes the table and ends.
        FDISK.run("--sector-size", Integer.toString(sector), "--wipe", "never", "--color=never", raw.toString())
                .stdin("I\n" + script + "\nw\n")
                .env("LC_ALL", "C")
                .execute();
    }

    /**
     * A stretch of a disk, in bytes.
     *
     * @param start where it begins
     * @param size how long it is
     */
    record Extent(long start, ByteSize size) {}

    /** Where the pool's partition lies on a disk that was partitioned: the entry's first and last sector. */
    Extent pool(Path raw) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(raw.toFile(), "r")) {
            file.seek(2L * sector + (POOL - 1L) * ENTRY + FIRST_SECTOR);
            long first = Long.reverseBytes(file.readLong());
            long last = Long.reverseBytes(file.readLong());
            if (first < ESP_OFFSET / sector || last <= first || (last + 1) * sector > file.length()) {
                throw new IOException("fdisk made no partition for the pool on " + raw);
            }
            return new Extent(first * sector, ByteSize.bytes((last - first + 1) * sector));
        }
    }

    /** A script of sfdisk(8), which fdisk(8) reads too. The ids follow from {@code name}, so that the same image always has the same. */
    String script(String name) {
        long first = ESP_OFFSET / sector;
        long length = ESP_SIZE.bytes() / sector;
        return "label: gpt\nlabel-id: " + id(name, "disk") + "\nunit: sectors\nsector-size: " + sector + "\n\n"
                + "1 : start=" + first + ", size=" + length + ", type=" + ESP_TYPE + ", uuid=" + id(name, "esp")
                + ", name=\"ESP\"\n"
                + "2 : start=" + (first + length) + ", type=" + POOL_TYPE + ", uuid=" + id(name, "pool") + ", name=\""
                + PoolLayout.POOL + "\"\n";
    }

    private static UUID id(String name, String what) {
        return UUID.nameUUIDFromBytes(("firstboot " + what + " of " + name).getBytes(UTF_8));
    }
}
