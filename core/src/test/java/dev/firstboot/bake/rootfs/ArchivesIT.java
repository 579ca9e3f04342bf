package dev.firstboot.bake.rootfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.image.Release;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where Debian comes from when the host's apt does not tell: mmdebstrap, in a sandbox, does. */
class ArchivesIT {
    @TempDir
    Path directory;

    @Test
    void usual_always_isWhatMmdebstrapKnows() throws IOException {
        DebianArchive usual = Archives.usual(Release.DEBIAN_13, directory);

        assertThat(usual.main()).contains("deb.debian.org/debian");
        assertThat(usual.security()).contains("security");
    }
}
