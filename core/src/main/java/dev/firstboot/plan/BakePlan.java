package dev.firstboot.plan;

import dev.firstboot.image.Digest;
import dev.firstboot.image.Image;
import java.util.List;
import java.util.Optional;

/**
 * The ordered steps that make one image into one target. A step reads only from steps before it; steps that do not read from each other may run
 * side by side. Printing a plan is the dry run.
 */
public final class BakePlan {
    private static final int SHOWN_PARAMETERS = 6;

    private final Image image;
    private final String target;
    private final List<Step> steps;

    BakePlan(Image image, String target, List<Step> steps) {
        this.image = image;
        this.target = target;
        this.steps = List.copyOf(steps);
    }

    public Image image() {
        return image;
    }

    /** The steps, in an order in which they can run one after the other. */
    public List<Step> steps() {
        return steps;
    }

    /** The step of this name, if the plan has it. */
    public Optional<Step> step(String name) {
        return steps.stream().filter(step -> step.name().equals(name)).findFirst();
    }

    /** The digest of the last step, and so of all there is to do. */
    public Digest digest() {
        return steps.get(steps.size() - 1).digest();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BakePlan that
                && image.equals(that.image)
                && target.equals(that.target)
                && steps.equals(that.steps);
    }

    @Override
    public int hashCode() {
        return steps.hashCode();
    }

    /** The numbered steps, with the first parameters of each. */
    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder("Plan for " + image.name() + " (" + image.release() + ") → " + target + "\n");
        int number = 1;
        for (Step step : steps) {
            text.append(String.format(
                    "%2d. %-10s %s  %s%n", number++, step.name(), step.digest().abbreviated(), step.title()));
            step.parameters().stream()
                    .limit(SHOWN_PARAMETERS)
                    .forEach(
                            parameter -> text.append("      ").append(parameter).append('\n'));
            int hidden = step.parameters().size() - SHOWN_PARAMETERS;
            if (hidden > 0) {
                text.append("      … and ").append(hidden).append(" more\n");
            }
            if (!step.inputs().isEmpty()) {
                text.append("      reads ").append(step.inputs()).append('\n');
            }
        }
        return text.toString();
    }
}
