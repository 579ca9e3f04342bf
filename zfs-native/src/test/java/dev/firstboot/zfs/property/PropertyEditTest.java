package dev.firstboot.zfs.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.zfs.nvlist.NvList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PropertyEditTest {
    private static NvList set(String version, String name, String value) {
        return new PropertyEdit(version).set(name, value).toNvList();
    }

    @Test
    void set_index_becomesItsNumber() {
        assertThat(set("2.3.9-1", "compression", "lz4").uint64("compression")).isEqualTo(15);
        assertThat(set("2.3.9-1", "compression", "zstd-7").uint64("compression"))
                .isEqualTo(16 + (7 << 7));
        assertThat(set("2.3.9-1", "xattr", "on").uint64("xattr")).isEqualTo(2);
        assertThat(set("2.1.11-1", "xattr", "on").uint64("xattr")).isEqualTo(1);
    }

    @Test
    void set_size_isReadAsZfsDoes() {
        assertThat(set("2.3.9", "quota", "1.5G").uint64("quota")).isEqualTo(3L << 29);
        assertThat(set("2.3.9", "recordsize", "1M").uint64("recordsize")).isEqualTo(1 << 20);
        assertThat(set("2.3.9", "quota", "none").uint64("quota")).isZero();
        assertThat(set("2.3.9", "snapshot_limit", "none").uint64("snapshot_limit"))
                .isEqualTo(-1);
        assertThatThrownBy(() -> set("2.3.9", "quota", "much")).hasMessageContaining("a number, as 4096 or 1.5G");
        assertThatThrownBy(() -> set("2.3.9", "quota", "99999E")).hasMessageContaining("more than 2^64-1");
    }

    @Test
    void set_whatCannotBe_saysWhatCan() {
        assertThatThrownBy(() -> set("2.3.9", "sync", "never"))
                .hasMessage("sync cannot be 'never': one of standard, always, disabled");
        assertThatThrownBy(() -> set("2.3.9", "used", "1")).hasMessage("used is read only");
        assertThatThrownBy(() -> set("2.3.9", "Bad:Name", "1")).hasMessageContaining("lower-case");
        assertThatThrownBy(() -> set("2.3.9", "a:b", "x".repeat(8192))).hasMessageContaining("at most 8191");
        assertThatThrownBy(() -> new PropertyEdit("2.3.9").set("sync", 1)).hasMessage("sync is not a number");
    }

    @Test
    void table_everyVersion_hasAllPropertiesAndDefaultsAmongTheirValues() {
        for (String version : new String[] {"2.1.11-1", "2.2.9", "2.3.9", "2.4.4"}) {
            int count = 0;
            for (PropertyKind kind : PropertyTable.of(version).all()) {
                count++;
                if (kind.type() == PropertyKind.Type.INDEX) {
                    assertThat(kind.values()).as(kind.name()).containsKey(kind.defaultText());
                }
            }
            assertThat(count).isEqualTo(93);
        }
        assertThat(PropertyTable.of("2.1.11-1")
                        .find("compression")
                        .orElseThrow()
                        .defaultText())
                .isEqualTo("off");
        assertThat(PropertyTable.of("2.3.9-1").find("compression").orElseThrow().defaultText())
                .isEqualTo("on");
    }

    @ParameterizedTest
    @CsvSource({"2.1.11-1, 1, on, on, F", "2.2.9, 1, on, on, F", "2.3.9-1, 2, on, on, F", "2.4.4-1, 2, sa, sa, FV"})
    void table_whatChangedWithARelease_isAsThatReleaseHasIt(
            String version, long number, String name, String byDefault, String of) {
        PropertyKind xattr = PropertyTable.of(version).find("xattr").orElseThrow();
        assertThat(xattr.number("on")).hasValue(number);
        assertThat(xattr.text(number)).hasValue(name);
        assertThat(xattr.defaultText()).isEqualTo(byDefault);
        assertThat(PropertyTable.of(version)
                        .find("special_small_blocks")
                        .orElseThrow()
                        .of())
                .isEqualTo(of);
    }
}
