package dev.firstboot.bake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.bake.firstboot.ConfigureStep;
import dev.firstboot.bake.step.StepContext;
import dev.firstboot.bake.step.StepRunner;
import dev.firstboot.bake.tree.ArchiveStep;
import dev.firstboot.bake.tree.TestTar;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.Image;
import dev.firstboot.image.Recipe;
import dev.firstboot.plan.RootfsTar;
import dev.firstboot.plan.Steps;
import dev.firstboot.plan.Work;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that no heap could hold. */
class LargeFileIT {
    private static final long SIZE = 2L << 30;

    @TempDir
    private Path directory;

    @Test
    void bake_fileOfTwoGibibytesInAHeapOf128Mebibytes_isDelivered() throws Exception {
        Path large = directory.resolve("large.bin");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(SIZE);
        }
        Process bake = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallHeap.class.getName(),
                        directory.toString(),
                        large.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(bake.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(bake.waitFor()).as(said).isZero();
        assertThat(Files.size(directory.resolve("web.tar"))).isGreaterThan(SIZE);
    }

    /** Run in a JVM of its own by the test above: the real steps that see files of recipes, over the smallest system there can be. */
    static final class SmallHeap {
        public static void main(String[] arguments) {
            Path directory = Path.of(arguments[0]);
            Map<String, StepRunner<?>> runners = new HashMap<>(new ScriptedSteps().runners());
            runners.put(Steps.ROOTFS, new SmallestSystem());
            runners.put(Steps.CONFIGURE, new ConfigureStep());
            runners.put(Steps.ARCHIVE, new ArchiveStep());
            Image image = Image.builder()
                    .name("web")
                    .recipe(Recipe.builder("app")
                            .addFile(FileEntry.file("/opt/large.bin", Path.of(arguments[1])))
                            .build())
                    .build();
            try (Bakery bakery = Bakery.builder()
                    .cacheDirectory(directory.resolve("cache"))
                    .runners(runners)
                    .build()) {
                bakery.bake(Image.fromJson(image.toJson()), RootfsTar.to(directory.resolve("web.tar")));
            }
        }
    }

    private static final class SmallestSystem implements StepRunner<Work> {
        @Override
        public Class<Work> type() {
            return Work.class;
        }

        @Override
        public void run(Work work, StepContext context) {
            TestTar.debian().to(context.output(Steps.ROOTFS_TAR));
        }

        @Override
        public String fingerprint() {
            return "1";
        }
    }
}
