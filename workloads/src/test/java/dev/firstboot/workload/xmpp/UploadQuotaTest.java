package dev.firstboot.workload.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.image.ByteSize;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UploadQuotaTest {
    @ParameterizedTest
    @CsvSource({
        "1,          900,   1000", // the least
        "104857600,  900,   1000", // 100 MiB
        "104857601,  900,   1001", // a byte more
        "4294967296, 36864, 40960" // 4 GiB
    })
    void of_aLargestFile_hasRoomForTenOfThem(long bytes, long soft, long hard) {
        assertThat(UploadQuota.of(ByteSize.bytes(bytes))).isEqualTo(new UploadQuota(soft, hard));
        assertThat(hard << 20).isGreaterThanOrEqualTo(10 * bytes);
    }

    @ParameterizedTest
    @CsvSource({"1", "104857600", "104857601", "4294967296"})
    void of_aLargestFile_keepsTheNewestWhateverItsSize(long bytes) {
        assertThat(UploadQuota.of(ByteSize.bytes(bytes)).softMebibytes() << 20).isGreaterThanOrEqualTo(bytes);
    }
}
