package dev.firstboot.bake;

import dev.firstboot.bake.cache.Entry;
import dev.firstboot.bake.step.PinnedVersions;
import dev.firstboot.bake.step.StepRunner;
import dev.firstboot.image.Digest;
import dev.firstboot.plan.Input;
import dev.firstboot.plan.Step;
import dev.firstboot.plan.Steps;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Computes the cache keys for results of steps. */
final class StepKeys {
    private final Map<String, StepRunner<?>> runners;
    private final @Nullable PinnedVersions pinned;

    StepKeys(Map<String, StepRunner<?>> runners, @Nullable PinnedVersions pinned) {
        this.runners = runners;
        this.pinned = pinned;
    }

    /**
     * Returns the keys under which to look for a result; a new result is stored under the last. Pinned versions that must be looked up in the archive
     * are kept apart from those that the archive offered by itself.
     */
    List<Digest> of(Step step, Function<Input, Entry> entries) {
        List<String> parts = parts(step, entries);
        if (pinned == null || !step.name().equals(Steps.RESOLVE)) {
            return List.of(digest(parts));
        }
        List<String> apart = new ArrayList<>(parts);
        apart.add("pinned " + pinned.suite() + " " + pinned.byName());
        return List.of(digest(parts), digest(apart));
    }

    /** Returns what decides the result: the step's own instructions, the code that runs it, and the exact bytes it reads. */
    private List<String> parts(Step step, Function<Input, Entry> entries) {
        List<String> parts = new ArrayList<>();
        parts.add(step.ownDigest().hex());
        parts.add(runner(step).fingerprint());
        step.inputs()
                .forEach(input -> parts.add(input + " " + entries.apply(input).digest(input.output())));
        return parts;
    }

    private static Digest digest(List<String> parts) {
        MessageDigest sha256 = Digest.newSha256();
        parts.forEach(part -> sha256.update((part + "\n").getBytes(StandardCharsets.UTF_8)));
        return Digest.of(sha256.digest());
    }

    StepRunner<?> runner(Step step) {
        StepRunner<?> runner = runners.get(step.name());
        if (runner == null) {
            throw new IllegalStateException("nothing knows how to carry out step " + step.name());
        }
        return runner;
    }
}
