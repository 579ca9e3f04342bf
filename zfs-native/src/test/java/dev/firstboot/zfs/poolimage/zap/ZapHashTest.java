package dev.firstboot.zfs.poolimage.zap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ZapHashTest {
    @Test
    void of_checkString_isTheUsualCrc64() {
        // CRC-64/XZ of "123456789" is 995dc9bbdf1939fa: the same polynomial, started with all ones and inverted in the
        // end.
        long crc = ~0x995dc9bbdf1939faL;
        assertThat(ZapHash.of(-1, "123456789".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(crc >>> 36 << 36);
    }
}
