package dev.firstboot.bake.rootfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.bake.disk.DiskStep;
import dev.firstboot.zfs.poolimage.PoolImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class CodeDigestTest {
    @Test
    void reached_fromTheDiskStep_isTheWholePoolWriter() {
        CodeDigest digest = new CodeDigest(List.of("dev.firstboot.bake.disk", "dev.firstboot.zfs.poolimage"));
        assertThat(digest.reached(DiskStep.class).keySet())
                .contains(
                        "dev/firstboot/bake/disk/PoolFiller",
                        "dev/firstboot/bake/disk/PoolLayout$Filesystem",
                        "dev/firstboot/zfs/poolimage/PoolImageWriter",
                        "dev/firstboot/zfs/poolimage/block/Lz4",
                        "dev/firstboot/zfs/poolimage/tree/PaxRecords",
                        "dev/firstboot/zfs/poolimage/zap/ZapLeaf")
                .allMatch(name ->
                        name.startsWith("dev/firstboot/bake/disk/") || name.startsWith("dev/firstboot/zfs/poolimage/"));
    }

    @Test
    void of_otherCode_isAnotherDigest() {
        CodeDigest alone = new CodeDigest(List.of());
        assertThat(alone.of(DiskStep.class))
                .isEqualTo(alone.of(DiskStep.class))
                .isNotEqualTo(alone.of(PoolImage.class));
        assertThat(alone.of(DiskStep.class))
                .isNotEqualTo(new CodeDigest(List.of("dev.firstboot.bake.disk")).of(DiskStep.class));
    }
}
