package dev.firstboot.bake;

import dev.firstboot.plan.BakePlan;

/**
 * One run of a bakery.
 *
 * @param plan the steps
 * @param settings the settings shared by all bakes of the bakery
 * @param events receives the events
 * @param tasks the tasks that are cancelled together
 */
record BakeRun(BakePlan plan, BakerySettings settings, EventSink events, TaskGroup tasks) {
    BakeRun(BakePlan plan, BakerySettings settings, EventSink events) {
        this(plan, settings, events, new TaskGroup());
    }
}
