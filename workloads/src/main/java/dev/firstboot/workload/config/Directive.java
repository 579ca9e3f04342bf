package dev.firstboot.workload.config;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A directive of NGINX's configuration language, simple or with a block. Arguments are quoted if necessary; a variable such as {@code $host} keeps
 * its meaning.
 *
 * @param name the directive's name
 * @param arguments its arguments
 * @param block the directives inside its braces; meaningful only if {@code hasBlock}
 * @param hasBlock whether it has braces
 */
@CheckReturnValue
@SuppressWarnings("exports") // the annotation is for the compiler alone
public record Directive(String name, List<String> arguments, List<Directive> block, boolean hasBlock) {
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_./:=@$^~*+!,?&|%<>\\[\\]()-]+");

    public Directive {
        arguments = List.copyOf(arguments);
        if (Stream.concat(Stream.of(name), arguments.stream()).anyMatch(Directive::hasControl)) {
            throw new IllegalArgumentException("a directive of NGINX's configuration cannot hold control characters");
        }
        block = List.copyOf(block);
    }

    /** Returns a directive that ends with a semicolon. */
    public static Directive of(String name, Object... arguments) {
        return new Directive(
                name, Arrays.stream(arguments).map(Object::toString).toList(), List.of(), false);
    }

    /** Returns a copy with a block. */
    public Directive with(Directive... inside) {
        return with(Arrays.asList(inside));
    }

    /** Returns a copy with a block. */
    public Directive with(List<Directive> inside) {
        List<Directive> all = new ArrayList<>(block);
        all.addAll(inside);
        return new Directive(name, arguments, all, true);
    }

    /** Returns the directives as the text of a file. */
    public static String file(List<Directive> directives) {
        StringBuilder out = new StringBuilder();
        directives.forEach(directive -> directive.write(out, ""));
        return out.toString();
    }

    private void write(StringBuilder out, String indent) {
        out.append(indent).append(quoted(name));
        arguments.forEach(argument -> out.append(' ').append(quoted(argument)));
        if (!hasBlock) {
            out.append(";\n");
            return;
        }
        out.append(" {\n");
        block.forEach(directive -> directive.write(out, indent + "    "));
        out.append(indent).append("}\n");
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(c -> c < 0x20 || c == 0x7f);
    }

    private static String quoted(String argument) {
        if (BARE.matcher(argument).matches()) {
            return argument;
        }
        return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
