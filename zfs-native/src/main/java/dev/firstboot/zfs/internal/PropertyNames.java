package dev.firstboot.zfs.internal;

import dev.firstboot.zfs.error.InvalidNameException;
import java.util.regex.Pattern;

/** Checks the names of properties. Whether a property exists, only the kernel knows. */
public final class PropertyNames {
    /** {@code ZAP_MAXNAMELEN} less the final zero. */
    private static final int LONGEST = 255;

    /** {@code valid_char} of {@code zfs_prop.c}; a colon is among them. */
    private static final Pattern OF_USERS = Pattern.compile("[a-z0-9:+._-]+");

    /** With the part after the {@code @}, as in {@code userquota@alice} or {@code feature@async_destroy}. */
    private static final Pattern NATIVE = Pattern.compile("[a-z0-9_]+(@[^\\x00/]+)?");

    private PropertyNames() {}

    /**
     * Returns {@code name} if it is valid.
     *
     * @throws InvalidNameException if no property can have this name
     */
    public static String check(String name) {
        if (name.isEmpty() || name.length() > LONGEST) {
            throw new InvalidNameException(name, "a property's name has 1 to " + LONGEST + " characters");
        }
        if (NATIVE.matcher(name).matches()) {
            return name;
        }
        if (name.indexOf(':') < 0) {
            throw new InvalidNameException(
                    name,
                    "a property's name has lower-case letters, digits and _; one of your own has a colon as well");
        }
        if (!OF_USERS.matcher(name).matches()) {
            throw new InvalidNameException(
                    name, "a user property has lower-case letters, digits and : + . _ - in its name");
        }
        return name;
    }
}
