package dev.firstboot.zfs.internal.ffi;

import dev.firstboot.zfs.nvlist.NvList;
import dev.firstboot.zfs.nvlist.NvListBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Properties by the {@code zfs} and {@code zpool} commands, for kernels whose calls are not what we know. Names are checked by the caller. */
public final class CommandProperties {
    private static final String NONE = "-";
    private static final String DIGITS = "\\d{1,20}";
    /** The kernel keeps hundredths. */
    private static final String RATIO = "\\d{1,16}\\.\\d\\d";

    /** Words that the kernel keeps as numbers: {@code zpool_prop.c}, and {@code vdev_state_t} for {@code health}. */
    private static final Map<String, List<String>> WORDS = Map.of(
            "failmode", List.of("wait", "continue", "panic"),
            "health", List.of("UNKNOWN", "CLOSED", "OFFLINE", "REMOVED", "UNAVAIL", "FAULTED", "DEGRADED", "ONLINE"));

    private static final List<String> SWITCH = List.of("off", "on");

    private CommandProperties() {}

    /** {@code zfs set}. Where it can be told to, it leaves mounts alone, as the kernel's call does. */
    public static void set(String dataset, Map<String, String> properties) {
        Programs.mustExist("zfs set", dataset);
        List<String> command = new ArrayList<>(List.of("zfs", "set"));
        if (Library.has("lzc_scrub")) {
            command.add("-u"); // It came with OpenZFS 2.2, too.
        }
        properties.forEach((name, value) -> command.add(name + "=" + value));
        command.add(dataset);
        Programs.output(dataset, command.toArray(new String[0]));
    }

    /** {@code zfs inherit}; with {@code received}, {@code zfs inherit -S}. */
    public static void inherit(String dataset, String property, boolean received) {
        Programs.mustExist("zfs inherit", dataset);
        if (received) {
            Programs.output(dataset, "zfs", "inherit", "-S", property, dataset);
        } else {
            Programs.output(dataset, "zfs", "inherit", property, dataset);
        }
    }

    /** What {@code zfs get} has in its column of received values. */
    public static NvList received(String dataset) {
        Programs.mustExist("zfs get", dataset);
        NvListBuilder received = NvList.builder();
        for (String line : Programs.output(dataset, "zfs", "get", "-Hp", "-o", "property,received", "all", dataset)
                .split("\n", -1)) {
            String[] words = line.split("\t", -1);
            if (words.length == 2 && !words[1].equals(NONE)) {
                received.addNvList(words[0], CommandLists.told(dataset, words[1], "received"));
            }
        }
        return received.build();
    }

    /** The properties of a pool as the kernel tells them. */
    public static NvList pool(String pool) {
        Programs.mustExist("zpool get", pool);
        NvListBuilder properties = NvList.builder();
        for (String line : Programs.output(pool, "zpool", "get", "-Hp", "-o", "property,value,source", "all", pool)
                .split("\n", -1)) {
            String[] words = line.split("\t", -1);
            if (words.length == 3 && !words[1].equals(NONE)) {
                properties.addNvList(words[0], value(words[0], words[1]));
            }
        }
        return properties.build();
    }

    private static NvList value(String property, String text) {
        NvListBuilder value = NvList.builder();
        int word = WORDS.getOrDefault(property, SWITCH).indexOf(text);
        if (word >= 0) {
            return value.addUint64("value", word).build();
        }
        if (property.endsWith("ratio") && text.matches(RATIO)) {
            return value.addUint64("value", Long.parseLong(text.replace(".", "")))
                    .build();
        }
        return text.matches(DIGITS)
                ? value.addUint64("value", Long.parseUnsignedLong(text)).build()
                : value.addString("value", text).build();
    }

    /** {@code zpool set}. */
    public static void setPool(String pool, Map<String, String> properties) {
        Programs.mustExist("zpool set", pool);
        properties.forEach((name, value) -> Programs.output(pool, "zpool", "set", name + "=" + value, pool));
    }
}
