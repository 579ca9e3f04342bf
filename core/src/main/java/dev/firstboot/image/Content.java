package dev.firstboot.image;

import dev.firstboot.internal.json.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;

/** The content at a path of an image: bytes, a {@link Template}, a directory or a symbolic link. */
public sealed interface Content
        permits Content.Text,
                Content.Bytes,
                Content.HostFile,
                Content.Resource,
                Content.Directory,
                Content.Symlink,
                Template {

    /** A regular text file in UTF-8. */
    @Kind("text")
    record Text(String text) implements Content {
        public Text {
            Objects.requireNonNull(text, "text");
        }

        @Override
        public String toString() {
            return "Text[" + text.length() + " characters]";
        }
    }

    /**
     * A regular file with arbitrary bytes, stored in the image itself and in its JSON. For small files; use {@link HostFile} or {@link Resource} for
     * large ones.
     *
     * @param base64 the bytes in base64 (RFC 4648), as in the JSON
     */
    @Kind("bytes")
    record Bytes(String base64) implements Content {
        public Bytes {
            Base64.getDecoder().decode(Objects.requireNonNull(base64, "base64"));
        }

        /** Returns this content with {@code bytes}. */
        public static Bytes of(byte[] bytes) {
            return new Bytes(Base64.getEncoder().encodeToString(Objects.requireNonNull(bytes, "bytes")));
        }

        /** Returns a new array with the bytes. */
        public byte[] bytes() {
            return Base64.getDecoder().decode(base64);
        }

        @Override
        public String toString() {
            byte[] bytes = bytes();
            return "Bytes[" + bytes.length + " B, " + Digest.ofBytes(bytes).abbreviated() + "]";
        }
    }

    /** A regular file whose bytes are stored outside the image. A bake reads them there and rejects bytes with a different digest. */
    interface Reference {
        /** Returns the digest that the bytes must have. */
        Digest digest();

        /** Returns the number of bytes. */
        long length();

        /** Returns a human-readable description of where the bytes are. */
        String where();

        /**
         * Opens the bytes; the caller closes the stream. Does not check the digest.
         *
         * @throws IOException if the bytes no longer exist
         */
        InputStream open() throws IOException;
    }

    /**
     * A regular file whose bytes come from a file on the baking host.
     *
     * @param file the absolute path of the host file
     * @param digest the digest it must have at bake time
     * @param length its length in bytes
     */
    @Kind("file")
    record HostFile(String file, Digest digest, long length) implements Content, Reference {
        public HostFile {
            Names.line("path of a file of the host", Objects.requireNonNull(file, "file"));
            if (!Path.of(file).isAbsolute()) {
                throw new IllegalArgumentException(
                        "path '" + Names.printable(file) + "' of a file of the host is not absolute");
            }
            Objects.requireNonNull(digest, "digest");
            References.requireLength(length);
        }

        /**
         * Returns a reference to the current content of {@code file}. Reads it once to compute the digest.
         *
         * @throws IllegalArgumentException if it is not a regular file
         * @throws java.io.UncheckedIOException if it cannot be read
         */
        public static HostFile of(Path file) {
            return References.hostFile(file);
        }

        @Override
        public String where() {
            return "file " + file;
        }

        @Override
        public InputStream open() throws IOException {
            Path path = Path.of(file);
            // Opening a pipe blocks until somebody writes to it.
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                throw new FileSystemException(file, null, "is no regular file any more");
            }
            return Files.newInputStream(path);
        }
    }

    /**
     * A regular file whose bytes are a resource next to a class. If the image was read from JSON, the class is loaded with the context class loader
     * of the baking thread.
     *
     * @param anchor the name of the class
     * @param name the resource's name, as {@link Class#getResourceAsStream} takes it
     * @param digest the digest it must have at bake time
     * @param length its length in bytes
     */
    @Kind("resource")
    record Resource(String anchor, String name, Digest digest, long length) implements Content, Reference {
        public Resource {
            Names.line("class beside a resource", Objects.requireNonNull(anchor, "anchor"));
            Names.line("name of a resource", Objects.requireNonNull(name, "name"));
            Objects.requireNonNull(digest, "digest");
            References.requireLength(length);
        }

        /**
         * Returns a reference to the current resource {@code name} next to {@code anchor}. Reads it once to compute the digest.
         *
         * @throws IllegalArgumentException if the resource does not exist
         */
        public static Resource of(Class<?> anchor, String name) {
            return References.resource(anchor, name);
        }

        @Override
        public String where() {
            return "resource '" + name + "' beside " + anchor;
        }

        @Override
        public InputStream open() throws IOException {
            return References.open(this);
        }
    }

    /** A directory. */
    @Kind("directory")
    record Directory() implements Content {}

    /**
     * A symbolic link.
     *
     * @param target where it points, absolute or relative
     */
    @Kind("symlink")
    record Symlink(String target) implements Content {
        public Symlink {
            Names.line("target of a symbolic link", target);
        }
    }
}
