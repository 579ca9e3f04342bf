package dev.firstboot.bake;

import dev.firstboot.bake.cache.Entry;
import dev.firstboot.bake.cache.StepCache;
import dev.firstboot.bake.step.HostSettings;
import dev.firstboot.bake.step.StepContext;
import dev.firstboot.bake.step.StepRunner;
import dev.firstboot.image.Digest;
import dev.firstboot.plan.BakePlan;
import dev.firstboot.plan.Step;
import dev.firstboot.plan.Step.Input;
import dev.firstboot.plan.Steps;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * One plan being carried out. Each step waits for those it reads from and for no other. What a step would make is looked up before its inputs are
 * opened; only a step that really runs has them checked against their digests, and remade if they are not what they were.
 */
final class PlanRun {
    private final BakePlan plan;
    private final Map<String, StepRunner> runners;
    private final StepCache cache;
    private final HostSettings host;
    private final EventSink events;
    private final TaskGroup tasks;
    private final Failures failures;
    private final boolean refreshPackages;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final CompletableFuture<BakeException> firstFailure = new CompletableFuture<>();
    private final Set<Path> known = ConcurrentHashMap.newKeySet();

    PlanRun(
            BakePlan plan,
            Map<String, StepRunner> runners,
            StepCache cache,
            HostSettings host,
            EventSink events,
            TaskGroup tasks,
            Failures failures,
            boolean refreshPackages) {
        this.plan = plan;
        this.runners = runners;
        this.cache = cache;
        this.host = host;
        this.events = events;
        this.tasks = tasks;
        this.failures = failures;
        this.refreshPackages = refreshPackages;
    }

    /**
     * Carries out every step and gives what each made. When one fails the others are cancelled, and all have ended before this returns.
     *
     * @throws BakeException what failed first
     */
    Results execute(Executor executor) {
        try (DiskWatch watch = DiskWatch.begin(cache.work(), tasks::cancel)) {
            return execute(executor, watch);
        }
    }

    private Results execute(Executor executor, DiskWatch watch) {
        Map<String, CompletableFuture<Void>> futures = new LinkedHashMap<>();
        for (Step step : plan.steps()) {
            CompletableFuture<?>[] sources = step.inputs().stream()
                    .map(input -> futures.get(input.step()))
                    .toArray(CompletableFuture[]::new);
            futures.put(
                    step.name(), CompletableFuture.allOf(sources).thenRunAsync(() -> carryOut(step, watch), executor));
        }
        CompletableFuture.allOf(futures.values().toArray(CompletableFuture[]::new))
                .exceptionally(toldBelow -> null)
                .join();
        if (firstFailure.isDone()) {
            throw firstFailure.join();
        }
        return new Results(entries);
    }

    private void carryOut(Step step, DiskWatch watch) {
        try {
            entries.put(step.name(), tasks.run(() -> lookUpOrMake(step)));
        } catch (Throwable e) {
            Throwable cause = watch.problem().map(full -> (Throwable) full).orElse(e);
            boolean cancelled = cause == e && tasks.isCancelled();
            fail(cancelled ? new BakeCancelledException(step.name()) : failures.of(step.name(), cause));
        }
    }

    /** The first failure is the one to tell; those after it only follow from cancelling the rest. */
    private void fail(BakeException failure) {
        firstFailure.complete(failure);
        tasks.cancel();
        throw failure;
    }

    private Entry lookUpOrMake(Step step) throws Exception {
        long start = System.nanoTime();
        Entry found = cache.find(step.name(), key(step)).orElse(null);
        if (found != null && refreshPackages && step.name().equals(Steps.RESOLVE)) {
            cache.discard(found);
        } else if (found != null) {
            events.emit(new BakeEvent.Finished(step.name(), since(start), true));
            return found;
        }
        events.emit(new BakeEvent.Started(step.name(), step.title()));
        for (String source : step.inputs().stream().map(Input::step).distinct().toList()) {
            makeAgainIfCorrupted(plan.step(source).orElseThrow());
        }
        Entry made = make(step);
        events.emit(new BakeEvent.Finished(step.name(), since(start), false));
        return made;
    }

    private Entry make(Step step) throws Exception {
        Entry entry = cache.make(
                step.name(),
                key(step),
                step.outputs(),
                (outputs, scratch) -> runner(step)
                        .run(new StepContext(
                                plan.image(),
                                step,
                                inputs(step),
                                outputs,
                                scratch,
                                host,
                                events.reporter(step.name()))));
        known.add(entry.directory());
        return entry;
    }

    /** Two steps may find the same input corrupted: the second finds it made again. */
    private synchronized void makeAgainIfCorrupted(Step step) throws Exception {
        Entry entry = entries.get(step.name());
        if (entry == null || known.contains(entry.directory())) {
            return;
        }
        if (cache.isIntact(entry)) {
            known.add(entry.directory());
            return;
        }
        events.emit(new BakeEvent.Corrupted(step.name()));
        cache.discard(entry);
        entries.put(step.name(), lookUpOrMake(step));
    }

    private Map<Input, Path> inputs(Step step) {
        Map<Input, Path> paths = new LinkedHashMap<>();
        step.inputs().forEach(input -> paths.put(input, entry(input).file(input.output())));
        return paths;
    }

    /** What decides the result: the step's own words, the code that carries it out, and the very bytes it reads. */
    private Digest key(Step step) {
        MessageDigest sha256 = Digest.newSha256();
        List<String> parts = new ArrayList<>();
        parts.add(step.ownDigest().hex());
        parts.add(runner(step).fingerprint());
        step.inputs().forEach(input -> parts.add(input + " " + entry(input).digest(input.output())));
        parts.forEach(part -> sha256.update((part + "\n").getBytes(StandardCharsets.UTF_8)));
        return Digest.of(sha256.digest());
    }

    private Entry entry(Input input) {
        Entry entry = entries.get(input.step());
        if (entry == null) {
            throw new IllegalStateException("step " + input.step() + " has not been carried out");
        }
        return entry;
    }

    private StepRunner runner(Step step) {
        StepRunner runner = runners.get(step.name());
        if (runner == null) {
            throw new IllegalStateException("nothing knows how to carry out step " + step.name());
        }
        return runner;
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
