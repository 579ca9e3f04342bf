package dev.firstboot.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.firstboot.image.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The live tests of zfs-native, one by one, with what became of them in guests with live ZFS: the oldest and the newest that Debian has, side by side.
 */
class LiveZfsIT {
    private static final Path TABLE = Path.of("../docs/zfs-conformance.md");
    private static final Map<String, Release> RELEASES = new LinkedHashMap<>();

    static {
        RELEASES.put("OpenZFS 2.1", Release.DEBIAN_12);
        RELEASES.put("OpenZFS 2.3", Release.DEBIAN_13);
    }

    @TestFactory
    Stream<DynamicNode> liveTests() throws ExecutionException, InterruptedException {
        Map<String, List<RingReport.Outcome>> outcomes = run();
        Conformance conformance = new Conformance(outcomes);
        Stream<DynamicNode> tests = outcomes.entrySet().stream()
                .map(guest -> DynamicContainer.dynamicContainer(
                        guest.getKey(), guest.getValue().stream().map(outcome -> test(outcome, guest.getKey()))));
        return Stream.concat(
                tests,
                Stream.of(
                        DynamicTest.dynamicTest(
                                "each case of conformance.txt has a test of its name",
                                () -> assertThat(conformance.missing()).isEmpty()),
                        DynamicTest.dynamicTest(
                                TABLE.getFileName() + " says what was found", () -> keepTable(conformance.table()))));
    }

    private static Map<String, List<RingReport.Outcome>> run() throws ExecutionException, InterruptedException {
        ExecutorService guests = Executors.newFixedThreadPool(RELEASES.size());
        try {
            Map<String, Future<List<RingReport.Outcome>>> running = new LinkedHashMap<>();
            RELEASES.forEach((version, release) -> running.put(
                    version, guests.submit(() -> new Ring(release, Path.of("target")).run(List.of(), line -> {}))));
            Map<String, List<RingReport.Outcome>> outcomes = new LinkedHashMap<>();
            for (Map.Entry<String, Future<List<RingReport.Outcome>>> guest : running.entrySet()) {
                outcomes.put(guest.getKey(), guest.getValue().get());
            }
            return outcomes;
        } finally {
            guests.shutdownNow();
        }
    }

    private static DynamicTest test(RingReport.Outcome outcome, String version) {
        return DynamicTest.dynamicTest(
                outcome.toString(),
                () -> outcome.problem().ifPresent(problem -> fail("%s on %s: %s", outcome, version, problem)));
    }

    /** Where it says something else, it is written anew, and that is told. */
    private static void keepTable(String table) throws IOException {
        String shown = Files.exists(TABLE) ? Files.readString(TABLE) : "";
        Files.writeString(TABLE, table);
        assertThat(shown)
                .as("%s was not what the tests found; it is now, and wants to be committed", TABLE)
                .isEqualTo(table);
    }
}
