package dev.firstboot.zfs.poolimage;

import dev.firstboot.zfs.poolimage.format.BlockCompression;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbers of the words of native properties: the index tables of {@code module/zcommon/zfs_prop.c}. Has only properties that mean the same in a written
 * filesystem as in one that ZFS has used.
 */
final class WritableProperties {
    private static final Map<String, Long> ON_OFF = Map.of("off", 0L, "on", 1L);
    private static final Map<String, Long> CACHE = Map.of("none", 0L, "metadata", 1L, "all", 2L);
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,18})([kKmMgGtT]?)[bB]?");
    private static final Set<String> SIZES = Set.of("recordsize", "quota", "refquota");

    private static final Map<String, Map<String, Long>> WORDS = Map.ofEntries(
            Map.entry("compression", compressions()),
            Map.entry("checksum", Map.of("on", 1L, "fletcher4", 7L, "sha256", 8L)),
            Map.entry("copies", Map.of("1", 1L, "2", 2L, "3", 3L)),
            Map.entry("atime", ON_OFF),
            Map.entry("relatime", ON_OFF),
            Map.entry("devices", ON_OFF),
            Map.entry("exec", ON_OFF),
            Map.entry("setuid", ON_OFF),
            Map.entry("readonly", ON_OFF),
            Map.entry("zoned", ON_OFF),
            Map.entry("nbmand", ON_OFF),
            Map.entry("overlay", ON_OFF),
            Map.entry("sync", Map.of("standard", 0L, "always", 1L, "disabled", 2L)),
            Map.entry("logbias", Map.of("latency", 0L, "throughput", 1L)),
            Map.entry("primarycache", CACHE),
            Map.entry("secondarycache", CACHE),
            Map.entry("snapdir", Map.of("hidden", 0L, "visible", 1L)),
            Map.entry("xattr", Map.of("off", 0L, "dir", 1L, "sa", 2L)),
            Map.entry("acltype", Map.of("off", 0L, "noacl", 0L, "posix", 1L, "posixacl", 1L)),
            Map.entry("redundant_metadata", Map.of("all", 0L, "most", 1L)),
            Map.entry(
                    "dnodesize",
                    Map.of(
                            "legacy", 0L, "auto", 1L, "1k", 1024L, "2k", 2048L, "4k", 4096L, "8k", 8192L, "16k",
                            16384L)),
            Map.entry("canmount", Map.of("off", 0L, "on", 1L, "noauto", 2L)));

    private WritableProperties() {}

    private static Map<String, Long> compressions() {
        Map<String, Long> words = new HashMap<>(Map.of("on", 15L, "off", 2L, "lz4", 15L, "zstd", 16L));
        for (int level = 1; level <= 19; level++) {
            words.put("zstd-" + level, BlockCompression.zstd(level).property());
        }
        return Map.copyOf(words);
    }

    /** Returns the number that ZFS stores for a word, or for a size such as {@code 16384} or {@code 16k}; {@code none} is zero. */
    static long number(String name, String value) {
        if (SIZES.contains(name)) {
            return size(name, value);
        }
        Map<String, Long> words = WORDS.get(name);
        if (words == null) {
            throw new IllegalArgumentException(
                    "property " + name + " cannot be written into an image; set it on the living pool");
        }
        Long number = words.get(value.toLowerCase(Locale.ROOT));
        if (number == null) {
            throw new IllegalArgumentException(name + "=" + value + " cannot be written into an image; it may be "
                    + String.join(", ", words.keySet().stream().sorted().toList()));
        }
        return number;
    }

    private static long size(String name, String value) {
        if (value.equals("none") && !name.equals("recordsize")) {
            return 0;
        }
        Matcher size = SIZE.matcher(value);
        if (!size.matches()) {
            throw new IllegalArgumentException(
                    name + " '" + value + "' is no number of bytes, with k, M, G or T behind it");
        }
        int shift = 10
                * " kmgt".indexOf((size.group(2) + " ").toLowerCase(Locale.ROOT).charAt(0));
        try {
            return Math.multiplyExact(Long.parseLong(size.group(1)), 1L << shift);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(name + " '" + value + "' is larger than ZFS can count", e);
        }
    }
}
