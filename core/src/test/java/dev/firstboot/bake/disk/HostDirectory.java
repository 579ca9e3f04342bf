package dev.firstboot.bake.disk;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.firstboot.internal.tool.Tool;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** A directory of this machine with files of every kind that an ordinary user can make. */
final class HostDirectory {
    private static final int[] SIZES = {0, 1, 112, 113, 4096, 100_000, 128 << 10, (128 << 10) + 1, 1_000_000};

    private final Path root;

    private HostDirectory(Path root) {
        this.root = root;
    }

    /** Makes it. */
    static HostDirectory make(Path root) throws IOException {
        Random random = new Random(7);
        Files.createDirectories(root.resolve("sub/empty"));
        for (int size : SIZES) {
            byte[] content = new byte[size];
            random.nextBytes(content);
            Files.write(root.resolve("sub/of-" + size), content);
        }
        try (RandomAccessFile sparse =
                new RandomAccessFile(root.resolve("sparse").toFile(), "rw")) {
            sparse.seek(5_000_000);
            sparse.write('x');
        }
        Path file = Files.writeString(root.resolve("žluťoučký kůň \t"), "neigh");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_700_000_000, 123_456_789)));
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class).write("colour", UTF_8.encode("bay"));
        Files.createLink(root.resolve("sub/other-name"), file);
        Files.createSymbolicLink(root.resolve("link"), Path.of("sub/nowhere"));
        Tool.of("mkfifo", "coreutils").run(root.resolve("pipe").toString()).execute();
        Path socket = root.resolve("socket");
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(socket))
                .close();
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rwxr-x--x"));
        return new HostDirectory(root);
    }

    /** What GNU tar tells of it here, which passes over sockets; without access times, which reading changes. */
    List<String> lines(Path scratch) throws IOException {
        Path tar = scratch.resolve("host.tar");
        Tool.of("tar", "tar")
                .run(
                        "-C",
                        String.valueOf(root.getParent()),
                        "--format=posix",
                        "--numeric-owner",
                        "--xattrs",
                        "-cf",
                        tar.toString(),
                        String.valueOf(root.getFileName()))
                .execute();
        return withoutAccess(FilledTwice.lines(tar));
    }

    static List<String> withoutAccess(List<String> lines) {
        return lines.stream().map(line -> line.replaceAll(" accessed \\S+", "")).toList();
    }
}
