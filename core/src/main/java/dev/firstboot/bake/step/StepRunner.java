package dev.firstboot.bake.step;

import dev.firstboot.bake.code.CodeFingerprint;
import dev.firstboot.plan.Work;
import java.io.IOException;

/**
 * Carries out one kind of step. Reads the inputs and writes every output that the step names, or throws; what it wrote until then is thrown away.
 * When its thread is interrupted it ends all that it started and throws. Stateless, thread-safe.
 *
 * @param <W> what its steps are told
 */
public interface StepRunner<W extends Work> {
    /** The type of {@code W}. */
    Class<W> type();

    /** Does the work. All that the work tells is in its record; nothing else of the image may decide the result. */
    void run(W work, StepContext context) throws IOException, InterruptedException;

    /**
     * What beside the work and its inputs decides the result: the code that carries the step out, and the scripts that it ships. Results made under another
     * fingerprint are not used again.
     */
    default String fingerprint() {
        return CodeFingerprint.of(getClass());
    }
}
