package dev.firstboot.bake.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.image.DatasetSpec;
import dev.firstboot.stack.PoolLayout;
import dev.firstboot.zfs.poolimage.PoolImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolFillerTest {
    @Test
    void describe_withDatasets_describesThoseOfTheImageAndItsOwn() {
        PoolImage pool = PoolFiller.describe(PoolLayout.of(List.of(
                        DatasetSpec.stack("wal", "/var/lib/postgresql/wal"),
                        DatasetSpec.stack("postgresql", "/var/lib/postgresql").property("recordsize", "16384"),
                        DatasetSpec.keep("uploads", "/srv/uploads").property("x:note", "it's; rm"))))
                .build();

        assertThat(pool)
                .hasToString("pool rpool with [, KEEP, KEEP/home, KEEP/log, KEEP/uploads, ROOT, ROOT/original,"
                        + " ROOT/original/postgresql, ROOT/original/wal]");
    }

    @Test
    void describe_propertyThatCannotBeWritten_saysWhich() {
        PoolLayout layout = PoolLayout.of(List.of(DatasetSpec.stack("a", "/a").property("encryption", "on")));

        assertThatThrownBy(() -> PoolFiller.describe(layout)).hasMessageContaining("encryption");
    }
}
