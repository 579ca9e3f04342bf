package dev.firstboot.image;

import com.google.errorprone.annotations.CheckReturnValue;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * A script that the machine runs when it boots. It must be idempotent: power may fail at any moment, and the script then runs again from its
 * beginning. The steps of a recipe run one after the other, in order, after the secrets and templates are written. A step that fails is retried until
 * it succeeds; readiness waits for it.
 *
 * @param name the step's name within its recipe
 * @param script the text of an executable script, with its {@code #!} line
 * @param user the user it runs as
 * @param when how often it runs
 * @param after units started before the step, such as that of a database that the recipe needs
 * @param before units that wait for the step, if they are started at all
 * @param timeout the time limit of one try
 */
@CheckReturnValue
@SuppressWarnings("exports") // the annotation is for the compiler alone
public record FirstBootStep(
        String name, String script, String user, When when, List<String> after, List<String> before, Duration timeout) {
    private static final Duration USUAL = Duration.ofMinutes(5);

    public FirstBootStep {
        Names.label("step name", name);
        if (!Objects.requireNonNull(script, "script").startsWith("#!")) {
            throw new IllegalArgumentException(
                    "the script of step " + name + " must begin with '#!', such as #!/bin/sh");
        }
        Names.unixName("user of step " + name, user);
        Objects.requireNonNull(when, "when");
        after = List.copyOf(Objects.requireNonNull(after, "after"));
        before = List.copyOf(Objects.requireNonNull(before, "before"));
        after.forEach(Unit::requireName);
        before.forEach(Unit::requireName);
        if (Objects.requireNonNull(timeout, "timeout").isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout " + timeout + " of step " + name + " must be positive");
        }
    }

    /** Returns the name of the unit that runs this step in the recipe of that name. */
    public String unitOf(String recipe) {
        return unit(recipe, name);
    }

    /** Returns the name of the unit that runs a step, from the names of recipe and step. */
    public static String unit(String recipe, String step) {
        return "firstboot-" + Objects.requireNonNull(recipe, "recipe") + "-" + Objects.requireNonNull(step, "step")
                + ".service";
    }

    /** How often a step runs. */
    public enum When {
        /** Until it has succeeded once. */
        ONCE,
        /** At each boot. */
        EVERY_BOOT
    }

    /** Returns a step that runs as root until it has succeeded once. */
    public static FirstBootStep script(String name, String script) {
        return new FirstBootStep(name, script, "root", When.ONCE, List.of(), List.of(), USUAL);
    }

    public FirstBootStep user(String newUser) {
        return new FirstBootStep(name, script, newUser, when, after, before, timeout);
    }

    public FirstBootStep everyBoot() {
        return new FirstBootStep(name, script, user, When.EVERY_BOOT, after, before, timeout);
    }

    public FirstBootStep after(String... units) {
        return new FirstBootStep(
                name, script, user, when, List.of(Objects.requireNonNull(units, "units")), before, timeout);
    }

    public FirstBootStep before(String... units) {
        return new FirstBootStep(
                name, script, user, when, after, List.of(Objects.requireNonNull(units, "units")), timeout);
    }

    public FirstBootStep timeout(Duration newTimeout) {
        return new FirstBootStep(name, script, user, when, after, before, newTimeout);
    }
}
