package dev.firstboot.zfs.poolimage.block;

/**
 * The sizes that follow from a vdev's size and sector size: {@code vdev_open} and {@code vdev_metaslab_set_size} in {@code module/zfs/vdev.c}.
 *
 * @param fileSize the size of the image, in bytes
 * @param ashift the binary logarithm of the smallest allocation
 */
public record VdevGeometry(long fileSize, int ashift) {
    /** {@code sizeof (vdev_label_t)}. */
    public static final int LABEL_SIZE = 256 << 10;

    /** Labels on a vdev: two in front, two at the end. */
    public static final int LABELS = 4;

    /** {@code VDEV_LABEL_START_SIZE}: two labels and the boot region; block offsets count from here. */
    public static final long DATA_START = 4L << 20;

    /** {@code SPA_MINDEVSIZE}. */
    public static final long SMALLEST = 64L << 20;

    /** OpenZFS reserves 1/32 of a pool ({@code spa_slop_shift}): at least 128 MiB, but at most half of a small pool. */
    private static final int SLOP_SHIFT = 5;

    private static final long MIN_SLOP = 128L << 20;

    private static final long STEP = 1L << 20;

    private static final int MIN_METASLABS = 16;
    private static final int DEFAULT_METASLABS = 200;
    private static final int DEFAULT_SHIFT = 29;
    private static final int MIN_SHIFT = 24;
    private static final int MAX_SHIFT = 34;

    /** Returns how many bytes the vdev uses: labels are at multiples of their size. */
    public long usableSize() {
        return fileSize & -LABEL_SIZE;
    }

    /** Returns the bytes between the labels: {@code vdev_asize}. */
    public long allocatableSize() {
        return usableSize() - DATA_START - 2L * LABEL_SIZE;
    }

    /** Returns the binary logarithm of the size of a metaslab: {@code vdev_ms_shift}. */
    public int metaslabShift() {
        long asize = allocatableSize();
        long count = asize >> DEFAULT_SHIFT;
        int shift = DEFAULT_SHIFT;
        if (count < MIN_METASLABS) {
            shift = highBit(asize / MIN_METASLABS);
        } else if (count > DEFAULT_METASLABS) {
            shift = highBit(asize / DEFAULT_METASLABS);
        }
        return Math.max(MIN_SHIFT, Math.min(MAX_SHIFT, shift));
    }

    /** Returns the size of one metaslab, in bytes. */
    public long metaslabSize() {
        return 1L << metaslabShift();
    }

    /** Returns how many whole metaslabs the vdev has. */
    public int metaslabCount() {
        return (int) (allocatableSize() >> metaslabShift());
    }

    /** Returns how many bytes can be allocated: those in whole metaslabs, less what OpenZFS reserves. */
    public long capacity() {
        long slop = Math.max(allocatableSize() >> SLOP_SHIFT, MIN_SLOP);
        return metaslabCount() * metaslabSize() - Math.min(slop, allocatableSize() / 2);
    }

    /** Returns a geometry with the same sector size and a size in whole MiB, in which this many bytes can be allocated. */
    public VdevGeometry forCapacity(long bytes) {
        VdevGeometry enough = new VdevGeometry(SMALLEST, ashift);
        while (enough.capacity() < bytes) {
            long missing = bytes - enough.capacity();
            enough = new VdevGeometry(enough.fileSize + (missing + STEP - 1) / STEP * STEP, ashift);
        }
        return enough;
    }

    /** Returns where label {@code index} starts in the file: {@code vdev_label_offset}. */
    public long labelOffset(int index) {
        return index < 2 ? (long) index * LABEL_SIZE : usableSize() - (long) (LABELS - index) * LABEL_SIZE;
    }

    /** Rounds up to a whole number of sectors. */
    public long roundUp(long bytes) {
        long mask = (1L << ashift) - 1;
        return (bytes + mask) & ~mask;
    }

    private static int highBit(long value) {
        return Long.SIZE - Long.numberOfLeadingZeros(value);
    }
}
