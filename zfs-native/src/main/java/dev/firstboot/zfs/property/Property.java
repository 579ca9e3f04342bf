package dev.firstboot.zfs.property;

/**
 * A property with its value and its source. Immutable.
 *
 * @param name the property's name
 * @param value the value as {@code zfs get -p} prints it: sizes in bytes, times in seconds since 1970
 * @param source where it comes from
 */
public record Property(String name, String value, PropertySource source) {
    @Override
    public String toString() {
        return name + "=" + value + " (" + source + ")";
    }
}
