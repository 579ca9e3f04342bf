package dev.firstboot.plan;

import dev.firstboot.image.Digest;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects steps and computes their digests. */
final class PlanBuilder {
    private final Map<String, Step> steps = new LinkedHashMap<>();

    PlanBuilder add(Work work) {
        MessageDigest sha256 = Step.begun(work);
        for (Input input : work.inputs()) {
            Step source = steps.get(input.step());
            if (source == null || !source.outputs().contains(input.output())) {
                throw new IllegalStateException(
                        "step " + work.step() + " reads " + input + ", which no earlier step makes");
            }
            Step.update(sha256, input + " " + source.digest());
        }
        steps.put(work.step(), new Step(work, Digest.of(sha256.digest())));
        return this;
    }

    /** Returns the steps in the order in which they were added. */
    List<Step> steps() {
        return List.copyOf(steps.values());
    }
}
