package dev.firstboot.bake.rootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelLockTest {
    @TempDir
    Path directory;

    @Test
    void read_whatWasWritten_isEqual() throws IOException {
        KernelLock lock = KernelLock.of("linux-image-6.12.1+deb13-cloud-amd64", "6.12.1-1", "2.3.9-0+deb13u1");

        lock.write(directory.resolve("kernel.lock"));

        assertThat(KernelLock.read(directory.resolve("kernel.lock"))).isEqualTo(lock);
        assertThat(lock.release()).isEqualTo("6.12.1+deb13-cloud-amd64");
        assertThat(lock.headersPackage()).isEqualTo("linux-headers-6.12.1+deb13-cloud-amd64");
    }

    @Test
    void of_otherPackage_isRefused() {
        assertThatThrownBy(() -> KernelLock.of("nginx", "1", "2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nginx");
    }
}
