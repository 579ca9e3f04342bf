package dev.firstboot.bake;

import dev.firstboot.bake.cache.Entry;
import dev.firstboot.bake.cache.StepCache;
import dev.firstboot.image.Digest;
import dev.firstboot.plan.Input;
import dev.firstboot.plan.Step;
import dev.firstboot.plan.Steps;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Looks up cached results: for the step resolve only those that the bakery's version rule allows, for any other step every one. */
final class Lookup {
    private final StepCache cache;
    private final StepKeys keys;
    private final VersionRule versions;
    private final Clock clock;
    private final Instant begin;

    /** Creates the lookup for a bake that starts now. */
    Lookup(BakerySettings settings) {
        cache = settings.cache();
        keys = new StepKeys(settings.runners(), settings.host().pinnedOrNull());
        versions = settings.versions();
        clock = settings.host().clock();
        begin = clock.instant();
    }

    StepKeys keys() {
        return keys;
    }

    /** Returns a cached result of {@code step}; {@code entries} are those of the steps before it. */
    Optional<Entry> find(Step step, Function<Input, Entry> entries) throws IOException {
        for (Digest key : keys.of(step, entries)) {
            Optional<Entry> found = cache.find(step.name(), key, entry -> mayBeTaken(step, entry));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Returns a cached result, or makes it under the step's last key if there is none. */
    Entry make(Step step, Function<Input, Entry> entries, StepCache.Making making)
            throws IOException, InterruptedException {
        List<Digest> all = keys.of(step, entries);
        return cache.make(
                step.name(), all.get(all.size() - 1), step.outputs(), entry -> mayBeTaken(step, entry), making);
    }

    private boolean mayBeTaken(Step step, Entry entry) {
        if (!step.name().equals(Steps.RESOLVE)) {
            return true;
        }
        try {
            return versions.allows(ResolvedVersions.read(entry), begin, clock.instant());
        } catch (IOException damaged) {
            return false;
        }
    }
}
