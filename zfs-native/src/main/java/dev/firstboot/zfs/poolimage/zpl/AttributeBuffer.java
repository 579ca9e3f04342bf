package dev.firstboot.zfs.poolimage.zpl;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes attributes one after the other, after a header with the number of their layout and the lengths of those whose length varies: {@code sa_hdr_phys_t} in
 * {@code include/sys/sa_impl.h}.
 */
final class AttributeBuffer {
    /** {@code SA_MAGIC}. */
    private static final int MAGIC = 0x2F505A;

    private static final int ALIGNMENT = 8;
    private static final int FIRST_LENGTH = 6;

    /** A length has 16 bits. */
    private static final int LONGEST = 0xffff;

    private AttributeBuffer() {}

    /** Returns the bytes of a header and the attributes, in their order. */
    static byte[] of(Map<AttributeId, byte[]> values, Layouts layouts) {
        List<AttributeId> attributes = new ArrayList<>(values.keySet());
        int header = headerSize(attributes);
        ByteBuffer buffer = ByteBuffer.allocate(size(values)).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(0, MAGIC);
        buffer.putShort(4, (short) (layouts.number(attributes) | (header >> 3 << 10)));
        int at = header;
        int lengthAt = FIRST_LENGTH;
        for (Map.Entry<AttributeId, byte[]> value : values.entrySet()) {
            if (value.getKey().length() == 0) {
                if (value.getValue().length > LONGEST) {
                    throw new IllegalArgumentException(value.getKey() + " of " + value.getValue().length + " bytes");
                }
                buffer.putShort(lengthAt, (short) value.getValue().length);
                lengthAt += Short.BYTES;
            }
            buffer.put(at, value.getValue());
            at = align(at + value.getValue().length);
        }
        return buffer.array();
    }

    /** Returns how many bytes {@link #of} will return. */
    static int size(Map<AttributeId, byte[]> values) {
        int size = headerSize(new ArrayList<>(values.keySet()));
        int end = size;
        for (byte[] value : values.values()) {
            end = size + value.length;
            size = align(end);
        }
        return end;
    }

    /** Returns the size of the header: 8 bytes with room for one length, and 2 for each further one, rounded up to 8. */
    private static int headerSize(List<AttributeId> attributes) {
        long variable = attributes.stream().filter(id -> id.length() == 0).count();
        return 8 + Math.max(0, align((int) (variable - 1) * Short.BYTES));
    }

    private static int align(int size) {
        return (size + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /** Adds to the number of links in a buffer that starts at {@code at}, and returns the new number. */
    static long addLinks(ByteBuffer bonus, int at, long more) {
        int links = offset(bonus, at, FileAttributes.BEFORE_LINKS.size());
        bonus.putLong(links, bonus.getLong(links) + more);
        return bonus.getLong(links);
    }

    /** Sets the parent directory of a file ({@code ZPL_PARENT}), in a buffer that starts at {@code at}. */
    static void setParent(ByteBuffer bonus, int at, long directory) {
        bonus.putLong(offset(bonus, at, FileAttributes.BEFORE_LINKS.indexOf(AttributeId.ZPL_PARENT)), directory);
    }

    /** Returns the offset of the attribute that follows the first {@code number} attributes, which every layout starts with. */
    private static int offset(ByteBuffer bonus, int at, int number) {
        int header = (bonus.getShort(at + 4) >> 10 & 0x3f) << 3;
        return at
                + header
                + FileAttributes.BEFORE_LINKS.subList(0, number).stream()
                        .mapToInt(AttributeId::length)
                        .sum();
    }
}
