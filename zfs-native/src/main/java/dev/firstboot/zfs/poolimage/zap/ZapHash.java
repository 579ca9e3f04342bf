package dev.firstboot.zfs.poolimage.zap;

/** The hash that orders a ZAP: CRC-64, reflected, started with the ZAP's salt: {@code zap_hash} in {@code module/zfs/zap.c}. */
final class ZapHash {
    /** {@code ZFS_CRC64_POLY}: ECMA-182, reflected. */
    private static final long POLYNOMIAL = 0xC96C5795D7870F42L;

    /** Without {@code ZAP_FLAG_HASH64} a hash has this many bits, the highest ones. */
    static final int BITS = 28;

    private static final long[] TABLE = table();

    private ZapHash() {}

    private static long[] table() {
        long[] table = new long[256];
        for (int i = 0; i < table.length; i++) {
            long crc = i;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc >>> 1) ^ (-(crc & 1) & POLYNOMIAL);
            }
            table[i] = crc;
        }
        return table;
    }

    static long of(long salt, byte[] name) {
        long crc = salt;
        for (byte b : name) {
            crc = (crc >>> 8) ^ TABLE[(int) (crc ^ b) & 0xff];
        }
        return crc & -(1L << (Long.SIZE - BITS));
    }
}
