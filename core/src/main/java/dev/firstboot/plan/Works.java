package dev.firstboot.plan;

import dev.firstboot.image.ByteSize;
import dev.firstboot.image.Image;

/**
 * Takes from an image what each step uses. The records themselves do not know the image, so a step's code does not depend on everything in an image.
 */
public final class Works {
    private Works() {}

    /** Returns the packages common to machines and containers of an image. */
    public static PackageChoice packages(Image image) {
        return new PackageChoice(
                image.release(),
                image.backports(),
                BasePackages.ANY,
                image.recipes().stream()
                        .filter(recipe -> !recipe.packages().isEmpty()
                                || !recipe.sources().isEmpty())
                        .map(recipe -> new PackageChoice.OfRecipe(recipe.name(), recipe.packages(), recipe.sources()))
                        .toList());
    }

    static ResolvePackages resolve(Image image, boolean boots) {
        return new ResolvePackages(
                packages(image), boots ? new ResolvePackages.Boot(image.kernel(), BasePackages.bootable(image)) : null);
    }

    static LayOutSystem system(Image image) {
        return new LayOutSystem(image.release(), packages(image).sources());
    }

    /** Returns the configuration of an image. */
    public static Configure configure(Image image, boolean boots) {
        return new Configure(image.name(), boots, image.recipes());
    }

    /** Returns the disk of an image. */
    public static WriteDisk disk(Image image, ByteSize size, ByteSize sectorSize) {
        return new WriteDisk(
                image.name(),
                image.release(),
                size,
                sectorSize,
                image.recipes().stream()
                        .flatMap(recipe -> recipe.datasets().stream())
                        .toList());
    }
}
