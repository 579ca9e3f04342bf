package dev.firstboot.zfs.property;

import dev.firstboot.zfs.internal.PropertyNames;
import dev.firstboot.zfs.nvlist.NvList;
import dev.firstboot.zfs.nvlist.NvListBuilder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Collects properties to set. Takes values as {@code zfs set} does; a size is a number of bytes or has one of the suffixes {@code K}, {@code M}, {@code G},
 * {@code T}, {@code P}, {@code E}. Not thread-safe.
 */
public final class PropertyEdit {
    private static final int LONGEST_VALUE = 8191;

    private final PropertyTable table;
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Map<String, String> texts = new LinkedHashMap<>();

    /** Starts without properties. {@code version} is that of the loaded module, as in {@code /sys/module/zfs/version}. */
    public PropertyEdit(String version) {
        this.table = PropertyTable.of(version);
    }

    /**
     * Sets a native property, or a user property, whose name has a colon. Any other name is checked by the kernel only. A second value for the same property
     * replaces the first.
     *
     * @throws dev.firstboot.zfs.error.InvalidNameException if no property can have this name
     * @throws IllegalArgumentException if the property cannot be set, or cannot have this value
     */
    public PropertyEdit set(String name, String value) {
        check(name, value);
        texts.put(name, value);
        values.put(name, table.find(name).map(kind -> typed(kind, value)).orElse(value));
        return this;
    }

    /**
     * Sets a numeric property.
     *
     * @param value an unsigned number
     * @throws IllegalArgumentException if the property cannot be set or is not numeric
     */
    public PropertyEdit set(String name, long value) {
        table.find(name).filter(kind -> kind.type() != PropertyKind.Type.NUMBER).ifPresent(kind -> {
            throw new IllegalArgumentException(name + " is not a number");
        });
        return set(name, Long.toUnsignedString(value));
    }

    /** Returns the list that the kernel takes: {@code ZFS_IOC_SET_PROP}, {@code lzc_create}. */
    public NvList toNvList() {
        NvListBuilder list = NvList.builder();
        values.forEach((name, value) -> {
            if (value instanceof Long number) {
                list.addUint64(name, number);
            } else {
                list.addString(name, (String) value);
            }
        });
        return list.build();
    }

    /** Returns the values by name, as {@code zfs set} takes them. */
    public Map<String, String> texts() {
        return Collections.unmodifiableMap(texts);
    }

    private static void check(String name, String value) {
        PropertyNames.check(name);
        if (value.length() > LONGEST_VALUE) {
            throw new IllegalArgumentException(name + ": a value has at most " + LONGEST_VALUE + " characters");
        }
    }

    private static Object typed(PropertyKind kind, String value) {
        if (kind.settable() == PropertyKind.Settable.NEVER) {
            throw new IllegalArgumentException(kind.name() + " is read only");
        }
        return switch (kind.type()) {
            case STRING -> value;
            case INDEX ->
                kind.number(value)
                        .orElseThrow(() -> new IllegalArgumentException(kind.name() + " cannot be '" + value
                                + "': one of " + String.join(", ", kind.values().keySet())));
            case NUMBER -> Sizes.parse(kind, value);
        };
    }
}
