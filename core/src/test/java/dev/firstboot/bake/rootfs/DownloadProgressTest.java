package dev.firstboot.bake.rootfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.bake.step.StepReporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadProgressTest {
    private final List<String> told = new ArrayList<>();
    private final StepReporter reporter = new StepReporter() {
        @Override
        public void bytes(long done, long total) {
            told.add(done + " of " + total);
        }

        @Override
        public void items(long done, long total) {
            told.add("items");
        }

        @Override
        public void toolOutput(String line) {
            told.add("output");
        }
    };

    private void see(long total, String... lines) {
        DownloadProgress progress = new DownloadProgress(reporter, total);
        List.of(lines).forEach(progress::line);
    }

    @Test
    void line_packages_areCountedInBytes() {
        see(
                3_000_000,
                "Get:1 http://deb.example.com/debian trixie/main amd64 gcc-14-base amd64 14.2.0-19 [49.4 kB]",
                "Get:2 http://deb.example.com/debian trixie/main amd64 libc6 amd64 2.41-12 [2,847 kB]",
                "Get:4 http://deb.example.com/debian trixie/main amd64 adduser all 3.152 [191 kB]");

        assertThat(told)
                .containsExactly("0 of 3000000", "49400 of 3000000", "2896400 of 3000000", "3000000 of 3000000");
    }

    @Test
    void line_listsOfPackagesAndOtherWords_areNotCounted() {
        see(
                0,
                "Get:1 http://deb.example.com/debian trixie InRelease [140 kB]",
                "Get:2 http://deb.example.com/debian trixie/main amd64 Packages [9,670 kB]",
                "Fetched 9,811 kB in 2s (4,905 kB/s)",
                "Setting up libc6:amd64 (2.41-12) ...");

        assertThat(told).containsExactly("0 of 0");
    }

    @Test
    void line_totalNotKnown_isCountedAllTheSame() {
        see(0, "Get:1 http://deb.example.com/debian trixie/main amd64 libllvm19 amd64 1:19.1.7-3 [26.0 MB]");

        assertThat(told).containsExactly("0 of 0", "26000000 of 0");
    }

    @Test
    void sizes_writtenAndRead_areSummedOverWhatIsAskedFor(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("package-sizes");
        PackageSizes.write(new TreeMap<>(Map.of("libc6", 2_847_000L, "nginx", 100L, "jq", 7L)), file);
        PackageVersions wanted = new PackageVersions(new TreeMap<>(Map.of("libc6", "2.41-12", "jq", "1.7")));

        assertThat(PackageSizes.sum(file, wanted)).isEqualTo(2_847_007);
        assertThat(PackageSizes.sum(directory.resolve("none"), wanted)).isZero();
        Files.writeString(file, "libc6 5\n");
        assertThat(PackageSizes.sum(file, wanted)).isZero();
    }

    @Test
    void show_stanzas_tellTheSizeOfEachVersion() {
        StanzaReader reader = new StanzaReader();
        List.of(
                        "Package: libc6",
                        "Version: 2.41-12",
                        "Size: 2847000",
                        "",
                        "Package: libc6",
                        "Version: 2.40-1",
                        "Size: 1",
                        "")
                .forEach(reader::line);

        assertThat(reader.sizesOf(new PackageVersions(new TreeMap<>(Map.of("libc6", "2.41-12")))))
                .containsExactly(Map.entry("libc6", 2_847_000L));
    }
}
