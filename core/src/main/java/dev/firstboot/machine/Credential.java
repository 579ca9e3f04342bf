package dev.firstboot.machine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A systemd system credential: a value that the machine's owner gives it at boot, such as a secret. The value reaches the machine through a file that
 * only the owner can read; it is in no command line and no {@link #toString()}. A virtual machine's file is deleted once it is read; a container's
 * stays as long as the machine, which reads it again when it reboots. Immutable.
 */
public final class Credential {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

    private final String name;
    private final byte[] value;

    private Credential(String name, byte[] value) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "credential name '" + name + "': use letters, digits, '_', '.' and '-', at most 128");
        }
        this.name = name;
        this.value = value;
    }

    /** Returns a credential with arbitrary bytes. */
    public static Credential of(String name, byte[] value) {
        return new Credential(name, value.clone());
    }

    /** Returns a credential with text, as UTF-8. */
    public static Credential of(String name, String value) {
        return new Credential(name, value.getBytes(UTF_8));
    }

    /** Returns the name by which units inside know it. */
    public String name() {
        return name;
    }

    /** Returns a copy of its value. */
    public byte[] value() {
        return value.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Credential that && name.equals(that.name) && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** Returns the name only. */
    @Override
    public String toString() {
        return "credential " + name;
    }
}
