package dev.firstboot.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.advisory.InstalledPackage;
import dev.firstboot.image.Digest;
import dev.firstboot.image.Image;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiskImageTest {
    private static DiskImage diskWith(String name) {
        PackageSet packages = new PackageSet(
                Instant.EPOCH, List.of("trixie"), List.of(), List.of(new InstalledPackage(name, "1", name, "1")));
        return new DiskImage(
                Path.of("web.qcow2"),
                Manifest.of(Image.builder().name("web").build(), Digest.sha256("0".repeat(64)), packages, Map.of()));
    }

    @Test
    void bootBuilder_always_knowsWhetherTheDiskHasTheGuestAgent() {
        assertThat(diskWith("qemu-guest-agent").bootBuilder().build().guestAgent())
                .isTrue();
        assertThat(diskWith("dash").bootBuilder().build().guestAgent()).isFalse();
    }
}
