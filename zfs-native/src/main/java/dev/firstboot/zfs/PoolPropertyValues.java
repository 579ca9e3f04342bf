package dev.firstboot.zfs;

import dev.firstboot.zfs.nvlist.NvList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The properties of pools that can be set, and how the kernel takes them ({@code zpool_prop.c}). libzfs checks them, not the kernel. */
final class PoolPropertyValues {
    private static final Set<String> TEXT = Set.of("comment", "bootfs", "cachefile", "compatibility");
    private static final List<String> SWITCH = List.of("off", "on");
    private static final Map<String, List<String>> WORDS = Map.of(
            "autoexpand", SWITCH,
            "autoreplace", SWITCH,
            "autotrim", SWITCH,
            "delegation", SWITCH,
            "listsnapshots", SWITCH,
            "multihost", SWITCH,
            "failmode", List.of("wait", "continue", "panic"));

    private PoolPropertyValues() {}

    static NvList of(String property, String value) {
        if (TEXT.contains(property) || property.indexOf(':') > 0) {
            return NvList.builder().addString(property, value).build();
        }
        List<String> words = WORDS.get(property);
        if (words == null) {
            throw new IllegalArgumentException("'" + property + "' is no property of pools that can be set here");
        }
        int number = words.indexOf(value);
        if (number < 0) {
            throw new IllegalArgumentException(property + " is one of " + words + ", not '" + value + "'");
        }
        return NvList.builder().addUint64(property, number).build();
    }
}
