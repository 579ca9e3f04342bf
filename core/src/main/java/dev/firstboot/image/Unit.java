package dev.firstboot.image;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What a recipe says about a systemd unit (systemd.unit(5)): a unit of its own, a drop-in for a unit from a package, or only whether it starts at
 * boot. Settings keep their order; setting a key again adds a second line, which systemd reads as such.
 *
 * @param name full unit name, such as {@code ejabberd.service}
 * @param dropIn name of the drop-in without {@code .conf}; empty for a whole unit or for no file
 * @param state whether it starts at boot
 * @param settings the lines of the file; empty if only the state matters
 */
@CheckReturnValue
@SuppressWarnings("exports") // the annotation is for the compiler alone
public record Unit(String name, String dropIn, State state, List<Setting> settings) {
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9:_.\\\\@-]{1,200}\\.(service|target|timer|socket|path|mount|slice)");

    public Unit {
        requireName(name);
        if (!Objects.requireNonNull(dropIn, "dropIn").isEmpty()) {
            Names.label("drop-in name", dropIn);
        }
        Objects.requireNonNull(state, "state");
        settings = List.copyOf(Objects.requireNonNull(settings, "settings"));
    }

    /** Throws if systemd knows no unit of such a name. */
    static void requireName(String name) {
        if (!NAME.matcher(Objects.requireNonNull(name, "name")).matches()) {
            throw new IllegalArgumentException(
                    "unit name '" + Names.printable(name) + "' is not valid: expected something like chat.service");
        }
    }

    /** Whether systemd starts a unit at boot. */
    public enum State {
        /** As the package or the unit file says. */
        UNCHANGED,
        /** Started with the target that its [Install] section names. */
        ENABLED,
        /** Not started at boot; others may still start it. */
        DISABLED,
        /** Cannot be started at all. */
        MASKED
    }

    /**
     * One line of a unit file.
     *
     * @param section such as {@code Service}
     * @param key such as {@code ExecStart}
     * @param value one line; empty resets a list
     */
    public record Setting(String section, String key, String value) {
        private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9-]*");

        public Setting {
            Objects.requireNonNull(section, "section");
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(value, "value");
            if (!WORD.matcher(section).matches() || !WORD.matcher(key).matches()) {
                throw new IllegalArgumentException(
                        "unit setting '" + Names.printable(section + "/" + key) + "' is not valid");
            }
            if (!value.isEmpty()) {
                Names.line("value of " + key, value);
            }
        }
    }

    /** Returns a unit of the recipe's own, started at boot if it has an [Install] section. */
    public static Unit named(String name) {
        return new Unit(name, "", State.ENABLED, List.of());
    }

    /** Returns a drop-in with more settings for a unit from a package. */
    public static Unit dropIn(String name, String dropIn) {
        return new Unit(name, dropIn, State.UNCHANGED, List.of());
    }

    /** Returns a unit from a package that starts at boot. */
    public static Unit enabled(String name) {
        return new Unit(name, "", State.ENABLED, List.of());
    }

    /** Returns a unit from a package that does not start at boot by itself. */
    public static Unit disabled(String name) {
        return new Unit(name, "", State.DISABLED, List.of());
    }

    /** Returns a unit that must never start. */
    public static Unit masked(String name) {
        return new Unit(name, "", State.MASKED, List.of());
    }

    /** Returns a copy with one more line. */
    public Unit set(String section, String key, String value) {
        List<Setting> more = new ArrayList<>(settings);
        more.add(new Setting(section, key, value));
        return new Unit(name, dropIn, state, more);
    }

    /** Returns a copy with another state. */
    public Unit state(State newState) {
        return new Unit(name, dropIn, newState, settings);
    }

    /** Returns the text of the unit file or drop-in, with sections in order of first use. Empty if there are no settings. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (String section : settings.stream().map(Setting::section).distinct().toList()) {
            text.append(text.isEmpty() ? "" : "\n").append('[').append(section).append("]\n");
            settings.stream()
                    .filter(setting -> setting.section().equals(section))
                    .forEach(setting -> text.append(setting.key())
                            .append('=')
                            .append(setting.value())
                            .append('\n'));
        }
        return text.toString();
    }
}
