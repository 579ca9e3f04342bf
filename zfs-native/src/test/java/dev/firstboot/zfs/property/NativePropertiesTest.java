package dev.firstboot.zfs.property;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativePropertiesTest {
    @ParameterizedTest
    @CsvSource({
        "compression, lz4",
        "compression, zstd-7",
        "recordsize, 16K",
        "recordsize, 1048576",
        "quota, none",
        "quota, 1.5G",
        "atime, off",
        "sharenfs, ro=@10.0.0.0/8",
        "firstboot:share, 10",
        "org.example:a+b, anything at all",
    })
    void problem_whatZfsTakes_isNone(String name, String value) {
        assertThat(NativeProperties.problem("2.3.9", name, value)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "compresion, lz4, compresion is no property of a filesystem in ZFS 2.3.9; compression is one",
        "colour, red, colour is no property of a filesystem in ZFS 2.3.9; a property of one's own has a colon",
        "volsize, 1G, volsize is no property of a filesystem",
        "compression, lz5, compression cannot be 'lz5': one of on",
        "atime, no, atime cannot be 'no': one of off",
        "quota, much, quota cannot be 'much': a number",
        "recordsize, 1000, recordsize must be a power of two",
        "recordsize, 32M, recordsize must be a power of two",
        "used, 1, used is read only",
        "Org.Example:x, 1, Org.Example:x cannot name a property of one's own",
    })
    void problem_whatZfsRefuses_isTold(String name, String value, String problem) {
        assertThat(NativeProperties.problem("2.3.9", name, value))
                .get()
                .asString()
                .startsWith(problem);
    }

    @ParameterizedTest
    @CsvSource({"2.1.11, true", "2.3.9, false"})
    void problem_propertyOfALaterVersion_isTold(String version, boolean refused) {
        assertThat(NativeProperties.problem(version, "direct", "always").isPresent())
                .isEqualTo(refused);
    }
}
