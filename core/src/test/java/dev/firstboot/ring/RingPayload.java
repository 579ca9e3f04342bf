package dev.firstboot.ring;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.firstboot.image.Resources;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** What the guest runs: the class path of this very JVM, but for what only core needs, and the command that starts JUnit on it. */
final class RingPayload {
    private static final String JAVA = "java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx512m -Djava.io.tmpdir=/ring"
            + " -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -Djunit.jupiter.execution.timeout.default=120s";

    /** How long all tests may take, in seconds. */
    private static final int LIMIT = 600;

    private final List<Path> classPath = Arrays.stream(
                    System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(RingPayload::isOfUse)
            .toList();

    /** Core's own classes and the libraries that zfs-native does not know stay at home. */
    private static boolean isOfUse(Path entry) {
        String text = entry.toString();
        return Files.exists(entry)
                && Stream.of("/core/target/", "/jackson-", "/commons-", "/archunit")
                        .noneMatch(text::contains);
    }

    /** Writes the archive. {@code selection} goes to JUnit's console launcher. */
    void write(Path target, List<String> selection) throws IOException {
        List<String> places = new ArrayList<>();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target), 1 << 16);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Path entry : classPath) {
                String place = "class-path/" + places.size();
                places.add(Files.isDirectory(entry) ? place : place + ".jar");
                add(tar, entry, places.get(places.size() - 1));
            }
            put(tar, "run.sh", script(places, selection).getBytes(UTF_8));
            put(tar, "guest.sh", Resources.bytes(RingPayload.class, "guest.sh"));
        }
    }

    private String script(List<String> places, List<String> selection) {
        String path = places.stream().map(place -> "/ring/" + place).collect(Collectors.joining(":"));
        List<String> scanned = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            String name = classPath.get(i).toString();
            if (name.contains("/zfs-native/target/") && name.contains("test")) {
                scanned.add("/ring/" + places.get(i));
            }
        }
        if (scanned.isEmpty()) {
            throw new IllegalStateException("the tests of zfs-native are not on the class path: " + classPath);
        }
        String command = JAVA + " -cp " + path
                + " org.junit.platform.console.ConsoleLauncher execute --disable-banner --disable-ansi-colors"
                + " --details=testfeed --include-tag=live --reports-dir=/ring/out"
                + " --config=junit.jupiter.execution.parallel.enabled=false --scan-class-path="
                + String.join(":", scanned) + " "
                + selection.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        // A test that never returns is told by what each thread does then.
        return command + " &\ntests=$!\n(sleep " + LIMIT
                + "; kill -QUIT $tests; sleep 5; kill -KILL $tests) &\nwait $tests\n";
    }

    private static void add(TarArchiveOutputStream tar, Path entry, String place) throws IOException {
        if (!Files.isDirectory(entry)) {
            put(tar, place, Files.readAllBytes(entry));
            return;
        }
        try (Stream<Path> files = Files.walk(entry)) {
            files.filter(Files::isRegularFile).sorted().forEach(file -> {
                try {
                    put(tar, place + "/" + entry.relativize(file), Files.readAllBytes(file));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private static void put(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
