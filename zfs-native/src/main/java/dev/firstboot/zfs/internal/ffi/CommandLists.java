package dev.firstboot.zfs.internal.ffi;

import dev.firstboot.zfs.nvlist.NvList;
import dev.firstboot.zfs.nvlist.NvListBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lists from the {@code zfs} and {@code zpool} commands. Far slower than the ioctls, but right for any release: used where {@link SelfCheck} finds another
 * structure than this library knows.
 */
public final class CommandLists {
    private static final String INHERITED = "inherited from ";

    private CommandLists() {}

    /** Returns the imported pools: an empty list for each name. */
    public static NvList pools() {
        NvListBuilder pools = NvList.builder();
        Programs.output("", "zpool", "list", "-H", "-o", "name")
                .lines()
                .forEach(name -> pools.addNvList(name, NvList.empty()));
        return pools.build();
    }

    /** Returns a filesystem, volume or snapshot with its properties; empty if it does not exist. */
    public static Optional<Stats> find(String name) {
        if (!DatasetCalls.exists(name)) {
            return Optional.empty();
        }
        return get(name, List.of(name)).stream().findFirst();
    }

    /** Returns the filesystems and volumes directly below one. */
    public static List<Stats> children(String parent) {
        return get(parent, List.of("-d", "1", "-t", "filesystem,volume", parent)).stream()
                .filter(stats -> !stats.name().equals(parent))
                .toList();
    }

    /** Returns the snapshots of one filesystem or volume. */
    public static List<Stats> snapshots(String dataset) {
        return get(dataset, List.of("-d", "1", "-t", "snapshot", dataset));
    }

    private static List<Stats> get(String subject, List<String> what) {
        Programs.mustExist("zfs get", subject);
        Map<String, NvListBuilder> found = new LinkedHashMap<>();
        for (Row row : rows(subject, what)) {
            boolean none = row.value.equals("-") && row.source.equals("-");
            if (!none) {
                found.computeIfAbsent(row.name, name -> NvList.builder())
                        .addNvList(row.property, told(row.name, row.value, row.source));
            }
        }
        List<Stats> all = new ArrayList<>();
        found.forEach((name, properties) -> all.add(stats(name, properties.build())));
        return all;
    }

    private record Row(String name, String property, String value, String source) {}

    private static List<Row> rows(String subject, List<String> what) {
        List<String[]> known = Programs.rows(3, subject, command("name,property,source", List.of(), what));
        String text = Programs.output(subject, command("name,property,value,source", List.of(), what));
        Optional<List<String>> values = CommandTable.values(
                text,
                known.stream().map(row -> row[0] + "\t" + row[1] + "\t").toList(),
                known.stream().map(row -> "\t" + row[2]).toList());
        Map<String, String> unset = values.isPresent() ? Map.of() : unset(subject, what);
        List<Row> rows = new ArrayList<>();
        for (String[] row : known) {
            String value = values.isPresent() ? values.get().get(rows.size()) : unset.get(row[0] + "\t" + row[1]);
            rows.add(
                    new Row(row[0], row[1], value == null ? CommandTable.one("value", row[1], row[0]) : value, row[2]));
        }
        return rows;
    }

    /** Returns the values that nobody set, by name and property. Such values contain no tab or line break. */
    private static Map<String, String> unset(String subject, List<String> what) {
        Map<String, String> unset = new HashMap<>();
        String[] command = command("name,property,value,source", List.of("-s", "default,none"), what);
        for (String[] row : Programs.rows(4, subject, command)) {
            unset.put(row[0] + "\t" + row[1], row[2]);
        }
        return unset;
    }

    private static String[] command(String columns, List<String> options, List<String> what) {
        List<String> command = new ArrayList<>(List.of("zfs", "get", "-Hp", "-o", columns));
        command.addAll(options);
        command.addAll(what.subList(0, what.size() - 1));
        command.addAll(List.of("all", what.get(what.size() - 1)));
        return command.toArray(new String[0]);
    }

    private static Stats stats(String name, NvList properties) {
        return new Stats(
                name,
                properties.has("volsize"),
                name.indexOf('@') >= 0,
                false,
                number(properties, "guid"),
                number(properties, "createtxg"),
                properties);
    }

    private static long number(NvList properties, String name) {
        return Long.parseUnsignedLong(properties.nvlist(name).string("value"));
    }

    /** Returns a property as the kernel reports it, but with its value as text. */
    static NvList told(String dataset, String value, String source) {
        NvListBuilder told = NvList.builder().addString("value", value).addFlag("literal");
        switch (source) {
            case "-" -> {}
            case "default" -> told.addString("source", "");
            case "local" -> told.addString("source", dataset);
            case "received" -> told.addString("source", "$recvd");
            default ->
                told.addString("source", source.startsWith(INHERITED) ? source.substring(INHERITED.length()) : source);
        }
        return told.build();
    }
}
