package dev.firstboot.plan;

import dev.firstboot.image.DatasetSpec;
import dev.firstboot.image.Image;
import dev.firstboot.image.InvalidImageException;
import dev.firstboot.image.Recipe;
import dev.firstboot.zfs.poolimage.PoolImage;
import dev.firstboot.zfs.poolimage.PoolSpecException;
import java.util.ArrayList;
import java.util.List;

/** Checks whether the datasets of an image can be written into a pool, when a disk is planned rather than halfway through the bake. */
final class PoolProperties {
    private PoolProperties() {}

    /**
     * Checks the properties of all datasets.
     *
     * @throws InvalidImageException naming each property that cannot be written, with its dataset and recipe
     */
    static void check(Image image) {
        List<String> problems = new ArrayList<>();
        for (Recipe recipe : image.recipes()) {
            for (DatasetSpec dataset : recipe.datasets()) {
                dataset.properties().forEach((name, value) -> {
                    try {
                        PoolImage.builder()
                                .pool("any")
                                .addDataset(dataset.name(), spec -> spec.property(name, value))
                                .build();
                    } catch (IllegalArgumentException | PoolSpecException e) {
                        problems.add("dataset " + dataset.name() + " of " + recipe.name() + " cannot be on a disk: "
                                + e.getMessage());
                    }
                });
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidImageException(image.name(), problems);
        }
    }
}
