package dev.firstboot.zfs.nvlist;

import org.jspecify.annotations.Nullable;

/** Short strings that were read last, since lists repeat them: {@code value} and {@code source} stand in every property. Not thread-safe. */
final class RecentStrings {
    private static final int SLOTS = 64;
    private static final int LONGEST = 32;

    private final @Nullable String[] slots = new String[SLOTS];

    /** The string of these bytes. */
    String of(byte[] bytes, int offset, int length) {
        if (length == 0 || length > LONGEST) {
            return CStrings.decode(bytes, offset, length);
        }
        int slot = (bytes[offset] * 7 + bytes[offset + length - 1] * 3 + length) & (SLOTS - 1);
        String recent = slots[slot];
        if (recent != null && isSame(recent, bytes, offset, length)) {
            return recent;
        }
        String read = CStrings.decode(bytes, offset, length);
        slots[slot] = read;
        return read;
    }

    /** Never true of what is not ASCII: then a byte is negative. */
    private static boolean isSame(String text, byte[] bytes, int offset, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) != bytes[offset + i]) {
                return false;
            }
        }
        return true;
    }
}
