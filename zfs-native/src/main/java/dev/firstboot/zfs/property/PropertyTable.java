package dev.firstboot.zfs.property;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The native properties of {@code zfs_prop.c}, read from {@code properties.txt}. The kernel takes and returns typed values; this table has the names of values
 * that libzfs has.
 */
final class PropertyTable {
    private static final String FILE = "properties.txt";

    private static final PropertyTable OLD = new PropertyTable(2, 1);
    private static final PropertyTable MIDDLE = new PropertyTable(2, 2);
    private static final PropertyTable NEW = new PropertyTable(2, 3);
    private static final PropertyTable NEWEST = new PropertyTable(2, 4);

    private final Map<String, PropertyKind> kinds = new TreeMap<>();
    private final int major;
    private final int minor;

    private PropertyTable(int major, int minor) {
        this.major = major;
        this.minor = minor;
        text().lines()
                .filter(line -> !line.startsWith("#"))
                .map(this::kind)
                .forEach(kind -> kinds.put(kind.name(), kind));
    }

    /**
     * Returns the table of a version of ZFS, for example {@code 2.3.9-1}: each minor version since 2.2 changed some defaults. An unknown version gets the
     * newest table.
     */
    static PropertyTable of(String version) {
        if (version.startsWith("2.1.") || version.startsWith("2.0.")) {
            return OLD;
        }
        if (version.startsWith("2.2.")) {
            return MIDDLE;
        }
        return version.startsWith("2.3.") ? NEW : NEWEST;
    }

    Optional<PropertyKind> find(String name) {
        return Optional.ofNullable(kinds.get(name));
    }

    Iterable<PropertyKind> all() {
        return kinds.values();
    }

    private static String text() {
        try (InputStream in = PropertyTable.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing from this module");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PropertyKind kind(String line) {
        String[] words = line.split(" +", -1);
        LinkedHashMap<String, Long> values = new LinkedHashMap<>();
        for (int i = 5; i < words.length; i++) {
            int equals = words[i].lastIndexOf('=');
            values.put(words[i].substring(0, equals), Long.valueOf(words[i].substring(equals + 1)));
        }
        if (words[0].equals("xattr")) {
            secondName(values);
        }
        PropertyKind.Settable settable = switch (words[3]) {
            case "i" -> PropertyKind.Settable.INHERITED;
            case "d" -> PropertyKind.Settable.OWN;
            case "o" -> PropertyKind.Settable.ONCE;
            default -> PropertyKind.Settable.NEVER;
        };
        return new PropertyKind(
                words[0],
                PropertyKind.Type.valueOf(words[1].toUpperCase(Locale.ROOT)),
                defaultText(words[2]),
                settable,
                ofVersion(words[4]),
                values);
    }

    /** Sets what {@code xattr=on} means: {@code dir} before 2.3, {@code sa} since. That number prints as {@code on} in 2.3 and as {@code sa} since 2.4. */
    private void secondName(Map<String, Long> values) {
        if (isBefore("2.3")) {
            values.put("on", values.get("dir"));
        } else if (!isBefore("2.4")) {
            values.remove("on");
            values.put("on", values.get("sa"));
        }
    }

    private String defaultText(String word) {
        String text = ofVersion(word);
        if (text.equals("max")) {
            return PropertyKind.NO_LIMIT;
        }
        return text.equals("-") ? "" : text;
    }

    /** Returns which side of {@code OLD<VERSION:NEW} applies to this version; any other word unchanged. */
    private String ofVersion(String word) {
        int less = word.indexOf('<');
        if (less < 0) {
            return word;
        }
        int colon = word.indexOf(':');
        return isBefore(word.substring(less + 1, colon)) ? word.substring(0, less) : word.substring(colon + 1);
    }

    private boolean isBefore(String version) {
        int dot = version.indexOf('.');
        int thenMajor = Integer.parseInt(version.substring(0, dot));
        int thenMinor = Integer.parseInt(version.substring(dot + 1));
        return major < thenMajor || (major == thenMajor && minor < thenMinor);
    }
}
