package dev.firstboot.zfs.internal.ffi;

import dev.firstboot.zfs.nvlist.NvList;
import dev.firstboot.zfs.nvlist.NvListBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lists by the {@code zfs} command: slower than the ioctls by far, but right for any release, so that lists and properties are there where {@link SelfCheck} finds
 * another structure than ours.
 */
public final class CommandLists {
    private CommandLists() {}

    /** The imported pools: empty lists by name. */
    public static NvList pools() {
        NvListBuilder pools = NvList.builder();
        Programs.output("", "zpool", "list", "-H", "-o", "name")
                .lines()
                .forEach(name -> pools.addNvList(name, NvList.empty()));
        return pools.build();
    }

    /** What there is to tell of a filesystem, volume or snapshot; empty if it is not there. */
    public static Optional<Stats> find(String name) {
        if (!DatasetCalls.exists(name)) {
            return Optional.empty();
        }
        return get(name, List.of(name)).stream().findFirst();
    }

    /** The filesystems and volumes directly below one. */
    public static List<Stats> children(String parent) {
        return get(parent, List.of("-d", "1", "-t", "filesystem,volume", parent)).stream()
                .filter(stats -> !stats.name().equals(parent))
                .toList();
    }

    /** The snapshots of one filesystem or volume. */
    public static List<Stats> snapshots(String dataset) {
        return get(dataset, List.of("-d", "1", "-t", "snapshot", dataset));
    }

    private static List<Stats> get(String subject, List<String> what) {
        Programs.mustExist("zfs get", subject);
        List<String> command = new ArrayList<>(List.of("zfs", "get", "-Hp", "-o", "name,property,value,source"));
        command.addAll(what.subList(0, what.size() - 1));
        command.addAll(List.of("all", what.get(what.size() - 1)));
        Map<String, NvListBuilder> found = new LinkedHashMap<>();
        for (String[] row : Programs.rows(4, subject, command.toArray(new String[0]))) {
            boolean none = row[2].equals("-") && row[3].equals("-");
            if (!none) {
                found.computeIfAbsent(row[0], name -> NvList.builder()).addNvList(row[1], told(row[0], row[2], row[3]));
            }
        }
        List<Stats> all = new ArrayList<>();
        found.forEach((name, properties) -> all.add(stats(name, properties.build())));
        return all;
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

    /** As the kernel tells a property, but for its value, which is text already. */
    static NvList told(String dataset, String value, String source) {
        NvListBuilder told = NvList.builder().addString("value", value).addFlag("literal");
        switch (source) {
            case "-" -> {}
            case "default" -> told.addString("source", "");
            case "local" -> told.addString("source", dataset);
            case "received" -> told.addString("source", "$recvd");
            default -> told.addString("source", source.substring(source.lastIndexOf(' ') + 1));
        }
        return told.build();
    }
}
