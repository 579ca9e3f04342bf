package dev.firstboot.bake.step;

import dev.firstboot.image.Image;
import dev.firstboot.plan.Step;
import dev.firstboot.plan.Step.Input;
import java.nio.file.Path;
import java.util.Map;

/**
 * All that a runner is given for one step.
 *
 * @param image what is baked
 * @param step the step to carry out
 * @param inputs where the outputs of earlier steps are, checked against their digests; read-only
 * @param outputs directory in which the step writes its outputs under their names
 * @param scratch an empty directory for anything else, on the same file system; removed afterwards
 * @param host what there is to know of the host
 * @param reporter hears how far the step is
 */
public record StepContext(
        Image image,
        Step step,
        Map<Input, Path> inputs,
        Path outputs,
        Path scratch,
        HostSettings host,
        StepReporter reporter) {
    public StepContext {
        inputs = Map.copyOf(inputs);
    }

    /** The file of an output of an earlier step, which the plan lets this step read. */
    public Path input(String stepName, String outputName) {
        Path path = inputs.get(new Input(stepName, outputName));
        if (path == null) {
            throw new IllegalArgumentException(
                    "the plan does not let step " + step.name() + " read " + stepName + "/" + outputName);
        }
        return path;
    }

    /** Where to write the output of this name. */
    public Path output(String name) {
        if (!step.outputs().contains(name)) {
            throw new IllegalArgumentException("the plan does not let step " + step.name() + " write " + name);
        }
        return outputs.resolve(name);
    }
}
