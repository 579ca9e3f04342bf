package dev.firstboot.image;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Which unit of an image waits for which at boot, as far as its recipes say: through first-boot steps and {@code After=} and {@code Before=} of their
 * units. Units that wait for each other would never start, or systemd would start one of them too early.
 */
final class Waits {
    private static final String READY = "firstboot-ready.target";

    /** Maps each unit to the units that wait for it. */
    private final Map<String, Set<String>> waiting = new LinkedHashMap<>();
    /** Units that are in no cycle. */
    private final Set<String> done = new HashSet<>();

    private Waits() {}

    /** Reports each cycle once, with all its members. */
    static void check(List<Recipe> recipes, Consumer<String> problems) {
        Waits waits = new Waits();
        recipes.forEach(waits::add);
        for (String unit : List.copyOf(waits.waiting.keySet())) {
            waits.follow(unit, new LinkedHashSet<>(), problems);
        }
    }

    private void add(Recipe recipe) {
        String previous = "";
        for (FirstBootStep step : recipe.steps()) {
            String unit = step.unitOf(recipe.name());
            if (!previous.isEmpty()) {
                order(previous, unit);
            }
            step.after().forEach(first -> order(first, unit));
            step.before().forEach(last -> order(unit, last));
            // Readiness waits for every step.
            order(unit, READY);
            previous = unit;
        }
        for (Unit unit : recipe.units()) {
            for (Unit.Setting setting : unit.settings()) {
                if (setting.section().equals("Unit") && setting.key().equals("After")) {
                    words(setting).forEach(first -> order(first, unit.name()));
                } else if (setting.section().equals("Unit") && setting.key().equals("Before")) {
                    words(setting).forEach(last -> order(unit.name(), last));
                }
            }
        }
    }

    private static List<String> words(Unit.Setting setting) {
        return setting.value().isBlank()
                ? List.of()
                : List.of(setting.value().strip().split("\\s+"));
    }

    private void order(String first, String last) {
        waiting.computeIfAbsent(first, unit -> new LinkedHashSet<>()).add(last);
    }

    private void follow(String unit, Set<String> way, Consumer<String> problems) {
        if (done.contains(unit)) {
            return;
        }
        if (!way.add(unit)) {
            List<String> circle = new ArrayList<>(way);
            circle = new ArrayList<>(circle.subList(circle.indexOf(unit), circle.size()));
            circle.add(unit);
            problems.accept("units wait for each other at boot: " + String.join(", before ", circle)
                    + "; drop one of these orders, or move a first-boot step that comes first forward");
            return;
        }
        waiting.getOrDefault(unit, Set.of()).forEach(last -> follow(last, way, problems));
        way.remove(unit);
        done.add(unit);
    }
}
