package dev.firstboot.zfs;

import dev.firstboot.zfs.internal.PropertyNames;
import dev.firstboot.zfs.internal.ffi.PropertyCalls;
import dev.firstboot.zfs.nvlist.NvList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The settable properties of pools or devices, and how the kernel takes their values. The kernel itself checks few values; libzfs does that for {@code zpool}.
 * A property with a colon in its name is a user property, which is text.
 *
 * @param of what has these properties, as messages name it
 * @param texts those whose value is text
 * @param numbers those whose value is a number
 * @param words those whose value is one of a list of words; the kernel takes its index in the list
 */
record SettableProperties(String of, Set<String> texts, Set<String> numbers, Map<String, List<String>> words) {
    /** {@code zpool_prop.c}. */
    static final SettableProperties OF_POOLS = new SettableProperties(
            "pools", Set.of("comment", "bootfs", "cachefile", "compatibility"), Set.of(), PropertyCalls.POOL_WORDS);

    /** {@code vdev_prop_init} of {@code zpool_prop.c}. */
    static final SettableProperties OF_DEVICES = new SettableProperties(
            "devices",
            Set.of("comment"),
            Set.of("checksum_n", "checksum_t", "io_n", "io_t", "slow_io_n", "slow_io_t"),
            Map.of(
                    "allocating", PropertyCalls.SWITCH,
                    "autosit", PropertyCalls.SWITCH,
                    "failfast", PropertyCalls.SWITCH,
                    "sit_out", PropertyCalls.SWITCH,
                    "slow_io_events", PropertyCalls.SWITCH));

    /**
     * Returns the list that the kernel takes.
     *
     * @throws IllegalArgumentException if the property cannot be set, or not to this value
     */
    NvList list(String property, String value) {
        PropertyNames.check(property);
        if (texts.contains(property) || property.indexOf(':') > 0) {
            return NvList.builder().addString(property, value).build();
        }
        return NvList.builder().addUint64(property, number(property, value)).build();
    }

    private long number(String property, String value) {
        List<String> known = words.get(property);
        if (known != null) {
            int number = known.indexOf(value);
            if (number < 0) {
                throw new IllegalArgumentException(property + " is one of " + known + ", not '" + value + "'");
            }
            return number;
        }
        if (!numbers.contains(property)) {
            throw new IllegalArgumentException("'" + property + "' is no property of " + of + " that can be set here");
        }
        try {
            return Long.parseUnsignedLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(property + " is a number, not '" + value + "'", e);
        }
    }
}
