package dev.firstboot.image;

import dev.firstboot.internal.json.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;

/** What stands at a path of an image: bytes, a {@link Template}, a directory or a symbolic link. */
public sealed interface Content
        permits Content.Text,
                Content.Bytes,
                Content.HostFile,
                Content.Resource,
                Content.Directory,
                Content.Symlink,
                Template {

    /** A regular file of text, in UTF-8. */
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
     * A regular file of any bytes, which are in the image itself and in its JSON: for small ones. See {@link HostFile} and {@link Resource} for large ones.
     *
     * @param base64 the bytes in RFC 4648's base64, as JSON holds them
     */
    @Kind("bytes")
    record Bytes(String base64) implements Content {
        public Bytes {
            Base64.getDecoder().decode(Objects.requireNonNull(base64, "base64"));
        }

        /** The content {@code bytes}. */
        public static Bytes of(byte[] bytes) {
            return new Bytes(Base64.getEncoder().encodeToString(Objects.requireNonNull(bytes, "bytes")));
        }

        /** A new array of the bytes. */
        public byte[] bytes() {
            return Base64.getDecoder().decode(base64);
        }

        @Override
        public String toString() {
            byte[] bytes = bytes();
            return "Bytes[" + bytes.length + " B, " + Digest.ofBytes(bytes).abbreviated() + "]";
        }
    }

    /** A regular file whose bytes are not in the image but elsewhere. A bake reads them there, and refuses any that have another digest. */
    interface Reference {
        /** What the bytes must be. */
        Digest digest();

        /** How many there are. */
        long length();

        /** Where they are, for people. */
        String where();

        /**
         * Opens them, to be closed by the caller. Whether they are the right ones is not looked at.
         *
         * @throws IOException if they are not there any more
         */
        InputStream open() throws IOException;
    }

    /**
     * A regular file whose bytes are in a file of the host that bakes.
     *
     * @param file the absolute path of that file
     * @param digest the digest it must have when it is baked
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
         * The content of {@code file} as it is now. Reads it once, for its digest.
         *
         * @throws IllegalArgumentException if it is no regular file
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
            // To open a pipe takes until somebody writes to it.
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                throw new FileSystemException(file, null, "is no regular file any more");
            }
            return Files.newInputStream(path);
        }
    }

    /**
     * A regular file whose bytes are a resource beside a class. Where the image was read from JSON, the class is looked for with the context class loader of
     * the thread that bakes.
     *
     * @param anchor the name of the class
     * @param name the resource's name, as {@link Class#getResourceAsStream} takes it
     * @param digest the digest it must have when it is baked
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
         * The resource {@code name} beside {@code anchor} as it is now. Reads it once, for its digest.
         *
         * @throws IllegalArgumentException if there is no such resource
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
