package dev.firstboot.zfs.poolimage.zpl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class TrivialAclTest {
    private static String hex(int mode, boolean directory) {
        return HexFormat.ofDelimiter(" ").formatHex(TrivialAcl.of(mode, directory));
    }

    @Test
    void of_ordinaryMode_hasThreeEntries() {
        assertThat(hex(0644, false))
                .isEqualTo("00 00 00 10 9f 01 1e 00 00 00 40 20 89 00 12 00 00 00 00 40 89 00 12 00");
        assertThat(TrivialAcl.count(TrivialAcl.of(0644, false))).isEqualTo(3);
    }

    @Test
    void of_modeThatGivesOthersMore_deniesFirst() {
        assertThat(TrivialAcl.count(TrivialAcl.of(0007, false))).isEqualTo(5);
        assertThat(TrivialAcl.count(TrivialAcl.of(0707, true))).isEqualTo(5);
        assertThat(hex(0040, false)).startsWith("01 00 00 10 01 00 00 00");
    }
}
