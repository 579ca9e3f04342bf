package dev.firstboot.image;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Objects;

/**
 * A value that is never in an image: each machine generates its own at first boot, or its owner supplies it as the systemd credential
 * {@code firstboot.<recipe>.<name>}. On the machine it is the file {@code /var/lib/firstboot/secrets/<recipe>/<name>}, readable by root and, if set,
 * by one group.
 *
 * <p>A supplied value is stored only if it is valid: it must fit the templates that use it (UTF-8 without NUL; for {@link Escape#NONE} also a single
 * line) and pass the recipe's own check, if there is one. If a value is refused before the machine has ever been ready, the machine does not become
 * ready, and its console says which credential was refused and why; a machine that was ready before keeps its old value. Until a machine has been
 * ready once, a new credential replaces an earlier value.
 *
 * @param name the secret's name within its recipe
 * @param kind how the value is created
 * @param length the number of characters of a password, of bytes of a hexadecimal value, or 0 if supplied
 * @param group the group that may read it; {@code root} for none
 * @param check the text of an executable script that checks a supplied value; empty for none
 */
@CheckReturnValue
@SuppressWarnings("exports") // the annotation is for the compiler alone
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

    /** How the value of a secret is created. */
    public enum Kind {
        /** Letters and digits from the kernel's random source; a credential of the same name replaces it. */
        PASSWORD,
        /** Hexadecimal digits from the kernel's random source; a credential of the same name replaces it. */
        HEX,
        /** Supplied as a credential only; without the credential the file does not exist. */
        SUPPLIED
    }

    /** Returns a generated password with this many letters and digits (5.95 bits each). */
    public static Secret password(String name, int characters) {
        return new Secret(name, Kind.PASSWORD, characters, "root", "");
    }

    /** Returns a secret with this many random bytes, in hexadecimal. */
    public static Secret hex(String name, int bytes) {
        return new Secret(name, Kind.HEX, bytes, "root", "");
    }

    /** Returns a secret that only the owner knows, such as a token for an external service; the machine must also work without it. */
    public static Secret supplied(String name) {
        return new Secret(name, Kind.SUPPLIED, 0, "root", "");
    }

    /** Returns a copy that this group can read too. */
    public Secret readableBy(String newGroup) {
        return new Secret(name, kind, length, newGroup, check);
    }

    /**
     * Returns a copy with a script that checks a supplied value. The machine runs it as root, early in its boot, before it stores the value. The
     * script reads the value from standard input, without a trailing line break, and prints the value to store, so it can normalize values; a script
     * that only checks prints what it read. Any exit status other than 0 refuses the value. The last line on standard error gives the reason; it goes
     * to the console, so it must not contain any part of the value.
     *
     * @throws IllegalArgumentException if the script has no {@code #!} line
     */
    public Secret checkedBy(String script) {
        return new Secret(name, kind, length, group, script);
    }

    /** Returns the secret's file on a machine, in the recipe of that name. */
    public UnixPath file(String recipe) {
        return UnixPath.of(MachinePaths.SECRETS + "/" + Names.label("recipe name", recipe) + "/" + name);
    }
}
