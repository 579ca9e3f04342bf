package dev.firstboot.bake.disk;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.firstboot.image.ByteSize;
import dev.firstboot.internal.tool.Tool;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * The partition table (GPT, UEFI Specification 2.10, chapter 5): an EFI system partition, and a partition for the pool up to the end of the disk.
 */
final class Partitions {
    /** Where the EFI system partition begins, in bytes. */
    static final long ESP_OFFSET = 1L << 20;
    /** How large it is. */
    static final ByteSize ESP_SIZE = ByteSize.mebibytes(512);
    /** The number of the pool's partition. */
    static final int POOL = 2;

    private static final int SECTOR = 512;
    /** Where the partition entries are, and how long one is: chapter 5.3.3. */
    private static final long TABLE = 2 * SECTOR;

    private static final int ENTRY = 128;
    private static final int FIRST_SECTOR = 32;
    private static final Tool SGDISK = Tool.of("sgdisk", "gdisk");

    private Partitions() {}

    /** Makes {@code raw}, full of holes, and partitions it. */
    static void create(Path raw, ByteSize size, String name) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(raw.toFile(), "rw")) {
            file.setLength(size.bytes());
        }
        SGDISK.run(arguments(raw, name).toArray(String[]::new)).execute();
    }

    /**
     * A stretch of a disk, in bytes.
     *
     * @param start where it begins
     * @param size how long it is
     */
    record Extent(long start, ByteSize size) {}

    /** Where the pool's partition lies on a disk that was partitioned: the entry's first and last sector. */
    static Extent pool(Path raw) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(raw.toFile(), "r")) {
            file.seek(TABLE + (POOL - 1L) * ENTRY + FIRST_SECTOR);
            long first = Long.reverseBytes(file.readLong());
            long last = Long.reverseBytes(file.readLong());
            return new Extent(first * SECTOR, ByteSize.bytes((last - first + 1) * SECTOR));
        }
    }

    /** The arguments of sgdisk(8). The ids follow from {@code name}, so that the same image always has the same. */
    static List<String> arguments(Path raw, String name) {
        return List.of(
                "--disk-guid=" + id(name, "disk"),
                "--new=1:" + ESP_OFFSET / SECTOR + ":+" + ESP_SIZE.bytes() / 1024 + "K",
                "--typecode=1:EF00",
                "--change-name=1:ESP",
                "--partition-guid=1:" + id(name, "esp"),
                "--new=" + POOL + ":0:0",
                "--typecode=" + POOL + ":BF00",
                "--change-name=" + POOL + ":" + PoolLayout.POOL,
                "--partition-guid=" + POOL + ":" + id(name, "pool"),
                raw.toString());
    }

    private static UUID id(String name, String what) {
        return UUID.nameUUIDFromBytes(("firstboot " + what + " of " + name).getBytes(UTF_8));
    }
}
