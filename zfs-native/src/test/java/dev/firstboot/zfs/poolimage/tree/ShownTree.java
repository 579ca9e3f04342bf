package dev.firstboot.zfs.poolimage.tree;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;

/** Prints what a directory's tree tells, in a process of its own: type, path and target, both in hexadecimal digits. */
final class ShownTree {
    private ShownTree() {}

    public static void main(String... args) throws IOException {
        HexFormat hex = HexFormat.of();
        DirectoryTree.of(Path.of(args[0]))
                .walk((entry, content) -> System.out.println(entry.type() + " "
                        + hex.formatHex(entry.path().bytes()) + " " + hex.formatHex(entry.target()) + " "
                        + new String(content.readAllBytes(), StandardCharsets.US_ASCII)));
    }
}
