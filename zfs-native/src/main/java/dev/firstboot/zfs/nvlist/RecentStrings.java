package dev.firstboot.zfs.nvlist;

import org.jspecify.annotations.Nullable;

/** Caches the short strings that were read last, because lists repeat them: every property has {@code value} and {@code source}. Not thread-safe. */
final class RecentStrings {
    private static final int SLOTS = 64;
    private static final int LONGEST = 32;

    private final @Nullable String[] slots = new String[SLOTS];

    /** Returns the string of these bytes. */
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

    /** Returns whether the text has these bytes. Always false unless they are ASCII: any other byte is negative. */
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
