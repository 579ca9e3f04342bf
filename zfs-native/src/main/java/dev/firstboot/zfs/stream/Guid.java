package dev.firstboot.zfs.stream;

/**
 * What ZFS knows a snapshot by, whatever it is called where: an unsigned 64-bit number. Printed in decimal, as {@code zfs get
 * guid} does.
 *
 * @param bits its 64 bits
 */
public record Guid(long bits) {
    /** No snapshot: where a full stream starts from. */
    public static final Guid NONE = new Guid(0);

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
