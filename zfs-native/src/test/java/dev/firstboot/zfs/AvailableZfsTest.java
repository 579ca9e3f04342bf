package dev.firstboot.zfs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

@LiveZfs
class AvailableZfsTest {
    @Test
    void unavailabilityCause_onAMachineWithZfs_isNone() {
        assertThat(Zfs.unavailabilityCause()).isEmpty();
    }
}
