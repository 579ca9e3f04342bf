package dev.firstboot.workload.postgresql;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** A {@code postgresql.conf}: parameters in order, each set once. Not thread-safe. */
final class PostgresConf {
    private static final Pattern NAME = Pattern.compile("[a-z_]+");

    private final Map<String, String> parameters = new LinkedHashMap<>();

    /** Sets a parameter to text, quoted as PostgreSQL reads it. */
    PostgresConf set(String name, String value) {
        return put(name, quoted(name, value));
    }

    /** Sets a parameter to text, replacing an earlier value. */
    PostgresConf replace(String name, String value) {
        if (parameters.replace(name, quoted(name, value)) == null) {
            set(name, value);
        }
        return this;
    }

    private static String quoted(String name, String value) {
        if (value.chars().anyMatch(c -> c < 0x20)) {
            throw new IllegalArgumentException("the value of " + name + " must be one line");
        }
        return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    /** Sets a parameter to a number. */
    PostgresConf set(String name, long value) {
        return put(name, Long.toString(value));
    }

    /** Sets a parameter on or off. */
    PostgresConf set(String name, boolean on) {
        return put(name, on ? "on" : "off");
    }

    private PostgresConf put(String name, String rendered) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' is not the name of a parameter");
        }
        if (parameters.putIfAbsent(name, rendered) != null) {
            throw new IllegalArgumentException("parameter " + name + " is set twice");
        }
        return this;
    }

    /** Returns the text of the file. */
    String text() {
        StringBuilder out = new StringBuilder();
        parameters.forEach(
                (name, value) -> out.append(name).append(" = ").append(value).append('\n'));
        return out.toString();
    }
}
