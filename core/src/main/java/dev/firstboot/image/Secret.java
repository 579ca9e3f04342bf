package dev.firstboot.image;

import java.util.Objects;

/**
 * A value that no image holds: each machine makes its own at first boot, or its owner supplies it as the systemd credential
 * {@code firstboot.<recipe>.<name>}. On the machine it is the file {@code /var/lib/firstboot/secrets/<recipe>/<name>}, readable by
 * root and, if named, by one group.
 *
 * @param name the secret's name within its recipe
 * @param kind how it comes to be
 * @param length characters of a password, bytes of a hexadecimal value, 0 if supplied
 * @param group the group that may read it; {@code root} for none
 */
public record Secret(String name, Kind kind, int length, String group) {
    public Secret {
        Names.label("secret name", name);
        Objects.requireNonNull(kind, "kind");
        Names.unixName("group of secret " + name, group);
        if (kind == Kind.SUPPLIED ? length != 0 : length < 16 || length > 1024) {
            throw new IllegalArgumentException(
                    "length " + length + " of secret " + name + " is not valid: use 16 to 1024");
        }
    }

    /** How a secret comes to be. */
    public enum Kind {
        /** Letters and digits from the kernel's random source; a credential of the same name replaces it. */
        PASSWORD,
        /** Hexadecimal digits from the kernel's random source; a credential of the same name replaces it. */
        HEX,
        /** Only ever a credential; without it there is no such file. */
        SUPPLIED
    }

    /** A password of so many letters and digits (5.95 bits each). */
    public static Secret password(String name, int characters) {
        return new Secret(name, Kind.PASSWORD, characters, "root");
    }

    /** So many random bytes, in hexadecimal. */
    public static Secret hex(String name, int bytes) {
        return new Secret(name, Kind.HEX, bytes, "root");
    }

    /** A secret that only the owner can know, such as a token of a service elsewhere; the machine must do without as well. */
    public static Secret supplied(String name) {
        return new Secret(name, Kind.SUPPLIED, 0, "root");
    }

    /** The same, readable by this group too. */
    public Secret readableBy(String newGroup) {
        return new Secret(name, kind, length, newGroup);
    }
}
