package dev.firstboot.plan;

import dev.firstboot.image.Digest;
import dev.firstboot.image.Image;
import dev.firstboot.plan.Step.Input;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects steps and works out their digests. */
final class PlanBuilder {
    private final Map<String, Step> steps = new LinkedHashMap<>();

    PlanBuilder add(String name, String title, List<String> parameters, List<Input> inputs, List<String> outputs) {
        MessageDigest sha256 = Digest.newSha256();
        Step.update(sha256, name);
        parameters.forEach(parameter -> Step.update(sha256, parameter));
        for (Input input : inputs) {
            Step source = steps.get(input.step());
            if (source == null || !source.outputs().contains(input.output())) {
                throw new IllegalStateException("step " + name + " reads " + input + ", which no earlier step makes");
            }
            Step.update(sha256, input + " " + source.digest());
        }
        steps.put(name, new Step(name, title, parameters, inputs, outputs, Digest.of(sha256.digest())));
        return this;
    }

    BakePlan build(Image image, String target) {
        return new BakePlan(image, target, new ArrayList<>(steps.values()));
    }
}
