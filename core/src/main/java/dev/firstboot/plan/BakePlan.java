package dev.firstboot.plan;

import dev.firstboot.image.ByteSize;
import dev.firstboot.image.Digest;
import dev.firstboot.image.Image;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ordered steps that bake one image into one target. A step reads only from earlier steps; steps that do not read from each other may run in
 * parallel. Printing a plan is the dry run.
 */
public final class BakePlan {
    private static final int SHOWN_PARAMETERS = 6;

    private final Image image;
    private final String target;
    private final List<Step> steps;
    private final String versionRule;
    private final @Nullable Instant versionsOf;

    private BakePlan(Image image, String target, List<Step> steps, String versionRule, @Nullable Instant versionsOf) {
        this.image = Objects.requireNonNull(image, "image");
        this.target = Objects.requireNonNull(target, "target");
        this.steps = List.copyOf(steps);
        this.versionRule = versionRule;
        this.versionsOf = versionsOf;
    }

    /**
     * Returns the steps that make a bootable disk from an image.
     *
     * @param size the disk's size as the machine sees it
     * @param sectorSize the disk's logical sector size: 512 bytes or 4 KiB
     * @param target what it becomes and where it goes, for display
     * @throws IllegalArgumentException if {@link Disk} would reject the sizes
     * @throws dev.firstboot.image.InvalidImageException if datasets of the image cannot be written into a pool; it names each of them
     */
    public static BakePlan ofDisk(Image image, ByteSize size, ByteSize sectorSize, String target) {
        Disk.requireSizes(size, sectorSize);
        PoolProperties.check(image);
        PlanBuilder plan = new PlanBuilder()
                .add(Works.resolve(image, true))
                .add(new InstallRootfs(Works.packages(image)))
                .add(BuildModules.of(image.release(), image.backports()))
                .add(Works.system(image))
                .add(Works.configure(image, true))
                .add(Works.disk(image, size, sectorSize));
        return new BakePlan(image, target, plan.steps(), "", null);
    }

    /**
     * Returns the steps that make a tar archive of an image's whole file system, for containers.
     *
     * @param target what it becomes and where it goes, for display
     */
    public static BakePlan ofArchive(Image image, String target) {
        PlanBuilder plan = new PlanBuilder()
                .add(Works.resolve(image, false))
                .add(new InstallRootfs(Works.packages(image)))
                .add(Works.configure(image, false))
                .add(new MergeArchive());
        return new BakePlan(image, target, plan.steps(), "", null);
    }

    /** Returns what the image becomes and where it goes, for display. */
    public String target() {
        return target;
    }

    /** Returns which output of which step is the result. */
    public Input result() {
        Step last = steps.get(steps.size() - 1);
        return new Input(last.name(), last.outputs().get(0));
    }

    /**
     * Returns a copy with what a bakery knows about package versions. The copy still equals this plan: the work is the same.
     *
     * @param rule which versions may be taken, such as "at most one day old"
     * @param date when the versions to be used were queried; null if they are yet to be queried
     */
    public BakePlan withVersions(String rule, @Nullable Instant date) {
        return new BakePlan(image, target, steps, rule, date);
    }

    /** Returns when the versions to be used were queried; empty if they are yet to be queried, or if no bakery made this plan. */
    public Optional<Instant> versionsOf() {
        return Optional.ofNullable(versionsOf);
    }

    public Image image() {
        return image;
    }

    /** Returns the steps, in an order in which they can run one after the other. */
    public List<Step> steps() {
        return steps;
    }

    /** Returns the step of this name, if the plan has it. */
    public Optional<Step> step(String name) {
        return steps.stream().filter(step -> step.name().equals(name)).findFirst();
    }

    /** Returns the digest of the last step, which covers all the work. */
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

    /** Returns the numbered steps, with the first parameters of each. */
    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder("Plan for " + image.name() + " (" + image.release() + ") → " + target + "\n");
        int number = 1;
        for (Step step : steps) {
            text.append(String.format(
                    "%2d. %-10s %s  %s%n", number++, step.name(), step.digest().abbreviated(), step.title()));
            if (step.name().equals(Steps.RESOLVE) && !versionRule.isEmpty()) {
                text.append("      versions ").append(versionRule).append(": ");
                text.append(versionsOf == null ? "none is kept" : "kept since " + versionsOf)
                        .append('\n');
            }
            List<String> parameters = step.parameters();
            parameters.stream()
                    .limit(SHOWN_PARAMETERS)
                    .forEach(
                            parameter -> text.append("      ").append(parameter).append('\n'));
            int hidden = parameters.size() - SHOWN_PARAMETERS;
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
