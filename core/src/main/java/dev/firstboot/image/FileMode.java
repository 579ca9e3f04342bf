package dev.firstboot.image;

import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The permission bits of a file, as in {@code chmod}: set-uid, set-gid, sticky and the nine of rwx.
 *
 * @param octal four octal digits, such as {@code 0644}
 */
public record FileMode(String octal) {
    private static final Pattern OCTAL = Pattern.compile("[0-7]{4}");

    /** The usual modes written as decimal numbers. Read as octal they are modes that hardly anybody means. */
    private static final Set<Integer> IN_DECIMAL = Set.of(
            400, 440, 444, 500, 550, 555, 600, 640, 644, 660, 664, 666, 700, 710, 711, 750, 751, 755, 770, 775, 777);

    public FileMode {
        if (!OCTAL.matcher(Objects.requireNonNull(octal, "octal")).matches()) {
            throw new IllegalArgumentException("file mode '" + Names.printable(octal)
                    + "' is not valid: expected four octal digits, such as 0644");
        }
    }

    /**
     * Returns the mode with these bits, 0 to 07777.
     *
     * @throws IllegalArgumentException if the bits are out of range, or are a usual mode without the leading zero that makes a literal octal, such as
     *     644. If such bits are really meant, use {@code new FileMode("1204")}
     */
    public static FileMode of(int bits) {
        if (IN_DECIMAL.contains(bits)) {
            throw new IllegalArgumentException("file mode " + bits + " is a decimal number, whose bits are 0"
                    + Integer.toOctalString(bits) + ": write 0" + bits + ", or new FileMode(\""
                    + String.format("%04o", bits) + "\") if those bits are meant");
        }
        if (bits < 0 || bits > 07777) {
            throw new IllegalArgumentException(
                    "file mode 0" + Integer.toOctalString(bits) + " is not within 0 to 07777");
        }
        return new FileMode(String.format("%04o", bits));
    }

    public int bits() {
        return Integer.parseInt(octal, 8);
    }

    @Override
    public String toString() {
        return octal;
    }
}
