package dev.firstboot.bake.firstboot;

import dev.firstboot.image.Recipe;
import dev.firstboot.image.Unit;
import dev.firstboot.plan.Configure;

/** Writes the unit files and drop-ins of the recipes, and sets which units start at boot. */
final class RecipeUnits {
    private final Layout layout;
    private final UnitStates states;

    RecipeUnits(Layout layout, UnitStates states) {
        this.layout = layout;
        this.states = states;
    }

    /** Writes all files first, because a unit of one recipe may be named in another's [Install]. */
    void files(Configure image) {
        for (Recipe recipe : image.recipes()) {
            recipe.units().forEach(this::write);
            StepUnit.all(recipe).forEach(this::write);
        }
    }

    void states(Configure image) {
        for (Recipe recipe : image.recipes()) {
            for (Unit unit : recipe.units()) {
                apply(recipe, unit);
            }
            recipe.steps().forEach(step -> states.enable(StepUnit.name(recipe, step)));
        }
    }

    /** Returns whether a unit of this kind comes from a file, and not from a SysV script or from systemd itself. */
    private boolean isFromFile(String unit) {
        return unit.matches(".*\\.(service|socket|timer|path)")
                && !layout.isThere("/etc/init.d/" + unit.replaceFirst("\\.service$", ""));
    }

    private void write(Unit unit) {
        if (!unit.settings().isEmpty()) {
            String file = unit.dropIn().isEmpty() ? unit.name() : unit.name() + ".d/" + unit.dropIn() + ".conf";
            layout.text(UnitFiles.ETC + "/" + file, 0644, unit.text());
        }
    }

    private void apply(Recipe recipe, Unit unit) {
        if (unit.state() == Unit.State.UNCHANGED) {
            if (!unit.dropIn().isEmpty() && isFromFile(unit.name()) && !states.exists(unit.name())) {
                throw new LayoutException("drop-in " + unit.dropIn() + " of " + recipe.name() + " is for unit "
                        + unit.name() + ", which is not in the image; check the name, or add the package");
            }
            return;
        }
        if (unit.state() != Unit.State.MASKED && !states.exists(unit.name())) {
            throw new LayoutException("unit " + unit.name() + " of " + recipe.name()
                    + " is not in the image: no package ships it; check the name, or add the package");
        }
        boolean own = unit.dropIn().isEmpty() && !unit.settings().isEmpty();
        switch (unit.state()) {
            case ENABLED -> {
                if (!own && !states.canBeEnabled(unit.name())) {
                    throw new LayoutException("unit " + unit.name() + " of " + recipe.name()
                            + " cannot be enabled: its file does not say what would start it ([Install]); name it in Wants= of"
                            + " another unit");
                }
                states.enable(unit.name());
            }
            case DISABLED -> states.disable(unit.name());
            case MASKED -> states.mask(unit.name());
            default -> throw new IllegalStateException("unknown state " + unit.state());
        }
    }
}
