package dev.firstboot.zfs.poolimage.zpl;

import dev.firstboot.zfs.poolimage.zap.Zap;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The layouts of a filesystem, numbered in the order of their first use: which attributes a buffer has, and in which order ({@code sa_lot_t}). Layouts 0 and 1
 * are those of older formats. Not thread-safe.
 */
final class Layouts {
    private static final int FIRST = 2;

    private final Map<List<AttributeId>, Integer> numbers = new LinkedHashMap<>();

    /** Returns the number for these attributes in this order, which a buffer's header has. */
    int number(List<AttributeId> attributes) {
        return numbers.computeIfAbsent(List.copyOf(attributes), unknown -> FIRST + numbers.size());
    }

    /** Adds all layouts to the table that describes them. */
    Zap addTo(Zap zap) {
        numbers.forEach((attributes, number) -> {
            long[] ids = attributes.stream().mapToLong(AttributeId::number).toArray();
            zap.add(Integer.toString(number).getBytes(StandardCharsets.US_ASCII), Short.BYTES, ids);
        });
        return zap;
    }
}
