package dev.firstboot.workload.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A YAML 1.2 document as a tree of values; maps keep the order in which keys were added. Immutable. */
public sealed interface Yaml {
    /** Text, always written in double quotes. */
    record Text(String value) implements Yaml {
        public Text {
            Objects.requireNonNull(value, "value");
        }
    }

    /** An unquoted word of the configuration's own language, such as {@code always}. */
    record Word(String value) implements Yaml {
        private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

        public Word {
            if (!PLAIN.matcher(value).matches()) {
                throw new IllegalArgumentException("'" + value + "' is not a bare word; make it a text");
            }
        }
    }

    /** A whole number. */
    record Whole(long value) implements Yaml {}

    /**
     * The name of something defined elsewhere in the same document; written as an unquoted word.
     *
     * @param kind the kind of thing, such as {@code acl}
     * @param name its name
     */
    record Reference(String kind, String name) implements Yaml {
        public Reference {
            Objects.requireNonNull(kind, "kind");
            new Word(name);
        }
    }

    /** A sequence. */
    record Sequence(List<Yaml> items) implements Yaml {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /** A mapping. Keys are text or whole numbers. */
    record Mapping(List<Entry> entries) implements Yaml {
        public Mapping {
            entries = List.copyOf(entries);
        }

        /**
         * A key and its value.
         *
         * @param key the key, in decimal if it is a number
         * @param whole whether the key is a number, which is not the same key as the text of its digits
         * @param value the value
         */
        public record Entry(String key, boolean whole, Yaml value) {}

        /** Returns the value of {@code key}, or an empty mapping if it has none. */
        public Yaml get(String key) {
            return entries.stream()
                    .filter(entry -> entry.key().equals(key))
                    .map(Entry::value)
                    .findFirst()
                    .orElseGet(() -> new Mapping(List.of()));
        }

        /** All keys, in order. */
        public List<String> keys() {
            return entries.stream().map(Entry::key).toList();
        }
    }

    static Yaml text(Object value) {
        return new Text(value.toString());
    }

    static Yaml word(String value) {
        return new Word(value);
    }

    static Yaml flag(boolean value) {
        return new Word(Boolean.toString(value));
    }

    static Yaml number(long value) {
        return new Whole(value);
    }

    static Yaml sequence(Yaml... items) {
        return new Sequence(List.of(items));
    }

    static Yaml sequence(List<? extends Yaml> items) {
        return new Sequence(List.copyOf(items));
    }

    /** Returns a sequence of texts. */
    static Yaml texts(List<?> values) {
        return new Sequence(values.stream().map(Yaml::text).toList());
    }

    static Builder mapping() {
        return new Builder();
    }

    /** Returns every reference in this tree, in document order. */
    default Stream<Reference> references() {
        if (this instanceof Reference reference) {
            return Stream.of(reference);
        }
        if (this instanceof Sequence sequence) {
            return sequence.items().stream().flatMap(Yaml::references);
        }
        if (this instanceof Mapping mapping) {
            return mapping.entries().stream().flatMap(entry -> entry.value().references());
        }
        return Stream.empty();
    }

    /** Builds a mapping. Not thread-safe. */
    final class Builder {
        private final Map<String, Mapping.Entry> entries = new LinkedHashMap<>();

        private Builder() {}

        /** Adds an entry; a duplicate key is an error. */
        public Builder put(String key, Yaml value) {
            return put(new Mapping.Entry(key, false, value));
        }

        /** Adds an entry whose key is a number, such as a limit for those in {@code value}. */
        public Builder put(long key, Yaml value) {
            return put(new Mapping.Entry(Long.toString(key), true, value));
        }

        private Builder put(Mapping.Entry entry) {
            if (entries.putIfAbsent(entry.key(), entry) != null) {
                throw new IllegalArgumentException("key '" + entry.key() + "' is set twice");
            }
            return this;
        }

        public Builder put(String key, String text) {
            return put(key, text(text));
        }

        public Builder put(String key, long number) {
            return put(key, number(number));
        }

        public Builder put(String key, boolean flag) {
            return put(key, flag(flag));
        }

        public Builder put(String key, Builder mapping) {
            return put(key, mapping.build());
        }

        public Builder putWord(String key, String word) {
            return put(key, word(word));
        }

        public Mapping build() {
            return new Mapping(List.copyOf(entries.values()));
        }
    }
}
