package dev.firstboot.image;

import java.util.Objects;

/**
 * A value that no image holds: each machine makes its own at first boot, or its owner supplies it as the systemd credential
 * {@code firstboot.<recipe>.<name>}. On the machine it is the file {@code /var/lib/firstboot/secrets/<recipe>/<name>}, readable by
 * root and, if named, by one group.
 *
 * <p>An owner's value is kept only after it passed: it must fit the templates that use it (UTF-8 without NUL; for {@link Escape#NONE} one line as well), and the
 * recipe's own check, if there is one. A machine that is given another value never becomes ready for the first time, and says on its console which credential
 * was refused and why; one that was ready before goes on as it was. Until a machine has been ready once, a new credential takes the place of an earlier value.
 *
 * @param name the secret's name within its recipe
 * @param kind how it comes to be
 * @param length characters of a password, bytes of a hexadecimal value, 0 if supplied
 * @param group the group that may read it; {@code root} for none
 * @param check the text of an executable script that checks what an owner supplies; empty for none
 */
public record Secret(String name, Kind kind, int length, String group, String check) {
    public Secret {
        Names.label("secret name", name);
        Objects.requireNonNull(kind, "kind");
        Names.unixName("group of secret " + name, group);
        if (kind == Kind.SUPPLIED ? length != 0 : length < 16 || length > 1024) {
            throw new IllegalArgumentException(
                    "length " + length + " of secret " + name + " is not valid: use 16 to 1024");
        }
        Objects.requireNonNull(check, "check");
        if (!check.isEmpty() && !check.startsWith("#!")) {
            throw new IllegalArgumentException(
                    "the check of secret " + name + " must be a script that begins with '#!', such as #!/bin/sh");
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
        return new Secret(name, Kind.PASSWORD, characters, "root", "");
    }

    /** So many random bytes, in hexadecimal. */
    public static Secret hex(String name, int bytes) {
        return new Secret(name, Kind.HEX, bytes, "root", "");
    }

    /** A secret that only the owner can know, such as a token of a service elsewhere; the machine must do without as well. */
    public static Secret supplied(String name) {
        return new Secret(name, Kind.SUPPLIED, 0, "root", "");
    }

    /** The same, readable by this group too. */
    public Secret readableBy(String newGroup) {
        return new Secret(name, kind, length, newGroup, check);
    }

    /**
     * The same, with a script that the machine runs as root, early in its boot, before it keeps a value that its owner supplies. The value is on standard input,
     * without a line break at its end. What the script prints is kept instead of it, so a script can bring values into one form; one that only looks prints
     * what it read. Any exit status but 0 refuses the value. The last line on standard error says why, to whoever watches the console: it names no part of
     * the value.
     *
     * @throws IllegalArgumentException if the script has no {@code #!} line
     */
    public Secret checkedBy(String script) {
        return new Secret(name, kind, length, group, script);
    }

    /** Returns the file that has it on a machine, as a secret of the recipe of that name. */
    public UnixPath file(String recipe) {
        return UnixPath.of(MachinePaths.SECRETS + "/" + Names.label("recipe name", recipe) + "/" + name);
    }
}
