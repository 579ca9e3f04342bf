package dev.firstboot.zfs.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.zfs.Dataset;
import dev.firstboot.zfs.error.ZfsBusyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountTest extends PoolsTest {
    @TempDir
    private Path directory;

    @Test
    void mount_whereItsPropertySays_isThereUntilUnmounted() throws IOException {
        Path place = directory.resolve("a place\twith blanks");
        Dataset fs = zfs().createFilesystem(
                        pool("fs1/new"),
                        properties -> properties
                                .set("mountpoint", place.toString())
                                .set("exec", "off")
                                .set("devices", "off"));
        assertThat(fs.mountedAt()).isEmpty();
        assertThat(fs.mount()).isEqualTo(place);
        assertThat(fs.mountedAt()).hasValue(place);
        Files.writeString(place.resolve("file"), "text");
        assertThat(Files.readAllLines(Path.of("/proc/self/mounts")))
                .anySatisfy(
                        line -> assertThat(line).startsWith("normal/fs1/new ").contains("noexec", "nodev"));
        assertThat(failure(fs::destroy)).isInstanceOf(ZfsBusyException.class);
        assertThat(failure(fs::mount)).isInstanceOf(ZfsBusyException.class);
        fs.unmount();
        assertThat(fs.mountedAt()).isEmpty();
        assertThat(place.resolve("file")).doesNotExist();
        fs.destroy();
    }

    @Test
    void mount_readOnlyFilesystem_refusesToBeWritten() {
        Dataset fs = zfs().createFilesystem(pool("fs1/new"), properties -> properties.set("readonly", "on"));
        fs.mountAt(directory);
        try {
            assertThatThrownBy(() -> Files.writeString(directory.resolve("file"), "text"))
                    .isInstanceOf(IOException.class);
        } finally {
            fs.unmount();
        }
    }

    @Test
    void mount_withoutMountpoint_saysHow() {
        assertThatThrownBy(() -> zfs().dataset(pool("fs1")).mount())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("mountpoint=legacy");
        zfs().dataset(pool("fs1")).unmount();
    }
}
