package dev.firstboot.zfs.property;

/**
 * The value of a property and where it comes from.
 *
 * @param name the property's name
 * @param value its value as {@code zfs get -p} prints it: sizes in bytes, times in seconds since 1970
 * @param source where it comes from
 */
public record Property(String name, String value, PropertySource source) {
    @Override
    public String toString() {
        return name + "=" + value + " (" + source + ")";
    }
}
