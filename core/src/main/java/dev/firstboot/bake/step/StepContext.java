package dev.firstboot.bake.step;

import dev.firstboot.plan.Input;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a runner gets for one step besides the step's work.
 *
 * @param inputs where the outputs of earlier steps are, checked against their digests; read-only
 * @param outputs where to write each output
 * @param scratch an empty directory for anything else, on the same file system; removed afterwards
 * @param host what is known about the host
 * @param reporter receives step progress
 */
public record StepContext(
        Map<Input, Path> inputs, Map<String, Path> outputs, Path scratch, HostSettings host, StepReporter reporter) {
    public StepContext {
        inputs = Map.copyOf(inputs);
        outputs = Map.copyOf(outputs);
    }

    /** Returns the file of an earlier step's output, which the plan lets this step read. */
    public Path input(String stepName, String outputName) {
        return input(new Input(stepName, outputName));
    }

    /** Returns the same. */
    public Path input(Input input) {
        Path path = inputs.get(input);
        if (path == null) {
            throw new IllegalArgumentException("the plan does not let this step read " + input);
        }
        return path;
    }

    /** Returns where to write the output of this name. */
    public Path output(String name) {
        Path path = outputs.get(name);
        if (path == null) {
            throw new IllegalArgumentException("the plan does not let this step write " + name);
        }
        return path;
    }
}
