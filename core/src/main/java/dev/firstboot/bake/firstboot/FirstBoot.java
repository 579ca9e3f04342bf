package dev.firstboot.bake.firstboot;

import dev.firstboot.image.Download;
import dev.firstboot.plan.Configure;
import java.nio.file.Path;
import java.util.function.Function;

/** Turns an image and its installed system into what is laid over that system. */
public final class FirstBoot {
    private FirstBoot() {}

    /**
     * Lays the image out.
     *
     * @param layout begun with the installed system
     * @param fetched where each download lies on the host
     * @throws LayoutException if a recipe does not fit the system; the message names recipe and thing
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
