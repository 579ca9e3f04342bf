package dev.firstboot.bake.step;

import dev.firstboot.plan.Input;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a runner is given for one step beside the step's work.
 *
 * @param inputs where the outputs of earlier steps are, checked against their digests; read-only
 * @param outputs where to write each output
 * @param scratch an empty directory for anything else, on the same file system; removed afterwards
 * @param host what there is to know of the host
 * @param reporter hears how far the step is
 */
public record StepContext(
        Map<Input, Path> inputs, Map<String, Path> outputs, Path scratch, HostSettings host, StepReporter reporter) {
    public StepContext {
        inputs = Map.copyOf(inputs);
        outputs = Map.copyOf(outputs);
    }

    /** The file of an output of an earlier step, which the plan lets this step read. */
    public Path input(String stepName, String outputName) {
        return input(new Input(stepName, outputName));
    }

    /** The same. */
    public Path input(Input input) {
        Path path = inputs.get(input);
        if (path == null) {
            throw new IllegalArgumentException("the plan does not let this step read " + input);
        }
        return path;
    }

    /** Where to write the output of this name. */
    public Path output(String name) {
        Path path = outputs.get(name);
        if (path == null) {
            throw new IllegalArgumentException("the plan does not let this step write " + name);
        }
        return path;
    }
}
