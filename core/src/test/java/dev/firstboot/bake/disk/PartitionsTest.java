package dev.firstboot.bake.disk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PartitionsTest {
    private static final Partitions USUAL = new Partitions(512);

    @Test
    void script_ofOneName_isTheSameEachTime() {
        assertThat(USUAL.script("chat")).isEqualTo(USUAL.script("chat")).isNotEqualTo(USUAL.script("web"));
    }

    @Test
    void script_ofEachSectorSize_beginsAtOneMebibyte() {
        assertThat(USUAL.script("chat")).contains("1 : start=2048, size=1048576, ", "2 : start=1050624, ");
        assertThat(new Partitions(4096).script("chat")).contains("1 : start=256, size=131072, ", "2 : start=131328, ");
    }
}
