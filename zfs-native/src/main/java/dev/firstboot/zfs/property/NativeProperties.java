package dev.firstboot.zfs.property;

import java.util.Optional;

/** Checks properties of filesystems as ZFS would, without ZFS. Thread-safe. */
public final class NativeProperties {
    private static final String USER_NAME = "[a-z0-9:+._-]{1,255}";
    private static final int SMALLEST_RECORD = 512;
    private static final int LARGEST_RECORD = 16 << 20;
    /** The most letters in which a misspelled name differs from the property that is suggested. */
    private static final int TYPING_ERROR = 2;

    private NativeProperties() {}

    /**
     * Returns what is wrong with a property of a filesystem, as a sentence that starts with its name; empty if ZFS accepts it.
     *
     * @param version the version of ZFS, for example {@code 2.3.9}
     * @param name a native property, or a user property, whose name has a colon
     * @param value the value, as {@code zfs set} takes it
     */
    public static Optional<String> problem(String version, String name, String value) {
        if (name.indexOf(':') >= 0) {
            return name.matches(USER_NAME)
                    ? Optional.empty()
                    : Optional.of(name
                            + " cannot name a property of one's own: use lower-case letters, digits and : + . _ -");
        }
        PropertyTable table = PropertyTable.of(version);
        Optional<PropertyKind> kind =
                table.find(name).filter(known -> known.of().indexOf('F') >= 0);
        if (kind.isEmpty()) {
            return Optional.of(name + " is no property of a filesystem in ZFS " + version
                    + nearest(table, name)
                            .map(near -> "; " + near + " is one")
                            .orElse("; a property of one's own has a colon in its name"));
        }
        try {
            new PropertyEdit(version).set(name, value);
            return name.equals("recordsize") ? recordSize(Sizes.parse(kind.get(), value)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<String> recordSize(long bytes) {
        return Long.bitCount(bytes) == 1 && bytes >= SMALLEST_RECORD && bytes <= LARGEST_RECORD
                ? Optional.empty()
                : Optional.of("recordsize must be a power of two from 512 to 16M");
    }

    private static Optional<String> nearest(PropertyTable table, String name) {
        String best = "";
        int least = TYPING_ERROR + 1;
        for (PropertyKind kind : table.all()) {
            int distance = distance(name, kind.name());
            if (distance < least && kind.settable() != PropertyKind.Settable.NEVER) {
                least = distance;
                best = kind.name();
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    /** Returns the Levenshtein distance: how many letters to insert, delete or replace to turn one word into the other. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
