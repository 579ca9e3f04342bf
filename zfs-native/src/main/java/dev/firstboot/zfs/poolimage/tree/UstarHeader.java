package dev.firstboot.zfs.poolimage.tree;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * The block of 512 bytes before each entry: POSIX {@code ustar}, GNU tar's variant, and the older form. Safe with hostile bytes: an invalid field throws
 * {@link MalformedTreeException}. Immutable.
 */
final class UstarHeader {
    static final int SIZE = 512;

    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_LENGTH = 8;

    /** Type and permissions together. */
    private static final int MODE_BITS = 0177777;

    private static final Pattern OCTAL = Pattern.compile("[0-7]+");

    private final byte[] block;
    private final String source;

    private UstarHeader(byte[] block, String source) {
        this.block = block;
        this.source = source;
    }

    /** Reads a header and checks its checksum. */
    static UstarHeader of(byte[] block, String source) {
        if (block.length != SIZE) {
            throw new IllegalArgumentException("a header has " + SIZE + " bytes, not " + block.length);
        }
        UstarHeader header = new UstarHeader(block.clone(), source);
        int sum = CHECKSUM_LENGTH * ' ';
        for (int i = 0; i < SIZE; i++) {
            sum += i >= CHECKSUM && i < CHECKSUM + CHECKSUM_LENGTH ? 0 : block[i] & 0xff;
        }
        String digits = header.digits(CHECKSUM, CHECKSUM_LENGTH);
        if (!OCTAL.matcher(digits).matches() || Long.parseLong(digits, 8) != sum) {
            throw new MalformedTreeException(
                    source
                            + " is no tar archive, or damaged: a header's checksum is wrong (compressed archives are not read)");
        }
        return header;
    }

    char type() {
        return block[156] == 0 ? '0' : (char) (block[156] & 0xff);
    }

    byte[] name() {
        byte[] name = text(0, 100);
        byte[] prefix = isPosix() ? text(345, 155) : new byte[0];
        if (prefix.length == 0) {
            return name;
        }
        byte[] whole = Arrays.copyOf(prefix, prefix.length + 1 + name.length);
        whole[prefix.length] = '/';
        System.arraycopy(name, 0, whole, prefix.length + 1, name.length);
        return whole;
    }

    /** Returns whether it is POSIX. GNU tar's own format has {@code "ustar  "} here, and other fields where POSIX has the prefix. */
    private boolean isPosix() {
        return new String(block, 257, 6, StandardCharsets.ISO_8859_1).equals("ustar\0");
    }

    byte[] linkName() {
        return text(157, 100);
    }

    /** Returns the permissions; writers may add bits of the type, but nothing else. */
    int mode() {
        long mode = number(100, 8);
        if (mode < 0 || mode > MODE_BITS) {
            throw new MalformedTreeException(source + ": " + Long.toOctalString(mode) + " in a header is no mode");
        }
        return (int) mode;
    }

    long owner() {
        return number(108, 8);
    }

    long group() {
        return number(116, 8);
    }

    /** Returns how many bytes follow; 0 for a link, a device, a directory or a FIFO, whatever the field says. */
    long size() {
        return "123456".indexOf(type()) >= 0 ? 0 : checkedSize(number(124, 12), source);
    }

    /** Checks a number of bytes: not negative, and not so large that sums overflow. */
    static long checkedSize(long bytes, String source) {
        if (bytes < 0 || bytes > TreeEntry.LARGEST) {
            throw new MalformedTreeException(source + ": an entry cannot have " + bytes + " bytes");
        }
        return bytes;
    }

    /** Returns whether it is a sparse file in GNU tar's old format, with a table of holes. */
    boolean isSparse() {
        return type() == 'S';
    }

    /** Returns the size of a sparse file with its holes, in bytes. */
    long sparseSize() {
        return number(483, 12);
    }

    /** Adds the parts in this header; returns whether a block with more follows. */
    boolean addParts(SparseMap map) {
        return addParts(block, 386, 4, map);
    }

    /** Adds the parts in a block after the header; returns whether another block follows. */
    boolean addParts(byte[] behind, SparseMap map) {
        return new UstarHeader(behind, source).addParts(behind, 0, 21, map);
    }

    private boolean addParts(byte[] from, int start, int parts, SparseMap map) {
        for (int part = 0; part < parts; part++) {
            int at = start + part * 24;
            if (from[at + 12] == 0) {
                return false;
            }
            map.add(number(at, 12), number(at + 12, 12));
        }
        return from[start + parts * 24] != 0;
    }

    Instant modified() {
        long seconds = number(136, 12);
        try {
            return Instant.ofEpochSecond(seconds);
        } catch (DateTimeException e) {
            throw new MalformedTreeException(source + ": " + seconds + " seconds in a header are no time");
        }
    }

    long deviceMajor() {
        return number(329, 8);
    }

    long deviceMinor() {
        return number(337, 8);
    }

    private byte[] text(int offset, int length) {
        int end = offset;
        while (end < offset + length && block[end] != 0) {
            end++;
        }
        return Arrays.copyOfRange(block, offset, end);
    }

    /** Reads octal digits, or a big-endian number if the first bit is set. */
    private long number(int offset, int length) {
        if (block[offset] < 0) {
            long value = block[offset] == -1 ? -1 : block[offset] & 0x7f;
            for (int i = offset + 1; i < offset + length; i++) {
                if (value > Long.MAX_VALUE >> 8 || value < Long.MIN_VALUE >> 8) {
                    throw new MalformedTreeException(source + ": a header has a number of more than 63 bits");
                }
                value = value << 8 | (block[i] & 0xff);
            }
            return value;
        }
        String digits = digits(offset, length);
        if (digits.isEmpty()) {
            return 0;
        }
        if (!OCTAL.matcher(digits).matches()) {
            throw new MalformedTreeException(source + ": '" + digits + "' in a header is no octal number");
        }
        return Long.parseLong(digits, 8);
    }

    /** Returns a field without the blanks and zero bytes around it. A field has at most 12 digits, which is 36 bits. */
    private String digits(int offset, int length) {
        return new String(block, offset, length, StandardCharsets.ISO_8859_1)
                .replace('\0', ' ')
                .trim();
    }
}
