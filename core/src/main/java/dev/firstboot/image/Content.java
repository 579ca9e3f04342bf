package dev.firstboot.image;

import java.util.Base64;
import java.util.Objects;

/** What stands at a path of an image: bytes, a {@link Template}, a directory or a symbolic link. */
public sealed interface Content permits Content.Text, Content.Bytes, Content.Directory, Content.Symlink, Template {

    /** A regular file of text, in UTF-8. */
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
     * A regular file of any bytes.
     *
     * @param base64 the bytes in RFC 4648's base64, as JSON holds them
     */
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

    /** A directory. */
    record Directory() implements Content {}

    /**
     * A symbolic link.
     *
     * @param target where it points, absolute or relative
     */
    record Symlink(String target) implements Content {
        public Symlink {
            Names.line("target of a symbolic link", target);
        }
    }
}
