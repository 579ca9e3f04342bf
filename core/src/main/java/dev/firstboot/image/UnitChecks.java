package dev.firstboot.image;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Finds units of recipes that systemd would not load because they lack a required setting. */
final class UnitChecks {
    private record Required(String section, Predicate<String> keys, String example) {}

    private static final Map<String, Required> NEEDS = Map.of(
            "service", new Required("Service", "ExecStart"::equals, "ExecStart="),
            "socket", new Required("Socket", key -> key.startsWith("Listen"), "ListenStream="),
            "timer", new Required("Timer", key -> key.startsWith("On"), "OnCalendar="),
            "path",
                    new Required(
                            "Path", key -> key.startsWith("Path") || key.equals("DirectoryNotEmpty"), "PathExists="),
            "mount", new Required("Mount", "What"::equals, "What="));

    /** With one of these, a service does not need ExecStart: systemd.service(5). */
    private static final List<String> INSTEAD = List.of("ExecStop", "SuccessAction");

    private UnitChecks() {}

    /** Reports every problem, in recipe order. Settings in drop-ins of any recipe count. */
    static void check(List<Recipe> recipes, Consumer<String> problems) {
        Map<String, List<Unit.Setting>> settings = new LinkedHashMap<>();
        Map<String, String> owners = new LinkedHashMap<>();
        for (Recipe recipe : recipes) {
            for (Unit unit : recipe.units()) {
                settings.computeIfAbsent(unit.name(), name -> new ArrayList<>()).addAll(unit.settings());
                if (unit.dropIn().isEmpty() && !unit.settings().isEmpty()) {
                    owners.putIfAbsent(unit.name(), recipe.name());
                }
            }
        }
        owners.forEach((unit, owner) -> {
            Required need = NEEDS.get(unit.substring(unit.lastIndexOf('.') + 1));
            if (need != null && !isMet(need, settings.getOrDefault(unit, List.of()))) {
                problems.accept("unit " + unit + " of " + owner + " has no " + need.example()
                        + ", and systemd would not load it; set(\"" + need.section() + "\", \""
                        + need.example().replace("=", "")
                        + "\", ...), or Unit.dropIn(...) to change a unit of a package");
            }
        });
    }

    private static boolean isMet(Required need, List<Unit.Setting> settings) {
        return settings.stream()
                .filter(setting -> !setting.value().isBlank())
                .anyMatch(setting ->
                        (setting.section().equals(need.section()) && need.keys().test(setting.key()))
                                || INSTEAD.contains(setting.key()));
    }
}
