package dev.firstboot.zfs.poolimage.zap;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** A ZAP of one block, with a slot of fixed size for each entry: {@code mzap_phys_t} in {@code include/sys/zap_impl.h}. */
final class MicroZap {
    /** {@code ZBT_MICRO}. */
    private static final long BLOCK_TYPE = (1L << 63) + 3;

    private static final int ENTRY = 64;
    private static final int SECTOR = 512;
    private static final int NAME = 14;

    private MicroZap() {}

    /** Returns the size of the block for this many entries, in bytes. */
    static int size(int entries) {
        long bytes = (1L + entries) * ENTRY;
        return (int) Math.min(Integer.MAX_VALUE, (bytes + SECTOR - 1) / SECTOR * SECTOR);
    }

    static byte[] of(long salt, List<ZapEntry> entries) {
        ByteBuffer block = ByteBuffer.allocate(size(entries.size())).order(ByteOrder.LITTLE_ENDIAN);
        block.putLong(0, BLOCK_TYPE);
        block.putLong(8, salt);
        int at = ENTRY;
        for (ZapEntry entry : entries) {
            block.putLong(at, entry.values()[0]);
            block.putInt(at + 8, entry.differentiator());
            block.put(at + NAME, entry.name());
            at += ENTRY;
        }
        return block.array();
    }
}
