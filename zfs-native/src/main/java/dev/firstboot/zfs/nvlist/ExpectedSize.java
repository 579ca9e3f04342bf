package dev.firstboot.zfs.nvlist;

/** How many bytes a list takes when it is packed natively and all its texts are ASCII; any other is packed in about as many. */
final class ExpectedSize {
    private static final int HEADER = 12;
    private static final int MOST = 1 << 20;

    private ExpectedSize() {}

    /** At most 1 MiB, so that little is lost where it is wrong. */
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

    /** Of inner lists only what C keeps beside the value. */
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
