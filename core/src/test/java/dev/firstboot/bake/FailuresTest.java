package dev.firstboot.bake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.bake.step.StepException;
import dev.firstboot.bake.tree.TreeException;
import dev.firstboot.image.ByteSize;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailuresTest {
    @TempDir
    private Path cache;

    @Test
    void of_fullDiskDeepBelow_saysWhereToMakeRoom() {
        IOException full = new IOException("No space left on device");

        BakeException told = new Failures(cache).of("archive", new TreeException("cannot write archive.tar", full));

        assertThat(told)
                .hasMessageContaining("archive")
                .hasMessageContaining("cannot write archive.tar")
                .hasMessageContaining("the disk is full")
                .hasMessageContaining(cache.toString());
    }

    @Test
    void ofTarget_fullDisk_namesTheTargetsDirectory(@TempDir Path elsewhere) {
        BakeException told = new Failures(cache)
                .ofTarget("deliver", new IOException("No space left on device"), elsewhere, ByteSize.gibibytes(3));

        assertThat(told.hint()).contains("the disk is full", elsewhere.toString(), "3 GiB is needed", "another target");
        assertThat(told.hint()).doesNotContain(cache.toString());
    }

    @Test
    void of_cacheCannotBeWrittenTo_saysSoAndHowToChooseAnother() {
        for (IOException e : List.of(
                new AccessDeniedException(cache.resolve("work/x").toString()),
                new FileSystemException(cache.resolve("work/x").toString(), null, "Read-only file system"))) {
            assertThat(new Failures(cache).of("resolve", e).hint())
                    .contains(cache + " cannot be written to", "cacheDirectory(...)");
        }
        assertThat(new Failures(cache)
                        .of("resolve", new AccessDeniedException("/etc/shadow"))
                        .hint())
                .isEmpty();
    }

    @Test
    void of_stepException_keepsItsHint() {
        BakeException told = new Failures(cache).of("configure", new StepException("it is red", "paint it"));

        assertThat(told)
                .hasMessageContaining("configure")
                .hasMessageContaining("it is red")
                .hasMessageContaining("paint it");
    }
}
