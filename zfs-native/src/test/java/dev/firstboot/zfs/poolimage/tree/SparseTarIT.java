package dev.firstboot.zfs.poolimage.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holes as GNU tar itself writes them. */
class SparseTarIT {
    private static final int PARTS = 60;
    private static final int DISTANCE = 65_536;

    @TempDir
    private Path directory;

    private void tar(String... arguments) throws IOException, InterruptedException {
        List<String> command = Stream.concat(Stream.of("tar", "-C", directory.toString()), Stream.of(arguments))
                .toList();
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                .as(command.toString())
                .isZero();
    }

    /** More parts than one block of the old format's table has. */
    private byte[] writeFile(String name, int end) throws IOException {
        Random random = new Random(end);
        byte[] content = new byte[PARTS * DISTANCE + end];
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve(name).toFile(), "rw")) {
            file.setLength(content.length);
            for (int part = 0; part < PARTS; part++) {
                byte[] bytes = new byte[1 + random.nextInt(10_000)];
                random.nextBytes(bytes);
                System.arraycopy(bytes, 0, content, part * DISTANCE, bytes.length);
                file.seek((long) part * DISTANCE);
                file.write(bytes);
            }
        }
        return content;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--format=gnu", "--format=posix --sparse-version=0.1", "--format=posix --sparse-version=1.0"})
    void walk_filesWithHoles_givesEveryByte(String format) throws Exception {
        byte[] first = writeFile("first", 0);
        byte[] second = writeFile("second", 12_345);
        Files.writeString(directory.resolve("third"), "whole");
        List<String> arguments = new ArrayList<>(List.of("--sparse", "--hole-detection=raw", "-cf", archive()));
        arguments.addAll(List.of(format.split(" ", -1)));
        arguments.addAll(List.of("first", "second", "third"));
        tar(arguments.toArray(String[]::new));
        assertThat(Files.size(Path.of(archive()))).isLessThan(first.length / 2);

        List<byte[]> read = new ArrayList<>();
        TarTree.of(Path.of(archive())).walk((entry, content) -> {
            assertThat(content instanceof SparseContent)
                    .isEqualTo(!entry.path().toString().equals("/third"));
            byte[] bytes = content.readAllBytes();
            assertThat(bytes).hasSize((int) entry.size());
            read.add(bytes);
        });
        assertThat(read).hasSize(3);
        assertThat(read.get(0)).isEqualTo(first);
        assertThat(read.get(1)).isEqualTo(second);
        assertThat(new String(read.get(2), StandardCharsets.UTF_8)).isEqualTo("whole");
    }

    private String archive() {
        return directory.resolve("files.tar").toString();
    }

    @Test
    void walk_aHundredGigabytesOfHoles_areSkippedAtOnce() throws Exception {
        long size = 100_000_000_000L;
        Path huge = directory.resolve("huge");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.seek(size / 2);
            file.write(7);
            file.setLength(size);
        }
        tar("--sparse", "--format=posix", "-cf", archive(), "huge");
        Files.delete(huge);
        TarTree.of(Path.of(archive())).walk((entry, content) -> {
            assertThat(entry.size()).isEqualTo(size);
            assertThat(largestHole(content)).isGreaterThan(size / 2 - DISTANCE);
        });
    }

    private static long largestHole(InputStream content) throws IOException {
        long largest = 0;
        while (true) {
            long hole = ((SparseContent) content).hole();
            largest = Math.max(largest, hole);
            content.skipNBytes(hole);
            if (content.read() < 0) {
                return largest;
            }
        }
    }
}
