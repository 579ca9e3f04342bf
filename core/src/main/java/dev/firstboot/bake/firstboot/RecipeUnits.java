package dev.firstboot.bake.firstboot;

import dev.firstboot.image.FirstBootStep;
import dev.firstboot.image.Image;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Unit;
import java.util.HashMap;
import java.util.Map;

/** Writes the unit files and drop-ins of the recipes, and sees to what is started at boot. */
final class RecipeUnits {
    private record Claim(Unit.State state, String recipe) {}

    private final Layout layout;
    private final UnitStates states;
    private final Map<String, Claim> claims = new HashMap<>();

    RecipeUnits(Layout layout, UnitStates states) {
        this.layout = layout;
        this.states = states;
    }

    /** Writes all files first: a unit of one recipe may be named in another's [Install]. */
    void files(Image image) {
        Map<String, String> steps = new HashMap<>();
        for (Recipe recipe : image.recipes()) {
            for (FirstBootStep step : recipe.steps()) {
                String whose = recipe.name() + "/" + step.name();
                String other = steps.putIfAbsent(StepUnit.name(recipe, step), whose);
                if (other != null) {
                    throw new LayoutException("first-boot steps " + other + " and " + whose + " would both be "
                            + StepUnit.name(recipe, step) + "; give one of them another name");
                }
            }
            recipe.units().forEach(this::write);
            StepUnit.all(recipe).forEach(this::write);
        }
    }

    void states(Image image) {
        for (Recipe recipe : image.recipes()) {
            for (Unit unit : recipe.units()) {
                apply(recipe, unit);
            }
            recipe.steps().forEach(step -> states.enable(StepUnit.name(recipe, step)));
        }
    }

    /** Whether a unit of this kind comes from a file, and not from a script of the old kind or from systemd itself. */
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
        Claim before = claims.putIfAbsent(unit.name(), new Claim(unit.state(), recipe.name()));
        if (before != null && before.state() != unit.state()) {
            throw new LayoutException("unit " + unit.name() + " is to be " + before.state() + " for " + before.recipe()
                    + ", but " + unit.state() + " for " + recipe.name());
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
