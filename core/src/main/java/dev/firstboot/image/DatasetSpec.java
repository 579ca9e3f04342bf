package dev.firstboot.image;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A ZFS filesystem of an image. In a container, or on any other filesystem, it is a plain directory. Datasets may be nested, even one that rolls back
 * inside one that is kept.
 *
 * @param name one component of a dataset name, such as {@code postgresql}
 * @param mountpoint where it is mounted
 * @param placement whether it rolls back with the system
 * @param properties native ZFS properties and their values as {@code zfs set} takes them, sorted by name
 */
@CheckReturnValue
@SuppressWarnings("exports") // the annotation is for the compiler alone
public record DatasetSpec(String name, UnixPath mountpoint, Placement placement, Map<String, String> properties) {
    private static final Pattern COMPONENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:-]{0,99}");
    /** The user property (zfsprops(7)) that the machine turns into a quota. */
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
        /** Outside the boot environment: survives a rollback of the system. */
        KEEP
    }

    /** Returns a dataset that belongs to the boot environment. */
    public static DatasetSpec stack(String name, String mountpoint) {
        return new DatasetSpec(name, UnixPath.of(mountpoint), Placement.STACK, Map.of());
    }

    /** Returns a dataset that survives a rollback. */
    public static DatasetSpec keep(String name, String mountpoint) {
        return new DatasetSpec(name, UnixPath.of(mountpoint), Placement.KEEP, Map.of());
    }

    /** Returns a copy with this property set. */
    public DatasetSpec property(String key, String value) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
        Map<String, String> more = new TreeMap<>(properties);
        more.put(key, value);
        return new DatasetSpec(name, mountpoint, placement, more);
    }

    /**
     * Returns a copy limited to this share of the pool, snapshots included, so that it cannot fill the disk for everything else. The machine sets the
     * quota at each boot, when it knows the size of its disk. A container has no datasets, so nothing limits it there.
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

    /** Returns a copy with this record size: a power of two from 512 B to 1 MiB (zfsprops(7)). */
    public DatasetSpec recordSize(ByteSize size) {
        Objects.requireNonNull(size, "size");
        if (Long.bitCount(size.bytes()) != 1 || size.bytes() < 512 || size.bytes() > 1 << 20) {
            throw new IllegalArgumentException("record size " + size + " of dataset " + name
                    + " is not valid: it must be a power of two from 512 B to 1 MiB");
        }
        return property("recordsize", Long.toString(size.bytes()));
    }
}
