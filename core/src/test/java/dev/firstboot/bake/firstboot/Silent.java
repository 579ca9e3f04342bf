package dev.firstboot.bake.firstboot;

import dev.firstboot.bake.step.StepReporter;

/** Hears and says nothing. */
public final class Silent implements StepReporter {
    @Override
    public void bytes(long done, long total) {}

    @Override
    public void items(long done, long total) {}

    @Override
    public void toolOutput(String line) {}
}
