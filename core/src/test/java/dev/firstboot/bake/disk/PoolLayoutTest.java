package dev.firstboot.bake.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.image.Dataset;
import dev.firstboot.image.Image;
import dev.firstboot.image.Recipe;
import org.junit.jupiter.api.Test;

class PoolLayoutTest {
    @Test
    void createScript_withDatasets_mountsEachIntoTheOneAboveIt() {
        String script = PoolLayout.of(image(
                        Dataset.stack("wal", "/var/lib/postgresql/wal"),
                        Dataset.stack("postgresql", "/var/lib/postgresql").property("recordsize", "16384"),
                        Dataset.keep("uploads", "/srv/uploads")))
                .createScript();

        assertThat(script)
                .containsSubsequence(
                        "try zfs create -o canmount=noauto -o mountpoint=/ rpool/ROOT/original\ntry zfs mount rpool/ROOT/original\n",
                        "-o canmount=on -o mountpoint=/srv/uploads rpool/KEEP/uploads",
                        "-o canmount=noauto -o mountpoint=/var/lib/postgresql -o recordsize=16384 rpool/ROOT/original/postgresql",
                        "try zfs mount rpool/ROOT/original/postgresql",
                        "rpool/ROOT/original/wal",
                        "try zpool set bootfs=rpool/ROOT/original rpool\n");
        assertThat(script).contains("rpool/KEEP/home", "rpool/KEEP/log");
    }

    @Test
    void createScript_valueWithQuote_staysOneWord() {
        String script = PoolLayout.of(image(Dataset.stack("a", "/a").property("x:note", "it's; rm")))
                .createScript();

        assertThat(script).contains(" -o 'x:note=it'\\''s; rm' ");
    }

    @Test
    void finishScript_always_restoresWhatFillingChangedAndExports() {
        assertThat(PoolLayout.of(image()).finishScript())
                .isEqualTo("try zfs inherit sync rpool\ntry zpool set failmode=wait rpool\ntry zpool export rpool\n");
    }

    private static Image image(Dataset... datasets) {
        Recipe.Builder recipe = Recipe.builder("site");
        for (Dataset dataset : datasets) {
            recipe.addDataset(dataset);
        }
        return Image.builder().name("site").recipe(recipe.build()).build();
    }
}
