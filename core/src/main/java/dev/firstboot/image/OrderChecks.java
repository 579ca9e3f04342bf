package dev.firstboot.image;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Finds first-boot steps that wait for each other or share a unit, and units that recipes want in different states. */
final class OrderChecks {
    private record Wish(Unit.State state, String recipe) {}

    private OrderChecks() {}

    /** Reports every problem, in recipe order. */
    static void check(List<Recipe> recipes, Consumer<String> problems) {
        Map<String, String> steps = new HashMap<>();
        Map<String, Wish> wishes = new HashMap<>();
        for (Recipe recipe : recipes) {
            for (FirstBootStep step : recipe.steps()) {
                String whose = recipe.name() + "/" + step.name();
                String unit = step.unitOf(recipe.name());
                String other = steps.putIfAbsent(unit, whose);
                if (other != null && !other.equals(whose)) {
                    problems.accept("first-boot steps " + other + " and " + whose + " would both be " + unit
                            + "; give one of them another name");
                }
            }
            recipe.units().stream()
                    .filter(unit -> unit.state() != Unit.State.UNCHANGED)
                    .forEach(unit -> state(unit, recipe, wishes, problems));
        }
        Waits.check(recipes, problems);
    }

    private static void state(Unit unit, Recipe recipe, Map<String, Wish> wishes, Consumer<String> problems) {
        Wish before = wishes.putIfAbsent(unit.name(), new Wish(unit.state(), recipe.name()));
        if (before != null && before.state() != unit.state()) {
            problems.accept("unit " + unit.name() + " is to be " + before.state() + " for " + before.recipe() + ", but "
                    + unit.state() + " for " + recipe.name());
        }
    }
}
