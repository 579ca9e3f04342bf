package dev.firstboot.zfs.internal.ffi;

import dev.firstboot.zfs.nvlist.NvList;
import dev.firstboot.zfs.nvlist.NvListBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Properties by the {@code zfs} and {@code zpool} commands, for kernels whose ioctls this library does not know. Names are checked by the caller. */
public final class CommandProperties {
    private static final String NONE = "-";
    private static final String DIGITS = "\\d{1,20}";
    /** A ratio; the kernel stores hundredths. */
    private static final String RATIO = "\\d{1,16}\\.\\d\\d";

    /** The words of properties that cannot be set, also numbered from 0; those of {@code health} are {@code vdev_state_t}. */
    private static final Map<String, List<String>> TOLD_WORDS = Map.of(
            "readonly",
            PropertyCalls.SWITCH,
            "health",
            List.of("UNKNOWN", "CLOSED", "OFFLINE", "REMOVED", "UNAVAIL", "FAULTED", "DEGRADED", "ONLINE"));

    private CommandProperties() {}

    /** {@code zfs set}; with {@code -u}, if it has that, so that it leaves mounts alone like the kernel's call. */
    public static void set(String dataset, Map<String, String> properties) {
        Programs.mustExist("zfs set", dataset);
        List<String> command = new ArrayList<>(List.of("zfs", "set"));
        if (Library.has("lzc_scrub")) {
            command.add("-u"); // The option came with OpenZFS 2.2, like lzc_scrub.
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

    /** Returns the received values: the column {@code received} of {@code zfs get}. */
    public static NvList received(String dataset) {
        Programs.mustExist("zfs get", dataset);
        NvListBuilder received = NvList.builder();
        List<String> known = Programs.rows(1, dataset, "zfs", "get", "-Hp", "-o", "property", "all", dataset).stream()
                .map(row -> row[0])
                .filter(property -> !property.isEmpty())
                .toList();
        String text = Programs.output(dataset, "zfs", "get", "-Hp", "-o", "property,received", "all", dataset);
        Optional<List<String>> values = CommandTable.values(
                text,
                known.stream().map(property -> property + "\t").toList(),
                known.stream().map(property -> "").toList());
        for (int i = 0; i < known.size(); i++) {
            String property = known.get(i);
            String value = values.isPresent() ? values.get().get(i) : CommandTable.one("received", property, dataset);
            if (!value.equals(NONE)) {
                received.addNvList(property, CommandLists.told(dataset, value, "received"));
            }
        }
        return received.build();
    }

    /** Returns the properties of a pool as the kernel reports them: {@code zpool get}. */
    public static NvList pool(String pool) {
        Programs.mustExist("zpool get", pool);
        NvListBuilder properties = NvList.builder();
        for (String[] row : Programs.rows(2, pool, "zpool", "get", "-Hp", "-o", "property,value", "all", pool)) {
            if (!row[1].equals(NONE)) {
                properties.addNvList(row[0], value(row[0], row[1]));
            }
        }
        return properties.build();
    }

    private static NvList value(String property, String text) {
        NvListBuilder value = NvList.builder();
        List<String> settable = PropertyCalls.POOL_WORDS.getOrDefault(property, List.of());
        int word = TOLD_WORDS.getOrDefault(property, settable).indexOf(text);
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
