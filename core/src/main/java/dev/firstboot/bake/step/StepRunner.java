package dev.firstboot.bake.step;

import java.io.IOException;

/**
 * Carries out one kind of step. Reads the inputs and writes every output that the step names, or throws; what it wrote until then is thrown away.
 * When its thread is interrupted it ends all that it started and throws. Stateless, thread-safe.
 */
public interface StepRunner {
    /** Does the work. */
    void run(StepContext context) throws IOException, InterruptedException;

    /**
     * What beside parameters and inputs decides the result: a version of this code, or a digest of the scripts it ships. Results made under another
     * fingerprint are not used again.
     */
    String fingerprint();
}
