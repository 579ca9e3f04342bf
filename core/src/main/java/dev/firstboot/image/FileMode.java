package dev.firstboot.image;

import java.util.regex.Pattern;

/**
 * The permission bits of a file, as in {@code chmod}: set-uid, set-gid, sticky and the nine of rwx.
 *
 * @param octal four octal digits, such as {@code 0644}
 */
public record FileMode(String octal) {
    private static final Pattern OCTAL = Pattern.compile("[0-7]{4}");

    public FileMode {
        if (!OCTAL.matcher(octal).matches()) {
            throw new IllegalArgumentException("file mode '" + Names.printable(octal)
                    + "' is not valid: expected four octal digits, such as 0644");
        }
    }

    /** The mode of these bits, 0 to 07777. */
    public static FileMode of(int bits) {
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
