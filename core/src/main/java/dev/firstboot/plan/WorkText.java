package dev.firstboot.plan;

import dev.firstboot.image.Content;
import dev.firstboot.image.Digest;
import dev.firstboot.image.PackageName;
import dev.firstboot.image.Recipe;
import dev.firstboot.internal.json.Json;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Describes a step's work line by line. A plan prints these lines, and its digests are computed from them. Records are walked component by component,
 * so a new component is included automatically. Two different works have different lines; where a file's bytes come from makes no difference, only
 * what they are.
 */
final class WorkText {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_./:@+=~*%-]+");
    private static final int LONGEST = 100;
    /** Types whose text is their whole value. */
    private static final List<Class<?>> TEXTS =
            List.of(String.class, Number.class, Boolean.class, Enum.class, URI.class, Duration.class);

    private final List<String> lines = new ArrayList<>();

    private WorkText() {}

    static List<String> lines(Work work) {
        WorkText text = new WorkText();
        text.components((Record) work);
        return List.copyOf(text.lines);
    }

    private void components(Record parts) {
        for (RecordComponent component : parts.getClass().getRecordComponents()) {
            line(component.getName(), value(parts, component));
        }
    }

    private void line(String name, Object value) {
        if (value instanceof PackageChoice packages) {
            packages(packages);
        } else if (value instanceof ResolvePackages.Boot boot) {
            lines.add("to boot from ZFS: " + boot.kernel().imagePackage() + " " + String.join(" ", boot.packages()));
        } else if (value instanceof Collection<?> elements) {
            String one = name.replaceFirst("s$", "");
            for (Object element : elements) {
                if (element instanceof Recipe recipe) {
                    recipe(recipe);
                } else {
                    lines.add(element(one, element));
                }
            }
        } else if (!value.equals("")) {
            lines.add(name + " " + text(value));
        }
    }

    private void packages(PackageChoice packages) {
        lines.add("base " + packages.release() + " amd64");
        lines.add("packages of every image: " + String.join(" ", packages.always()));
        if (!packages.backports().isEmpty()) {
            lines.add("from " + packages.release().backports() + ": " + joined(packages.backports()));
        }
        for (PackageChoice.OfRecipe recipe : packages.recipes()) {
            if (!recipe.packages().isEmpty()) {
                lines.add("packages of " + recipe.recipe() + ": " + joined(recipe.packages()));
            }
            recipe.sources().forEach(source -> lines.add(element("source", source)));
        }
    }

    private static String joined(Collection<PackageName> names) {
        return names.stream().map(PackageName::value).collect(Collectors.joining(" "));
    }

    /** Describes what a recipe adds: everything except packages and their sources. */
    private void recipe(Recipe recipe) {
        String of = " (" + recipe.name() + ")";
        section("user", recipe.users(), of);
        section("leave out", recipe.removals(), of);
        section("allow", recipe.allowed(), of);
        section("file", recipe.files(), of);
        section("download", recipe.downloads(), of);
        section("unit", recipe.units(), of);
        section("dataset", recipe.datasets(), of);
        section("secret", recipe.secrets(), of);
        section("first boot", recipe.steps(), of);
        section("port", recipe.ports(), of);
        section("probe", recipe.probes(), of);
        recipe.sources().forEach(source -> lines.add("source " + source.name() + of));
    }

    private void section(String name, List<?> elements, String of) {
        elements.forEach(element -> lines.add(element(name, element) + of));
    }

    /** Returns a list element: the first of its components, then the others with their names. */
    private static String element(String name, Object element) {
        return name + " " + (element instanceof Record parts && !isScalar(parts) ? inner(parts) : text(element));
    }

    /** Returns the components of a record. Values are one word each, so omitting empty ones is unambiguous. */
    private static String inner(Record parts) {
        StringBuilder inner = new StringBuilder(kind(parts));
        RecordComponent[] components = parts.getClass().getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            Object value = value(parts, components[i]);
            if (i == 0 || !isEmpty(value)) {
                inner.append(inner.length() == 0 ? "" : " ").append(i == 0 ? "" : components[i].getName() + " ");
                inner.append(text(value));
            }
        }
        return inner.toString();
    }

    private static boolean isEmpty(Object value) {
        return value.equals("")
                || (value instanceof Collection<?> elements && elements.isEmpty())
                || (value instanceof Map<?, ?> map && map.isEmpty());
    }

    /** Returns which of several records it is, if there are several. */
    private static String kind(Record parts) {
        for (Class<?> type : parts.getClass().getInterfaces()) {
            if (type.isSealed()) {
                return parts.getClass().getSimpleName();
            }
        }
        return "";
    }

    private static String text(Object value) {
        String text = whole(value);
        return text.length() <= LONGEST ? text : "#" + digest(text);
    }

    private static String whole(Object value) {
        if (value instanceof Content content) {
            return content(content);
        } else if (value instanceof Map<?, ?> map) {
            return new TreeMap<>(map)
                    .entrySet().stream()
                            .map(entry -> whole(entry.getKey()) + " " + whole(entry.getValue()))
                            .collect(Collectors.joining(", ", "{", "}"));
        } else if (value instanceof Collection<?> elements) {
            return elements.stream().map(WorkText::whole).collect(Collectors.joining(", ", "[", "]"));
        } else if (value instanceof Record parts && !isScalar(parts)) {
            return "{" + inner(parts) + "}";
        }
        Object scalar =
                value instanceof Record parts ? value(parts, parts.getClass().getRecordComponents()[0]) : value;
        if (TEXTS.stream().noneMatch(type -> type.isInstance(scalar))) {
            throw new IllegalArgumentException("the text of " + scalar.getClass() + " may not tell all that it holds");
        }
        String word = scalar.toString();
        return WORD.matcher(word).matches() ? word : Json.writeLine(word);
    }

    /** Returns whether a record has just one value, such as a path, and is written as that value. */
    private static boolean isScalar(Record parts) {
        return parts.getClass().getRecordComponents().length == 1 && kind(parts).isEmpty();
    }

    private static String content(Content content) {
        if (content instanceof Content.Directory) {
            return "directory";
        } else if (content instanceof Content.Symlink link) {
            return "→ " + Json.writeLine(link.target());
        } else if (content instanceof Content.Bytes bytes) {
            return Digest.ofBytes(bytes.bytes()).toString();
        } else if (content instanceof Content.Reference elsewhere) {
            return elsewhere.digest().toString();
        } else if (content instanceof Content.Text text) {
            return digest(text.text());
        }
        return "template " + digest(inner((Record) content));
    }

    private static String digest(String text) {
        return Digest.ofBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static Object value(Record parts, RecordComponent component) {
        try {
            Object value = component.getAccessor().invoke(parts);
            return value == null ? "" : value;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }
}
