package dev.firstboot.zfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvailabilityTest {
    @Test
    void isAvailable_always_agreesWithCause() {
        assertThat(Zfs.isAvailable()).isEqualTo(Zfs.unavailabilityCause().isEmpty());
    }

    @Test
    void isAvailable_withoutDevice_isFalse() {
        if (!Files.exists(Path.of("/dev/zfs"))) {
            assertThat(Zfs.isAvailable()).isFalse();
            assertThat(Zfs.unavailabilityCause())
                    .hasValueSatisfying(cause -> assertThat(cause).contains("/dev/zfs", "modprobe zfs"));
        }
    }

    @Test
    void cause_missingDevice_namesItAndTheWayOut(@TempDir Path dir) {
        assertThat(new Availability(dir.resolve("zfs")).cause())
                .hasValueSatisfying(cause -> assertThat(cause)
                        .startsWith(dir.resolve("zfs").toString())
                        .contains("modprobe zfs"));
    }

    @Test
    void cause_deviceIsADirectory_isToldNotThrown(@TempDir Path dir) {
        assertThat(new Availability(dir).cause())
                .hasValueSatisfying(cause -> assertThat(cause).contains(dir + " cannot be opened"));
    }

    /** The library is looked for only once the device opens; any file will do for that. */
    @Test
    void cause_deviceOpens_libraryIsTriedForReal(@TempDir Path dir) throws Exception {
        Path device = Files.createFile(dir.resolve("zfs"));
        assertThat(new Availability(device).cause())
                .satisfiesAnyOf(
                        cause -> assertThat(cause).isEmpty(),
                        cause -> assertThat(cause)
                                .hasValueSatisfying(text -> assertThat(text)
                                        .contains("libzfs_core.so.3", "cannot be loaded", "libzfs4linux")));
    }
}
