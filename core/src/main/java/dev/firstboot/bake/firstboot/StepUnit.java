package dev.firstboot.bake.firstboot;

import dev.firstboot.image.Digest;
import dev.firstboot.image.FirstBootStep;
import dev.firstboot.image.MachinePaths;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Unit;
import java.util.ArrayList;
import java.util.List;

/** The units that run the first-boot steps of one recipe. */
final class StepUnit {
    private static final int LONGEST_LABEL = 63;

    private StepUnit() {}

    /** Returns the name of a step's unit. */
    static String name(Recipe recipe, FirstBootStep step) {
        return step.unitOf(recipe.name());
    }

    /** Returns the units of all steps, and drop-ins that delay the services that wait for them. */
    static List<Unit> all(Recipe recipe) {
        List<Unit> units = new ArrayList<>();
        String previous = "";
        for (FirstBootStep step : recipe.steps()) {
            units.add(unit(recipe, step, previous));
            previous = name(recipe, step);
            String dropIn = Digest.shortened("05-firstboot-" + recipe.name() + "-" + step.name(), LONGEST_LABEL);
            for (String waiting : step.before()) {
                // Wants, not Requires: a service does not fail with a step, and starts the step
                // when someone starts the service alone.
                units.add(Unit.dropIn(waiting, dropIn)
                        .set("Unit", "Wants", previous)
                        .set("Unit", "After", previous));
            }
        }
        return units;
    }

    private static Unit unit(Recipe recipe, FirstBootStep step, String previous) {
        boolean once = step.when() == FirstBootStep.When.ONCE;
        String id = recipe.name() + " " + step.name();
        Unit unit = Unit.named(name(recipe, step))
                .set("Unit", "Description", "Firstboot: " + recipe.name() + ": " + step.name())
                .set("Unit", "Requires", "firstboot-secrets.service firstboot-render.service")
                .set("Unit", "After", "firstboot-secrets.service firstboot-render.service");
        if (!previous.isEmpty()) {
            unit = unit.set("Unit", "Wants", previous).set("Unit", "After", previous);
        }
        if (!step.after().isEmpty()) {
            unit = unit.set("Unit", "Wants", String.join(" ", step.after()))
                    .set("Unit", "After", String.join(" ", step.after()));
        }
        for (String waiting : step.before()) {
            unit = unit.set("Unit", "Before", waiting);
        }
        unit = unit.set("Unit", "Before", "firstboot-probe.service").set("Unit", "StartLimitIntervalSec", "0");
        if (once) {
            unit = unit.set(
                    "Unit", "ConditionPathExists", "!" + MachinePaths.DONE + "/" + recipe.name() + "." + step.name());
        }
        unit = unit.set("Service", "Type", "oneshot")
                .set("Service", "RemainAfterExit", "yes")
                .set("Service", "User", step.user())
                .set("Service", "Environment", "FIRSTBOOT_RECIPE=" + recipe.name())
                .set("Service", "Environment", "FIRSTBOOT_SECRETS=" + MachinePaths.SECRETS + "/" + recipe.name())
                .set(
                        "Service",
                        "Environment",
                        "FIRSTBOOT_STATE=" + MachinePaths.STATE + "/state/" + state(recipe, step))
                .set("Service", "StateDirectory", "firstboot/state/" + state(recipe, step))
                .set("Service", "StateDirectoryMode", "0700")
                .set(
                        "Service",
                        "ExecStart",
                        "/usr/lib/firstboot/run-step " + id + " "
                                + Math.max(1, step.timeout().toSeconds()));
        if (once) {
            unit = unit.set("Service", "ExecStartPost", "+/usr/lib/firstboot/stamp " + id);
        }
        return unit.set("Service", "TimeoutStartSec", "infinity")
                .set("Service", "Restart", "on-failure")
                .set("Service", "RestartSec", "1")
                .set("Install", "WantedBy", "multi-user.target");
    }

    private static String state(Recipe recipe, FirstBootStep step) {
        return recipe.name() + "." + step.name();
    }
}
