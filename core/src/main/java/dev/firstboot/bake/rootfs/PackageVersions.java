package dev.firstboot.bake.rootfs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Packages with one version each, sorted by name. As text: one {@code name=version} per line. An immutable value.
 *
 * @param byName the version of each package
 */
public record PackageVersions(SortedMap<String, String> byName) {
    public PackageVersions {
        byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
    }

    public static PackageVersions of(Map<String, String> byName) {
        return new PackageVersions(new TreeMap<>(byName));
    }

    /**
     * Reads lines of {@code name=version}; empty lines are skipped.
     *
     * @throws IllegalArgumentException naming an invalid line
     */
    public static PackageVersions parse(List<String> lines) {
        SortedMap<String, String> versions = new TreeMap<>();
        for (String line : lines) {
            if (line.isBlank()) {
                continue;
            }
            int equals = line.indexOf('=');
            if (equals < 1 || equals == line.length() - 1) {
                throw new IllegalArgumentException("'" + line + "' is not name=version");
            }
            versions.put(line.substring(0, equals), line.substring(equals + 1));
        }
        return new PackageVersions(versions);
    }

    public static PackageVersions read(Path file) throws IOException {
        return parse(Files.readAllLines(file));
    }

    public void write(Path file) throws IOException {
        Files.writeString(file, toText());
    }

    /** Returns the lines that {@link #parse(List)} reads. */
    public String toText() {
        return specs().stream().map(spec -> spec + "\n").collect(Collectors.joining());
    }

    /** Returns each package as apt accepts it: {@code name=version}. */
    public List<String> specs() {
        return byName.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }

    public int size() {
        return byName.size();
    }

    public Optional<String> version(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Returns these and {@code more}. */
    public PackageVersions with(PackageVersions more) {
        SortedMap<String, String> all = new TreeMap<>(byName);
        all.putAll(more.byName);
        return new PackageVersions(all);
    }

    /** Returns what differs in {@code others}, one sentence each: another version there, or none. */
    public List<String> notIn(PackageVersions others) {
        return byName.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(others.byName.get(entry.getKey())))
                .map(entry -> others.version(entry.getKey())
                        .map(other -> entry.getKey() + " is " + entry.getValue() + ", not " + other)
                        .orElse(entry.getKey() + " " + entry.getValue() + " was not there"))
                .toList();
    }

    /** Returns these without those that {@code others} names. */
    public PackageVersions without(PackageVersions others) {
        SortedMap<String, String> rest = new TreeMap<>(byName);
        rest.keySet().removeAll(others.byName.keySet());
        return new PackageVersions(rest);
    }

    /** Returns the apt_preferences(5) with which apt takes these versions and no others. */
    public String toPreferences() {
        return byName.entrySet().stream()
                .map(entry -> "Package: " + entry.getKey() + "\nPin: version " + entry.getValue()
                        + "\nPin-Priority: 1001\n\n")
                .collect(Collectors.joining());
    }

    @Override
    public String toString() {
        return size() + " packages";
    }
}
