package dev.firstboot.workload.config;

import java.util.Locale;
import java.util.regex.Pattern;

/** Writes {@link Yaml} in block style for people, or in flow style on one line, which is also JSON. */
public final class YamlWriter {
    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String STEP = "  ";

    private final StringBuilder out = new StringBuilder();

    private YamlWriter() {}

    /** Returns the document in block style, with a line break at its end. */
    public static String block(Yaml.Mapping document) {
        YamlWriter writer = new YamlWriter();
        writer.mapping(document, "");
        return writer.out.toString();
    }

    /** Returns the value on one line, as JSON. */
    public static String json(Yaml value) {
        YamlWriter writer = new YamlWriter();
        writer.flow(value);
        return writer.out.toString();
    }

    private void mapping(Yaml.Mapping mapping, String indent) {
        for (Yaml.Mapping.Entry entry : mapping.entries()) {
            out.append(indent).append(key(entry)).append(':');
            value(entry.value(), indent + STEP);
        }
    }

    /** Writes what follows a key or a dash: on the same line if it is short, else below with more indentation. */
    private void value(Yaml value, String indent) {
        if (value instanceof Yaml.Mapping mapping && !mapping.entries().isEmpty()) {
            out.append('\n');
            mapping(mapping, indent);
        } else if (value instanceof Yaml.Sequence sequence && !sequence.items().isEmpty()) {
            out.append('\n');
            for (Yaml item : sequence.items()) {
                out.append(indent).append('-');
                value(item, indent + STEP);
            }
        } else {
            out.append(' ');
            flow(value);
            out.append('\n');
        }
    }

    private void flow(Yaml value) {
        if (value instanceof Yaml.Text text) {
            quoted(text.value());
        } else if (value instanceof Yaml.Word word) {
            out.append(word.value());
        } else if (value instanceof Yaml.Whole number) {
            out.append(number.value());
        } else if (value instanceof Yaml.Reference reference) {
            out.append(reference.name());
        } else if (value instanceof Yaml.Sequence sequence) {
            out.append('[');
            String comma = "";
            for (Yaml item : sequence.items()) {
                out.append(comma);
                flow(item);
                comma = ", ";
            }
            out.append(']');
        } else if (value instanceof Yaml.Mapping mapping) {
            out.append('{');
            String comma = "";
            for (Yaml.Mapping.Entry entry : mapping.entries()) {
                out.append(comma);
                quoted(entry.key());
                out.append(": ");
                flow(entry.value());
                comma = ", ";
            }
            out.append('}');
        }
    }

    private static String key(Yaml.Mapping.Entry entry) {
        if (entry.whole() || PLAIN_KEY.matcher(entry.key()).matches()) {
            return entry.key();
        }
        YamlWriter writer = new YamlWriter();
        writer.quoted(entry.key());
        return writer.out.toString();
    }

    private void quoted(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20 || c == 0x7f || c == 0x85 || c == 0x2028 || c == 0x2029) {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
