package dev.firstboot.image;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A ZFS filesystem of an image. In a container, or on any other filesystem, it is a plain directory. Datasets may lie in each other, also one that rolls back in
 * one that stays.
 *
 * @param name one component of a dataset name, such as {@code postgresql}
 * @param mountpoint where it is mounted
 * @param placement whether it rolls back with the system
 * @param properties native ZFS properties and their values as {@code zfs set} takes them, sorted by name
 */
public record DatasetSpec(String name, UnixPath mountpoint, Placement placement, Map<String, String> properties) {
    private static final Pattern COMPONENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:-]{0,99}");
    /** A user's property (zfsprops(7)) that the machine turns into a quota. */
    public static final String SHARE = "firstboot:share";

    private static final Pattern PROPERTY = Pattern.compile("[a-z][a-z0-9:_.-]*");

    public DatasetSpec {
        if (!COMPONENT.matcher(Objects.requireNonNull(name, "name")).matches()) {
            throw new IllegalArgumentException("dataset name '" + Names.printable(name)
                    + "' is not valid: use one component of letters, digits, '_', '.', ':' and '-'");
        }
        Objects.requireNonNull(mountpoint, "mountpoint");
        Objects.requireNonNull(placement, "placement");
        properties = Collections.unmodifiableMap(new TreeMap<>(Objects.requireNonNull(properties, "properties")));
        properties.forEach((key, value) -> {
            if (!PROPERTY.matcher(key).matches() || key.equals("mountpoint") || key.equals("canmount")) {
                throw new IllegalArgumentException(
                        "property '" + Names.printable(key) + "' cannot be set on dataset " + name);
            }
            Names.line("value of property " + key, value);
        });
    }

    /** Where a dataset belongs. */
    public enum Placement {
        /** Below the boot environment: snapshotted, rolled back and cloned with the system. */
        STACK,
        /** Apart: survives a roll-back of the system. */
        KEEP
    }

    /** A dataset that is part of the stack. */
    public static DatasetSpec stack(String name, String mountpoint) {
        return new DatasetSpec(name, UnixPath.of(mountpoint), Placement.STACK, Map.of());
    }

    /** A dataset that survives a roll-back. */
    public static DatasetSpec keep(String name, String mountpoint) {
        return new DatasetSpec(name, UnixPath.of(mountpoint), Placement.KEEP, Map.of());
    }

    /** The same with this property set. */
    public DatasetSpec property(String key, String value) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
        Map<String, String> more = new TreeMap<>(properties);
        more.put(key, value);
        return new DatasetSpec(name, mountpoint, placement, more);
    }

    /**
     * The same, but it never takes more than this share of the pool, whatever its files and snapshots take: so it cannot stop what else is on the disk. The machine sets
     * the quota at each boot, as it knows its disk; in a container, which has no datasets, nothing limits it.
     *
     * @param percent of the pool's size, 1 to 99
     */
    public DatasetSpec share(int percent) {
        if (percent < 1 || percent > 99) {
            throw new IllegalArgumentException(
                    "share " + percent + " of dataset " + name + " is not valid: it must be 1 to 99 percent");
        }
        return property(SHARE, Integer.toString(percent));
    }

    /** The same with this record size: a power of two from 512 B to 1 MiB (zfsprops(7)). */
    public DatasetSpec recordSize(ByteSize size) {
        Objects.requireNonNull(size, "size");
        if (Long.bitCount(size.bytes()) != 1 || size.bytes() < 512 || size.bytes() > 1 << 20) {
            throw new IllegalArgumentException("record size " + size + " of dataset " + name
                    + " is not valid: it must be a power of two from 512 B to 1 MiB");
        }
        return property("recordsize", Long.toString(size.bytes()));
    }
}
