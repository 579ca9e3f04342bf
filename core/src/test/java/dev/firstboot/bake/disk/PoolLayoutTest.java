package dev.firstboot.bake.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.image.DatasetSpec;
import dev.firstboot.image.Image;
import dev.firstboot.image.Recipe;
import dev.firstboot.zfs.poolimage.PoolImage;
import org.junit.jupiter.api.Test;

class PoolLayoutTest {
    @Test
    void writeTo_withDatasets_describesThoseOfTheImageAndItsOwn() {
        PoolImage pool = PoolLayout.of(image(
                        DatasetSpec.stack("wal", "/var/lib/postgresql/wal"),
                        DatasetSpec.stack("postgresql", "/var/lib/postgresql").property("recordsize", "16384"),
                        DatasetSpec.keep("uploads", "/srv/uploads").property("x:note", "it's; rm")))
                .writeTo(PoolImage.builder())
                .build();

        assertThat(pool)
                .hasToString("pool rpool with [, KEEP, KEEP/home, KEEP/log, KEEP/uploads, ROOT, ROOT/original,"
                        + " ROOT/original/postgresql, ROOT/original/wal]");
    }

    @Test
    void writeTo_propertyThatCannotBeWritten_saysWhich() {
        PoolLayout layout = PoolLayout.of(image(DatasetSpec.stack("a", "/a").property("encryption", "on")));

        assertThatThrownBy(() -> layout.writeTo(PoolImage.builder())).hasMessageContaining("encryption");
    }

    private static Image image(DatasetSpec... datasets) {
        Recipe.Builder recipe = Recipe.builder("site");
        for (DatasetSpec dataset : datasets) {
            recipe.addDataset(dataset);
        }
        return Image.builder().name("site").recipe(recipe.build()).build();
    }
}
