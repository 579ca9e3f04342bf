package dev.firstboot.bake.rootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PackageVersionsTest {
    @Test
    void toText_ofAnyOrder_isSorted() {
        PackageVersions versions = PackageVersions.parse(List.of("zstd=1.5", "", "adduser=3.1"));

        assertThat(versions.toText()).isEqualTo("adduser=3.1\nzstd=1.5\n");
    }

    @Test
    void parse_epochAndTilde_staysAsItIs() {
        assertThat(PackageVersions.parse(List.of("a=1:2.3~rc1=x")).version("a")).contains("1:2.3~rc1=x");
    }

    @Test
    void parse_lineWithoutVersion_isNamed() {
        assertThatThrownBy(() -> PackageVersions.parse(List.of("nginx=")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'nginx='");
    }

    @Test
    void without_others_leavesTheRest() {
        PackageVersions all = PackageVersions.parse(List.of("a=1", "b=2"));

        assertThat(all.without(PackageVersions.parse(List.of("a=9"))).specs()).containsExactly("b=2");
    }

    @Test
    void toPreferences_ofEach_pinsItsVersion() {
        assertThat(PackageVersions.parse(List.of("a=1")).toPreferences())
                .isEqualTo("Package: a\nPin: version 1\nPin-Priority: 1001\n\n");
    }
}
