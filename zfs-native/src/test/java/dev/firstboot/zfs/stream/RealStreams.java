package dev.firstboot.zfs.stream;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** Streams that OpenZFS itself made; the README beside them tells how. */
public final class RealStreams {
    static final List<String> NAMES = List.of(
            "full",
            "incremental",
            "compressed",
            "large",
            "raw",
            "volume",
            "redacted",
            "replicated",
            "holds",
            "resumed");

    private RealStreams() {}

    /** The bytes of one of them. */
    public static byte[] stream(String name) throws IOException {
        return unzipped(name + ".zfs.gz");
    }

    /** What {@code zstream dump -v} says of it. */
    static List<String> dump(String name) throws IOException {
        return new String(unzipped(name + ".dump.gz"), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    /** @param bytes how much of the stream its receiver got */
    record Cut(String stream, int bytes, String token) {
        @Override
        public String toString() {
            return stream + " cut at " + bytes;
        }
    }

    /** What OpenZFS says of how to resume streams that were cut. */
    static List<Cut> cuts() throws IOException {
        try (InputStream in = open("tokens.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(" ", -1))
                    .map(parts -> new Cut(parts[0], Integer.parseInt(parts[1]), parts[2]))
                    .toList();
        }
    }

    static StreamReport verify(byte[] stream) throws IOException {
        return StreamVerifier.verify(new ByteArrayInputStream(stream));
    }

    private static byte[] unzipped(String file) throws IOException {
        try (InputStream in = new GZIPInputStream(open(file))) {
            return in.readAllBytes();
        }
    }

    private static InputStream open(String file) {
        return Objects.requireNonNull(RealStreams.class.getResourceAsStream(file), file);
    }
}
