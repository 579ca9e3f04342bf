package dev.firstboot.bake.step;

import dev.firstboot.bake.code.CodeFingerprint;
import dev.firstboot.plan.Work;
import java.io.IOException;

/**
 * Runs one kind of step. Reads the inputs and writes every output that the step names, or throws; then its partial output is discarded. When its
 * thread is interrupted, it ends everything it started and throws. Stateless, thread-safe.
 *
 * @param <W> the instructions of its steps
 */
public interface StepRunner<W extends Work> {
    /** Returns the type of {@code W}. */
    Class<W> type();

    /** Runs the step. All its instructions are in the record; nothing else in the image may affect the result. */
    void run(W work, StepContext context) throws IOException, InterruptedException;

    /**
     * Returns what affects the result besides the work and its inputs: the code that runs the step, and the scripts that it ships. Results made under
     * another fingerprint are not reused.
     */
    default String fingerprint() {
        return CodeFingerprint.of(getClass());
    }
}
