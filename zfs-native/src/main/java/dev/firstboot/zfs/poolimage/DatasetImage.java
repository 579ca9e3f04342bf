package dev.firstboot.zfs.poolimage;

import dev.firstboot.zfs.error.InvalidNameException;
import dev.firstboot.zfs.poolimage.format.BlockCompression;
import dev.firstboot.zfs.poolimage.tree.MalformedTreeException;
import dev.firstboot.zfs.poolimage.tree.Tree;
import dev.firstboot.zfs.poolimage.tree.TreePath;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A filesystem of a pool image: its properties and the source of its files. Immutable. */
public final class DatasetImage {
    private static final int SMALLEST_RECORD = 512;
    private static final int LARGEST_RECORD = 1 << 20;
    /** {@code ZAP_MAXNAMELEN} less the final zero. */
    private static final int LONGEST_NAME = 255;

    /** {@code ZAP_MAXVALUELEN} less the final zero. */
    private static final int LONGEST_VALUE = 8191;

    private static final Pattern USER_PROPERTY = Pattern.compile("[a-z0-9:+._-]*:[a-z0-9:+._-]*");

    private final Map<String, Object> properties;
    private final @Nullable Tree tree;

    private DatasetImage(Builder builder) {
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(builder.properties));
        tree = builder.tree;
    }

    /** Returns the properties as ZFS stores them: numbers or texts, by name. */
    Map<String, Object> properties() {
        return properties;
    }

    Optional<Tree> tree() {
        return Optional.ofNullable(tree);
    }

    /** Returns its own mountpoint; empty if that is inherited, {@code none} or {@code legacy}. */
    Optional<String> mountpoint() {
        return Optional.ofNullable(properties.get("mountpoint"))
                .map(Object::toString)
                .filter(path -> path.startsWith("/"));
    }

    /** Returns whether it sets a compression with Zstandard itself, which needs a library. */
    boolean usesZstd() {
        return usesZstd(properties);
    }

    private static boolean usesZstd(Map<String, Object> properties) {
        return properties.get("compression") instanceof Long number
                && BlockCompression.ofProperty(number).isZstd();
    }

    /**
     * Collects the parts of a filesystem. Each may be set once. An invalid name, path, size or value throws {@link IllegalArgumentException} at the call that
     * takes it. Not thread-safe.
     */
    public static final class Builder {
        private final Map<String, Object> properties = new LinkedHashMap<>();
        private @Nullable Tree tree;

        Builder() {}

        /**
         * Sets its mountpoint: {@code none}, {@code legacy}, or an absolute path such as {@code /srv/data} that has no needless {@code /} or {@code .}.
         * Inherited by default.
         */
        public Builder mountpoint(String path) {
            if (path.equals("none") || path.equals("legacy")) {
                return set("mountpoint", path);
            }
            if (!path.startsWith("/")) {
                throw new IllegalArgumentException(
                        "mountpoint '" + path + "' is neither an absolute path nor none nor legacy");
            }
            String plain;
            try {
                plain = TreePath.of(path).toString();
            } catch (MalformedTreeException e) {
                throw new IllegalArgumentException("a mountpoint cannot be kept: " + e.getMessage(), e);
            }
            if (!plain.equals(path)) {
                throw new IllegalArgumentException(
                        "mountpoint '" + path + "' has a needless '/' or '.' in it; write '" + plain + "'");
            }
            return set("mountpoint", path);
        }

        /** Sets whether it may be mounted. Defaults to {@link CanMount#ON}. */
        public Builder canmount(CanMount value) {
            return set("canmount", value.value());
        }

        /** Sets how its files are compressed. Inherited by default. */
        public Builder compression(Compression value) {
            return set("compression", value.property());
        }

        /** Sets the record size of large files: a power of two from 512 bytes to 1 MiB. Inherited by default; the root dataset defaults to 128 KiB. */
        public Builder recordSize(ByteSize size) {
            long bytes = size.bytes();
            if (bytes < SMALLEST_RECORD || bytes > LARGEST_RECORD || Long.bitCount(bytes) != 1) {
                throw new IllegalArgumentException(
                        "recordsize " + size + " is not a power of two from 512 bytes to 1 MiB");
            }
            return set("recordsize", bytes);
        }

        /**
         * Sets a native or user property, as {@code zfs set} takes it, for example {@code dnodesize} to {@code auto}.
         *
         * @throws IllegalArgumentException if the writer cannot write this property or this value
         * @throws IllegalStateException if it is set twice
         */
        public Builder property(String name, String value) {
            if (name.contains(":")) {
                return userProperty(name, value);
            }
            if (name.equals("mountpoint")) {
                return mountpoint(value);
            }
            long number = WritableProperties.number(name, value);
            return name.equals("recordsize") ? recordSize(ByteSize.bytes(number)) : set(name, number);
        }

        /**
         * Sets a user property. Its name has a colon and at most 255 characters; its value has at most 8191 bytes in UTF-8.
         *
         * @throws InvalidNameException if no property can have this name
         * @throws IllegalArgumentException if it cannot have this value
         * @throws IllegalStateException if it is set twice
         */
        public Builder userProperty(String name, String value) {
            if (!USER_PROPERTY.matcher(name).matches()) {
                throw new InvalidNameException(
                        name,
                        "a user property's name needs a colon, and is made of lower-case letters, digits and : + . _ -");
            }
            if (name.length() > LONGEST_NAME) {
                throw new InvalidNameException(name, "a property's name has at most " + LONGEST_NAME + " letters");
            }
            boolean exact = StandardCharsets.UTF_8.newEncoder().canEncode(value) && value.indexOf('\0') < 0;
            if (!exact || value.getBytes(StandardCharsets.UTF_8).length > LONGEST_VALUE) {
                throw new IllegalArgumentException(
                        "the value of user property " + name + " cannot be kept: it has at most " + LONGEST_VALUE
                                + " bytes, none of them zero, and no half characters");
            }
            return set(name, value);
        }

        /** Sets the source of its files. Defaults to an empty filesystem. */
        public Builder tree(Tree source) {
            if (tree != null) {
                throw new IllegalStateException("a dataset has two trees");
            }
            tree = source;
            return this;
        }

        private Builder set(String name, Object value) {
            if (properties.putIfAbsent(name, value) != null) {
                throw new IllegalStateException("property " + name + " is set twice");
            }
            return this;
        }

        /** Sets a property, unless it is already set. */
        Builder otherwise(String name, Object value) {
            properties.putIfAbsent(name, value);
            return this;
        }

        boolean usesZstd() {
            return DatasetImage.usesZstd(properties);
        }

        DatasetImage build() {
            return new DatasetImage(this);
        }
    }
}
