package dev.firstboot.zfs.poolimage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same image on another machine: with another Java, number of processors, memory, language, time zone, character set and directory. */
class OtherMachineIT {
    private static final int TREES = 6;
    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"([^\"]+)\"");

    @TempDir
    private Path directory;

    /** The program that the other machines run; its argument is the image. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) {
            PoolImage.Builder pool = PoolImage.builder().pool("tank").snapshot("first");
            for (int seed = 0; seed < TREES; seed++) {
                MemoryTree tree = RandomTree.of(seed);
                Compression compression = seed % 2 == 0 ? Compression.LZ4 : Compression.ZSTD;
                pool.addDataset(
                        "data" + seed, data -> data.compression(compression).tree(tree));
            }
            pool.writeTo(Path.of(arguments[0]), ByteSize.mebibytes(256));
        }
    }

    private Path write(String name, Path java, Map<String, String> environment, String... options)
            throws IOException, InterruptedException {
        Path image = Files.createDirectories(directory.resolve(name)).resolve("tank.img");
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Writer.class.getName(), image.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(image.getParent().toFile())
                .inheritIO();
        builder.environment().putAll(environment);
        assertThat(builder.start().waitFor()).as(command.toString()).isZero();
        return image;
    }

    /** This one, and those that are installed beside it and can run this. */
    private static List<Path> javas() throws IOException {
        Path home = Path.of(System.getProperty("java.home"));
        List<Path> javas = new ArrayList<>(List.of(home.resolve("bin/java")));
        try (Stream<Path> beside = Files.list(home.resolveSibling(""))) {
            for (Path other : beside.sorted().toList()) {
                Path release = other.resolve("release");
                if (Files.exists(release)
                        && version(Files.readString(release))
                                >= Runtime.version().feature()) {
                    javas.add(other.resolve("bin/java"));
                }
            }
        }
        return javas;
    }

    private static int version(String release) {
        Matcher version = VERSION.matcher(release);
        return version.find() ? Runtime.Version.parse(version.group(1)).feature() : 0;
    }

    @Test
    void writeTo_onOtherMachines_givesTheSameBytes() throws Exception {
        List<Path> javas = javas();
        Path image = write("here", javas.get(0), Map.of("TZ", "UTC", "LC_ALL", "C.UTF-8"));
        for (int i = 0; i < javas.size(); i++) {
            Path other = write(
                    "there-" + i,
                    javas.get(i),
                    Map.of("TZ", "Pacific/Kiritimati", "LC_ALL", "C", "HOME", "/nowhere"),
                    "-Duser.language=tr",
                    "-Duser.country=TR",
                    "-Dfile.encoding=ISO-8859-9",
                    "-XX:ActiveProcessorCount=1",
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx64m");
            assertThat(Files.mismatch(image, other)).as(javas.get(i).toString()).isEqualTo(-1);
            Files.delete(other);
        }
    }
}
