package dev.firstboot.machine.container;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** The compression of an archive, detected from its first bytes. tar itself detects it only for files that it opens by name. */
enum Compression {
    GZIP("1f8b", "--gzip"),
    ZSTD("28b52ffd", "--zstd"),
    XZ("fd377a585a00", "--xz"),
    BZIP2("425a68", "--bzip2");

    private static final int LONGEST = 6;

    private final String magic;
    private final String option;

    Compression(String magic, String option) {
        this.magic = magic;
        this.option = option;
    }

    /** Returns the options with which tar reads this archive from standard input. */
    static List<String> options(Path archive) throws IOException {
        try (InputStream stream = Files.newInputStream(archive)) {
            String first = HexFormat.of().formatHex(stream.readNBytes(LONGEST));
            return Arrays.stream(values())
                    .filter(kind -> first.startsWith(kind.magic))
                    .map(kind -> kind.option)
                    .toList();
        }
    }
}
