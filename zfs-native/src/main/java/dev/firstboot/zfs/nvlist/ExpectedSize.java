package dev.firstboot.zfs.nvlist;

/** Estimates the size of a packed list, in bytes. Exact for the native encoding if all texts are ASCII; close otherwise. */
final class ExpectedSize {
    private static final int HEADER = 12;
    private static final int MOST = 1 << 20;

    private ExpectedSize() {}

    /** Returns the estimate, at most 1 MiB, so that a wrong one wastes little memory. */
    static int of(NvList list) {
        return (int) Math.min(MOST, HEADER + ofPairs(list));
    }

    private static long ofPairs(NvList list) {
        long size = Integer.BYTES;
        for (NvPair pair : list.pairs) {
            size += PairSize.valueOffset(pair.name().length()) + PairSize.aligned(ofValue(pair)) + ofInner(pair);
        }
        return size;
    }

    /** Returns the size of a value; for inner lists only of their C structures, without their pairs. */
    private static long ofValue(NvPair pair) {
        return switch (pair.type().shape) {
            case STRING -> ((String) pair.value).length() + 1L;
            case STRINGS ->
                pair.strings().stream()
                        .mapToLong(text -> PairSize.ofElement(text.length()))
                        .sum();
            default -> (long) pair.type().width * pair.length();
        };
    }

    private static long ofInner(NvPair pair) {
        return switch (pair.type().shape) {
            case LIST -> ofPairs((NvList) pair.value);
            case LISTS -> pair.lists().stream().mapToLong(ExpectedSize::ofPairs).sum();
            default -> 0;
        };
    }
}
