package dev.firstboot.zfs.poolimage.label;

import dev.firstboot.zfs.poolimage.block.PoolFile;
import dev.firstboot.zfs.poolimage.block.VdevGeometry;
import dev.firstboot.zfs.poolimage.format.BlockPointer;
import dev.firstboot.zfs.poolimage.format.Checksum;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes the four labels: {@code vdev_label_t} in {@code include/sys/vdev_impl.h}, 256 KiB each: padding, boot environment, packed configuration, and a ring of
 * uberblocks, of which one is used.
 */
public final class VdevLabel {
    private static final int BOOT_ENVIRONMENT = 8 << 10;
    private static final int CONFIGURATION = 16 << 10;
    private static final int RING = 128 << 10;
    /** {@code zio_eck_t}: a magic number and a checksum, at the end of what it protects. */
    private static final int TRAILER = 40;

    private static final long TRAILER_MAGIC = 0x0210da7ab10c7a11L;

    private static final long UBERBLOCK_MAGIC = 0x00bab10c;
    private static final long MMP_MAGIC = 0xa11cea11L;
    private static final int MIN_UBERBLOCK_SHIFT = 10;
    private static final int MAX_UBERBLOCK_SHIFT = 13;

    private final PoolConfig config;
    private final BlockPointer root;

    /** Creates labels that point to the meta object set at {@code root}. */
    public VdevLabel(PoolConfig config, BlockPointer root) {
        this.config = config;
        this.root = root;
    }

    /** Writes all four labels. */
    public void writeTo(PoolFile file) throws IOException {
        for (int index = 0; index < VdevGeometry.LABELS; index++) {
            file.writeLabel(index, bytes(config.geometry().labelOffset(index)));
        }
    }

    /** Returns the bytes of a label. They depend on its place: its checksums start with their own offset. */
    private byte[] bytes(long offset) {
        byte[] bytes = new byte[VdevGeometry.LABEL_SIZE];
        ByteBuffer label = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        seal(bytes, BOOT_ENVIRONMENT, CONFIGURATION, offset);
        byte[] packed = config.label();
        label.put(CONFIGURATION, packed);
        seal(bytes, CONFIGURATION, RING, offset);
        int slotSize = 1
                << Math.max(
                        MIN_UBERBLOCK_SHIFT,
                        Math.min(MAX_UBERBLOCK_SHIFT, config.geometry().ashift()));
        int slots = (VdevGeometry.LABEL_SIZE - RING) / slotSize;
        int at = RING + (int) (config.txg() % slots) * slotSize;
        putUberblock(label, at);
        seal(bytes, at, at + slotSize, offset);
        return bytes;
    }

    /** Writes a {@code struct uberblock} of {@code include/sys/uberblock_impl.h}. */
    private void putUberblock(ByteBuffer label, int at) {
        PoolIdentity identity = config.identity();
        label.putLong(at, UBERBLOCK_MAGIC);
        label.putLong(at + 8, PoolConfig.VERSION);
        label.putLong(at + 16, config.txg());
        label.putLong(at + 24, identity.poolGuid() + identity.vdevGuid());
        label.putLong(at + 32, identity.created().getEpochSecond());
        root.writeTo(label, at + 40);
        int after = at + 40 + BlockPointer.SIZE;
        label.putLong(after, PoolConfig.VERSION);
        label.putLong(after + 8, MMP_MAGIC);
    }

    /** Ends the bytes from {@code start} to {@code end} with a checksum: {@code ZIO_CHECKSUM_LABEL}. */
    private static void seal(byte[] bytes, int start, int end, long labelOffset) {
        ByteBuffer label = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int trailer = end - TRAILER;
        label.putLong(trailer, TRAILER_MAGIC);
        new Checksum(labelOffset + start, 0, 0, 0).writeTo(label, trailer + 8);
        Checksum.sha256(bytes, start, end - start).writeTo(label, trailer + 8);
    }
}
