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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** What the guest runs: the class path of this very JVM, but for what only core needs, and the command that starts JUnit on it. */
final class RingPayload {
    private static final String JAVA = "java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx512m -Djava.io.tmpdir=/ring"
            + " -Dorg.slf4j.simpleLogger.defaultLogLevel=warn";

    /** Whether what is repeated is repeated ten thousand times. */
    static final String THOROUGH = "dev.firstboot.ring.thorough";

    private final List<Path> classPath = Arrays.stream(
                    System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(RingPayload::isOfUse)
            .toList();

    private final Duration limit;

    /** @param limit how long what the guest runs may take */
    RingPayload(Duration limit) {
        this.limit = limit;
    }

    /** Core's own classes and the libraries that zfs-native does not know stay at home. */
    private static boolean isOfUse(Path entry) {
        String text = entry.toString();
        return Files.exists(entry)
                && Stream.of(
                                "/core/target/",
                                "/jackson-",
                                "/commons-compress",
                                "/commons-io",
                                "/commons-lang",
                                "/archunit")
                        .noneMatch(text::contains);
    }

    /** Writes an archive that runs tests. {@code selection} goes to JUnit's console launcher. */
    void writeTests(Path target, List<String> selection) throws IOException {
        write(target, places -> tests(places, selection), Map.of());
    }

    /** Writes an archive that runs a program, which gets the directory it is in as argument, beside files that can be executed. */
    void writeProgram(Path target, String main, Map<String, byte[]> files) throws IOException {
        write(target, places -> JAVA + " -cp " + path(places) + " " + main + " /ring", files);
    }

    private void write(Path target, Function<List<String>, String> command, Map<String, byte[]> files)
            throws IOException {
        List<String> places = new ArrayList<>();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target), 1 << 16);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Path entry : classPath) {
                String place = "class-path/" + places.size();
                places.add(Files.isDirectory(entry) ? place : place + ".jar");
                add(tar, entry, places.get(places.size() - 1));
            }
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                put(tar, file.getKey(), file.getValue());
            }
            put(tar, "run.sh", limited(command.apply(places)).getBytes(UTF_8));
            put(tar, "guest.sh", Resources.bytes(RingPayload.class, "guest.sh"));
        }
    }

    private static String path(List<String> places) {
        return places.stream().map(place -> "/ring/" + place).collect(Collectors.joining(":"));
    }

    private String tests(List<String> places, List<String> selection) {
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
        String patience = Boolean.getBoolean(THOROUGH)
                ? " -Ddev.firstboot.zfs.calls=10000 -Djunit.jupiter.execution.timeout.default=80m"
                : " -Djunit.jupiter.execution.timeout.default=120s";
        return JAVA + patience + " -cp " + path(places)
                + " org.junit.platform.console.ConsoleLauncher execute --disable-banner --disable-ansi-colors"
                + " --details=testfeed --include-tag=live --reports-dir=/ring/out"
                + " --config=junit.jupiter.execution.parallel.enabled=false --scan-class-path="
                + String.join(":", scanned) + " "
                + selection.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    }

    /** One that never returns is told by what each thread does then. */
    private String limited(String command) {
        return command + " &\nrunning=$!\n(sleep " + limit.toSeconds()
                + "; kill -QUIT $running; sleep 5; kill -KILL $running) &\nwait $running\n";
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
        entry.setMode(0755);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
