package dev.firstboot.bake.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.image.ByteSize;
import dev.firstboot.image.Digest;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepCacheTest {
    private static final Digest KEY = Digest.sha256("7".repeat(64));

    @TempDir
    private Path directory;

    private static Entry make(StepCache cache, String content) throws Exception {
        return cache.make(
                "rootfs",
                KEY,
                List.of("tar"),
                entry -> true,
                (outputs, scratch) -> Files.writeString(outputs.resolve("tar"), content));
    }

    /** Two bakes find the same result damaged: the second must not take away what the first has made again. */
    @Test
    void discard_asTheSecondWhoFoundItDamaged_leavesWhatTheFirstMadeAgain() throws Exception {
        StepCache cache = StepCache.open(directory);
        Entry damaged = make(cache, "damaged");
        cache.discard(damaged);
        Entry again = make(cache, "good");

        cache.discard(damaged);

        assertThat(again.file("tar")).hasContent("good");
        assertThat(cache.find("rootfs", KEY, entry -> true)).contains(again);
    }

    @Test
    void discard_whileABakeReads_leavesItsFiles() throws Exception {
        StepCache cache = StepCache.open(directory);
        Entry entry = make(cache, "damaged");
        try (BufferedReader reading = Files.newBufferedReader(entry.file("tar"))) {
            cache.discard(entry);

            assertThat(entry.file("tar")).exists();
            assertThat(reading.readLine()).isEqualTo("damaged");
            assertThat(cache.find("rootfs", KEY, any -> true)).isEmpty();
        }
    }

    @Test
    void prune_withinTheLimit_removesOnlyWhatWasDiscarded() throws Exception {
        StepCache cache = StepCache.open(directory);
        Entry damaged = make(cache, "damaged");
        cache.discard(damaged);
        Entry again = make(cache, "good");

        cache.prune(ByteSize.gibibytes(1));

        assertThat(damaged.directory()).doesNotExist();
        assertThat(cache.find("rootfs", KEY, entry -> true)).contains(again);
    }

    @Test
    void find_severalGenerations_givesTheNewestUsable() throws Exception {
        StepCache cache = StepCache.open(directory);
        for (int number = 0; number < 12; number++) {
            String content = "number " + number;
            cache.make(
                    "resolve",
                    KEY,
                    List.of("lock"),
                    entry -> false,
                    (outputs, scratch) -> Files.writeString(outputs.resolve("lock"), content));
        }

        Optional<Entry> newest = cache.find("resolve", KEY, entry -> true);
        Optional<Entry> odd = cache.find(
                "resolve", KEY, entry -> !entry.directory().toString().endsWith("-11"));

        assertThat(newest.orElseThrow().file("lock")).hasContent("number 11");
        assertThat(odd.orElseThrow().file("lock")).hasContent("number 10");
    }
}
