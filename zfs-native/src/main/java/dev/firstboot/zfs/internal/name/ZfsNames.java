package dev.firstboot.zfs.internal.name;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.firstboot.zfs.error.InvalidNameException;
import java.util.regex.Pattern;

/** Checks names as {@code zfs_namecheck.c} does, so that an invalid name gets a clear error and never reaches the kernel. */
public final class ZfsNames {
    /** {@code ZFS_MAX_DATASET_NAME_LEN} without its NUL, in bytes; also of a hold's tag. */
    static final int LONGEST = 255;

    /** {@code pool_namecheck}: room is left for {@code $ORIGIN@$ORIGIN} below the pool. */
    static final int LONGEST_POOL = 239;

    /** Without the {@code %} of names that the kernel creates for itself: it accepts that from nobody else. */
    private static final Pattern COMPONENT = Pattern.compile("[A-Za-z0-9_.: -]+");

    private static final Pattern RESERVED = Pattern.compile("mirror.*|raidz.*|draid.*|spare.*|log");

    private ZfsNames() {}

    public static String dataset(String name) {
        length(name);
        path(name, name);
        return name;
    }

    public static String pool(String name) {
        length(name, LONGEST_POOL);
        if (name.indexOf('/') >= 0) {
            throw new InvalidNameException(name, "a pool's name has no '/'");
        }
        path(name, name);
        if (!Character.isLetter(name.charAt(0))) {
            throw new InvalidNameException(name, "a pool's name begins with a letter");
        }
        if (RESERVED.matcher(name).matches()) {
            throw new InvalidNameException(name, "it is reserved for devices");
        }
        return name;
    }

    public static String snapshot(String name) {
        return split(name, '@', "a snapshot's name is DATASET@SNAPSHOT");
    }

    public static String bookmark(String name) {
        return split(name, '#', "a bookmark's name is DATASET#BOOKMARK");
    }

    /** Checks the name of a snapshot or bookmark, from which streams and bookmarks can start. */
    public static String snapshotOrBookmark(String name) {
        return name.indexOf('#') >= 0 ? bookmark(name) : snapshot(name);
    }

    /** Checks the name of a filesystem, volume or snapshot. */
    public static String datasetOrSnapshot(String name) {
        return name.indexOf('@') >= 0 ? snapshot(name) : dataset(name);
    }

    /** Checks one part of a name: between slashes, or after the {@code @} or {@code #}. */
    public static String component(String name, String whole) {
        if (name.isEmpty()) {
            throw new InvalidNameException(whole, "a part of it is empty");
        }
        if (name.equals(".") || name.equals("..")) {
            throw new InvalidNameException(whole, "'" + name + "' cannot be a part of it");
        }
        if (!COMPONENT.matcher(name).matches()) {
            int wrong = name.codePoints()
                    .filter(c -> !COMPONENT.matcher(Character.toString(c)).matches())
                    .findFirst()
                    .orElse('?');
            throw new InvalidNameException(
                    whole,
                    "it has the character '" + Character.toString(wrong)
                            + "'; letters, digits, blanks and _ - . : are allowed");
        }
        return name;
    }

    /** Checks the part after the {@code @} of a snapshot or the {@code #} of a bookmark, given alone. */
    public static String shortName(String name) {
        length(name);
        return component(name, name);
    }

    public static String tag(String tag) {
        if (tag.isEmpty() || tag.indexOf('\0') >= 0) {
            throw new InvalidNameException(tag, "a hold's tag is not empty");
        }
        length(tag);
        return tag;
    }

    /** Returns the part before the first {@code @}, {@code #} or {@code /}; the whole name if it has none. */
    public static String before(String name, char separator) {
        int at = name.indexOf(separator);
        return at < 0 ? name : name.substring(0, at);
    }

    public static String poolOf(String name) {
        return before(before(before(name, '/'), '@'), '#');
    }

    private static String split(String name, char separator, String form) {
        length(name);
        int at = name.indexOf(separator);
        if (at < 0) {
            throw new InvalidNameException(name, form);
        }
        path(name.substring(0, at), name);
        component(name.substring(at + 1), name);
        return name;
    }

    private static void length(String name) {
        length(name, LONGEST);
    }

    private static void length(String name, int most) {
        int bytes = name.getBytes(UTF_8).length;
        if (bytes > most) {
            throw new InvalidNameException(name, "it has " + bytes + " bytes, and at most " + most + " are allowed");
        }
    }

    private static void path(String path, String whole) {
        for (String part : path.split("/", -1)) {
            component(part, whole);
        }
    }
}
