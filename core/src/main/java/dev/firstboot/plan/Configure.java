package dev.firstboot.plan;

import dev.firstboot.image.Recipe;
import java.util.List;
import java.util.Objects;

/**
 * Builds the overlay that an image puts on top of its packages.
 *
 * @param name the host name
 * @param boots whether the machine boots by itself; a container does not
 * @param recipes what goes into the overlay, except packages, which are installed already
 */
public record Configure(String name, boolean boots, List<Recipe> recipes) implements Work {
    public Configure {
        Objects.requireNonNull(name, "name");
        recipes = List.copyOf(recipes);
    }

    @Override
    public String step() {
        return Steps.CONFIGURE;
    }

    @Override
    public String title() {
        return "lay out users, files, units and the first boot; look for secrets and for files that nothing explains";
    }

    /** Returns the tree that the overlay goes on top of. */
    public Input system() {
        return boots ? new Input(Steps.SYSTEM, Steps.SYSTEM_TAR) : new Input(Steps.ROOTFS, Steps.ROOTFS_TAR);
    }

    @Override
    public List<Input> inputs() {
        return List.of(system(), new Input(Steps.RESOLVE, Steps.PRIVATE_LOCK));
    }

    @Override
    public List<String> outputs() {
        return List.of(Steps.OVERLAY_TAR, Steps.REMOVALS);
    }
}
