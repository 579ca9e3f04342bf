package dev.firstboot.bake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.image.Image;
import dev.firstboot.plan.RootfsTar;
import dev.firstboot.plan.Steps;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real apt says while it downloads. */
class DownloadProgressIT {
    @TempDir
    private Path directory;

    @Test
    void bake_packagesToDownload_areCountedInBytesUpToWhatTheArchiveSaid() {
        List<BakeEvent.Progressed> bytes = new CopyOnWriteArrayList<>();
        try (Bakery bakery =
                Bakery.builder().cacheDirectory(directory.resolve("cache")).build()) {
            bakery.start(Image.builder().name("tiny").build(), RootfsTar.to(directory.resolve("tiny.tar")), event -> {
                        if (event instanceof BakeEvent.Progressed progressed
                                && progressed.step().equals(Steps.ROOTFS)
                                && progressed.unit() == BakeEvent.Unit.BYTES) {
                            bytes.add(progressed);
                        }
                    })
                    .await();
        }
        long total = bytes.get(0).total();
        assertThat(total).isGreaterThan(20_000_000);
        assertThat(bytes).allMatch(progressed -> progressed.total() == total);
        assertThat(bytes).extracting(BakeEvent.Progressed::done).isSorted().startsWith(0L);
        assertThat(bytes.stream()
                        .filter(progressed -> progressed.done() > total / 10 && progressed.done() < total * 9 / 10))
                .hasSizeGreaterThan(10);
        // The sizes that apt prints are rounded.
        assertThat(bytes.get(bytes.size() - 1).done()).isBetween(total * 98 / 100, total);
    }
}
