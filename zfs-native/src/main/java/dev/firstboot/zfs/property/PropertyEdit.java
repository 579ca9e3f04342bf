package dev.firstboot.zfs.property;

import dev.firstboot.zfs.internal.PropertyNames;
import dev.firstboot.zfs.nvlist.NvList;
import dev.firstboot.zfs.nvlist.NvListBuilder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Properties to be set. Values are written as for {@code zfs set}; sizes in bytes or with a suffix of {@code K}, {@code M}, {@code G}, {@code T}, {@code P},
 * {@code E}. Not thread-safe.
 */
public final class PropertyEdit {
    private static final int LONGEST_VALUE = 8191;

    private final PropertyTable table;
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Map<String, String> texts = new LinkedHashMap<>();

    /** @param version the version of the loaded module, as {@code /sys/module/zfs/version} tells it */
    public PropertyEdit(String version) {
        this.table = PropertyTable.of(version);
    }

    /**
     * Sets a property: a native one, or one of the user's own, whose name has a colon. A name that is neither goes to the kernel, which knows.
     *
     * @throws dev.firstboot.zfs.error.InvalidNameException if no property can have this name
     * @throws IllegalArgumentException if the property cannot be set, or the value is none of its values
     */
    public PropertyEdit set(String name, String value) {
        check(name, value);
        texts.put(name, value);
        values.put(name, table.find(name).map(kind -> typed(kind, value)).orElse(value));
        return this;
    }

    /**
     * Sets a property whose value is a number.
     *
     * @param value its 64 bits
     * @throws IllegalArgumentException if the property cannot be set, or is not a number
     */
    public PropertyEdit set(String name, long value) {
        table.find(name).filter(kind -> kind.type() != PropertyKind.Type.NUMBER).ifPresent(kind -> {
            throw new IllegalArgumentException(name + " is not a number");
        });
        return set(name, Long.toUnsignedString(value));
    }

    /** The list that the kernel takes. */
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

    /** The values as they were written, by name: as {@code zfs set} takes them. */
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
