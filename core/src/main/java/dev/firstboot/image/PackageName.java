package dev.firstboot.image;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The name of a Debian package (Debian Policy 5.6.1), without version or architecture.
 *
 * @param value the package name
 */
public record PackageName(String value) implements Comparable<PackageName> {
    private static final Pattern POLICY = Pattern.compile("[a-z0-9][a-z0-9+.-]+");

    public PackageName {
        if (!POLICY.matcher(Objects.requireNonNull(value, "value")).matches()) {
            throw new IllegalArgumentException(
                    "package name '" + Names.printable(value)
                            + "' is not valid: use at least two of a-z, 0-9, '+', '-' and '.', beginning with a letter or digit");
        }
    }

    public static PackageName of(String value) {
        return new PackageName(value);
    }

    @Override
    public int compareTo(PackageName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
