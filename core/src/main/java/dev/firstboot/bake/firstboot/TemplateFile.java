package dev.firstboot.bake.firstboot;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.firstboot.image.Escape;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.Template;
import java.util.Locale;

/** Writes a template in the format that the machine's {@code render} reads: one word and its values per line. */
final class TemplateFile {
    private TemplateFile() {}

    static String text(FileEntry file, Template template) {
        StringBuilder text = new StringBuilder();
        text.append("path ").append(file.path()).append('\n');
        text.append("owner ")
                .append(file.owner())
                .append(' ')
                .append(file.group())
                .append('\n');
        text.append("mode ").append(file.mode()).append('\n');
        for (Template.Part part : template.parts()) {
            if (part instanceof Template.Text plain) {
                text.append("text ").append(encoded(plain.text())).append('\n');
            } else if (part instanceof Template.SecretValue secret) {
                value(text, "secret", secret.secret(), secret.escape());
            } else if (part instanceof Template.FactValue fact) {
                value(text, "fact", word(fact.fact()), fact.escape());
            }
        }
        return text.toString();
    }

    private static void value(StringBuilder text, String kind, String name, Escape escape) {
        text.append(kind)
                .append(' ')
                .append(name)
                .append(' ')
                .append(word(escape))
                .append('\n');
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Percent-encodes '%' and bytes that are not printable ASCII, as in a URL. */
    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(UTF_8)) {
            if (b < ' ' || b > '~' || b == '%') {
                encoded.append(String.format(Locale.ROOT, "%%%02X", b & 0xff));
            } else {
                encoded.append((char) b);
            }
        }
        return encoded.toString();
    }
}
