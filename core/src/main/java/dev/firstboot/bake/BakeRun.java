package dev.firstboot.bake;

import dev.firstboot.plan.BakePlan;

/**
 * One run of a bakery: what is to be done, and with what.
 *
 * @param plan the steps
 * @param settings what the bakery gives to each of its bakes
 * @param events where to tell what happens
 * @param tasks what is cancelled together
 */
record BakeRun(BakePlan plan, BakerySettings settings, EventSink events, TaskGroup tasks) {
    BakeRun(BakePlan plan, BakerySettings settings, EventSink events) {
        this(plan, settings, events, new TaskGroup());
    }
}
