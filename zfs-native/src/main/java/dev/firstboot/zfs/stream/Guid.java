package dev.firstboot.zfs.stream;

/**
 * The number by which ZFS identifies a snapshot, on every machine and under any name: unsigned, 64 bits. Printed in decimal, as {@code zfs get guid} does.
 *
 * @param bits its 64 bits
 */
public record Guid(long bits) {
    /**
     * Reads what {@code zfs get -p guid} prints.
     *
     * @throws IllegalArgumentException if the text is not an unsigned 64-bit number
     */
    public static Guid parse(String text) {
        try {
            return new Guid(Long.parseUnsignedLong(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a guid, a number from 0 to 2^64-1: '" + text + "'", e);
        }
    }

    @Override
    public String toString() {
        return Long.toUnsignedString(bits);
    }
}
