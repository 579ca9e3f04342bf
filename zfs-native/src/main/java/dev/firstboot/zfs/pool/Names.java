package dev.firstboot.zfs.pool;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What pools, datasets and snapshots may be called: {@code module/zcommon/zfs_namecheck.c}. */
final class Names {
    /** {@code ZFS_MAX_DATASET_NAME_LEN} less the final zero. */
    private static final int MAX_LENGTH = 255;

    private static final Pattern POOL = Pattern.compile("[A-Za-z][A-Za-z0-9_.: -]*");
    private static final Pattern COMPONENT = Pattern.compile("[A-Za-z0-9_.: -]+");
    private static final List<String> RESERVED = List.of("mirror", "raidz", "draid", "spare", "log");

    private Names() {}

    /** What is wrong with a pool's name. */
    static Optional<String> problemWithPool(String name) {
        if (!POOL.matcher(name).matches()) {
            return Optional.of(
                    "'" + name + "' cannot name a pool: it starts with a letter and goes on with letters, digits"
                            + " and _ - : .");
        }
        return RESERVED.stream()
                .filter(name::startsWith)
                .map(word -> "'" + name + "' cannot name a pool: names with '" + word + "' in front are ZFS's own")
                .findFirst();
    }

    /** What is wrong with the name of a dataset below a pool. */
    static Optional<String> problemWithDataset(String pool, String name) {
        for (String component : name.split("/", -1)) {
            if (!isComponent(component)) {
                return Optional.of("'" + name + "' cannot name a dataset: '" + component
                        + "' is not made of letters, digits and _ - : .");
            }
        }
        return tooLong(pool + "/" + name);
    }

    /** What is wrong with a snapshot's name. */
    static Optional<String> problemWithSnapshot(String dataset, String name) {
        if (!isComponent(name)) {
            return Optional.of("'" + name + "' cannot name a snapshot: it is not made of letters, digits and _ - : .");
        }
        return tooLong(dataset + "@" + name);
    }

    private static boolean isComponent(String name) {
        return COMPONENT.matcher(name).matches() && !name.equals(".") && !name.equals("..");
    }

    private static Optional<String> tooLong(String whole) {
        return whole.length() <= MAX_LENGTH
                ? Optional.empty()
                : Optional.of("'" + whole + "' has " + whole.length() + " characters; ZFS allows " + MAX_LENGTH);
    }
}
