package dev.firstboot.zfs.pool;

import dev.firstboot.zfs.error.InvalidNameException;
import java.util.Optional;
import java.util.regex.Pattern;

/** What pools, datasets and snapshots may be called: {@code module/zcommon/zfs_namecheck.c}. */
final class Names {
    /** {@code ZFS_MAX_DATASET_NAME_LEN} less the final zero. */
    private static final int MAX_LENGTH = 255;

    private static final Pattern POOL = Pattern.compile("[A-Za-z][A-Za-z0-9_.: -]*");
    private static final Pattern COMPONENT = Pattern.compile("[A-Za-z0-9_.: -]+");
    private static final Pattern RESERVED = Pattern.compile("mirror.*|raidz.*|draid.*|spare.*|log");

    private Names() {}

    /** Checks a pool's name. */
    static String pool(String name) {
        if (!POOL.matcher(name).matches()) {
            throw new InvalidNameException(
                    name, "a pool's name starts with a letter and goes on with letters, digits, blanks and _ - : .");
        }
        if (RESERVED.matcher(name).matches()) {
            throw new InvalidNameException(
                    name, "log, and all that starts with mirror, raidz, draid or spare, are ZFS's own words");
        }
        return length(name);
    }

    /** Checks the name of a dataset below a pool. */
    static String dataset(String name) {
        for (String component : name.split("/", -1)) {
            if (!isComponent(component)) {
                throw new InvalidNameException(
                        name,
                        "'" + component
                                + "' cannot be a part of a dataset's name: use letters, digits, blanks and _ - : .");
            }
        }
        return length(name);
    }

    /** Checks the part of a snapshot's name behind the {@code @}. */
    static String snapshot(String name) {
        if (!isComponent(name)) {
            throw new InvalidNameException(name, "a snapshot's name is made of letters, digits, blanks and _ - : .");
        }
        return length(name);
    }

    /** What is wrong with names that are good by themselves, once they are put together. */
    static Optional<String> problemWithLength(String whole) {
        return whole.length() <= MAX_LENGTH
                ? Optional.empty()
                : Optional.of("'" + whole + "' has " + whole.length() + " characters; ZFS allows " + MAX_LENGTH);
    }

    private static boolean isComponent(String name) {
        return COMPONENT.matcher(name).matches() && !name.equals(".") && !name.equals("..");
    }

    private static String length(String name) {
        if (name.length() > MAX_LENGTH) {
            throw new InvalidNameException(
                    name, "it has " + name.length() + " characters, and at most " + MAX_LENGTH + " are allowed");
        }
        return name;
    }
}
