package dev.firstboot.bake.firstboot;

import dev.firstboot.image.Download;
import dev.firstboot.plan.Configure;
import java.nio.file.Path;
import java.util.function.Function;

/** Turns an image and its installed system into the overlay for that system. */
public final class FirstBoot {
    private FirstBoot() {}

    /**
     * Lays the image out.
     *
     * @param layout started with the installed system
     * @param fetched the path of each download on the host
     * @throws LayoutException if a recipe does not fit the system; the message names the recipe and what does not fit
     */
    public static void layOut(Configure image, Layout layout, Function<Download, Path> fetched) {
        RecipeFiles files = new RecipeFiles(layout);
        UnitStates states = new UnitStates(layout);
        RecipeUnits units = new RecipeUnits(layout, states);

        Scrub.layOut(layout);
        image.recipes().forEach(files::removals);
        files.users(image);
        BaseSystem.layOut(image, layout);
        EngineFiles.layOut(image, layout);
        Identities.layOut(layout);
        if (image.boots()) {
            DiskSystem.layOut(layout);
        }
        image.recipes().forEach(recipe -> files.files(recipe, fetched));
        units.files(image);

        BaseSystem.states(states);
        EngineFiles.UNITS.forEach(states::enable);
        Identities.units(layout).forEach(states::enable);
        if (image.boots()) {
            DiskSystem.states(states);
        }
        units.states(image);
        states.writePreset();
        Programs.check(image, layout);
        layout.accounts().writeTo(layout.overlay());
    }
}
