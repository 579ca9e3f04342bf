package dev.firstboot.bake;

import dev.firstboot.bake.cache.Entry;
import dev.firstboot.bake.step.StepContext;
import dev.firstboot.bake.step.StepException;
import dev.firstboot.bake.step.StepRunner;
import dev.firstboot.plan.BakePlan;
import dev.firstboot.plan.Input;
import dev.firstboot.plan.Step;
import dev.firstboot.plan.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs one plan. Each step waits only for the steps it reads from. A step's result is looked up before its inputs are opened; only a step that really
 * runs has its inputs checked against their digests, and rebuilt if they changed.
 */
final class PlanRun {
    private final BakePlan plan;
    private final BakerySettings settings;
    private final EventSink events;
    private final Lookup lookup;
    private final TaskGroup tasks;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final CompletableFuture<BakeException> firstFailure = new CompletableFuture<>();
    private final Set<Path> known = ConcurrentHashMap.newKeySet();

    PlanRun(BakeRun run, Lookup lookup) {
        plan = run.plan();
        settings = run.settings();
        events = run.events();
        tasks = run.tasks();
        this.lookup = lookup;
    }

    /**
     * Runs every step and returns what each made. When one fails, the others are cancelled, and all have ended before this returns.
     *
     * @throws BakeException the first failure
     */
    Results execute() {
        try (DiskWatch watch = DiskWatch.begin(settings.cache().work(), tasks::cancel)) {
            return execute(watch);
        }
    }

    private Results execute(DiskWatch watch) {
        Map<String, CompletableFuture<Void>> futures = new LinkedHashMap<>();
        for (Step step : plan.steps()) {
            CompletableFuture<?>[] sources = step.inputs().stream()
                    .map(input -> futures.get(input.step()))
                    .toArray(CompletableFuture[]::new);
            futures.put(
                    step.name(),
                    CompletableFuture.allOf(sources)
                            .thenRunAsync(() -> carryOut(step, watch), task -> execute(step, task)));
        }
        awaitEnd(CompletableFuture.allOf(futures.values().toArray(CompletableFuture[]::new)));
        if (firstFailure.isDone()) {
            throw firstFailure.join();
        }
        return new Results(entries, known);
    }

    private void execute(Step step, Runnable task) {
        try {
            settings.executor().execute(task);
        } catch (RejectedExecutionException e) {
            fail(noThreads(step, e));
        }
    }

    /** Waits until all steps have ended. Steps that an executor dropped when it was shut down never end. */
    private void awaitEnd(CompletableFuture<Void> all) {
        boolean interrupted = false;
        while (true) {
            try {
                all.get(1, TimeUnit.SECONDS);
                break;
            } catch (ExecutionException toldBelow) {
                break;
            } catch (TimeoutException e) {
                if (settings.executor() instanceof ExecutorService service && service.isTerminated() && !all.isDone()) {
                    Step left = plan.steps().stream()
                            .filter(step -> !entries.containsKey(step.name()))
                            .findFirst()
                            .orElseThrow();
                    firstFailure.complete(noThreads(left, null));
                    tasks.cancel();
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static BakeException noThreads(Step step, @Nullable RejectedExecutionException e) {
        return new BakeException(
                step.name(),
                "the executor of the bakery takes no work: it was shut down, or is full",
                List.of(),
                "give Bakery.builder().executor(...) one that is open as long as the bakery is, or leave it out",
                e);
    }

    private void carryOut(Step step, DiskWatch watch) {
        try {
            entries.put(step.name(), tasks.run(() -> lookUpOrMake(step)));
        } catch (Throwable e) {
            Throwable cause = watch.problem().map(full -> (Throwable) full).orElse(e);
            boolean cancelled = cause == e && tasks.isCancelled();
            fail(
                    cancelled
                            ? new BakeCancelledException(step.name())
                            : settings.failures().of(step.name(), cause));
        }
    }

    /** Records the first failure; later ones only follow from cancelling the rest. */
    private void fail(BakeException failure) {
        firstFailure.complete(failure);
        tasks.cancel();
        throw failure;
    }

    private Entry lookUpOrMake(Step step) throws Exception {
        long start = System.nanoTime();
        Optional<Entry> found = lookup.find(step, this::entry);
        if (found.isPresent()) {
            events.finished(step.name(), start, true);
            return found.get();
        }
        events.started(step.name(), step.title());
        for (String source : step.inputs().stream().map(Input::step).distinct().toList()) {
            makeAgainIfCorrupted(plan.step(source).orElseThrow());
        }
        Entry made = make(step);
        events.finished(step.name(), start, false);
        return made;
    }

    private Entry make(Step step) throws Exception {
        Entry entry = lookup.make(
                step, this::entry, (outputs, scratch) -> run(lookup.keys().runner(step), step, outputs, scratch));
        known.add(entry.directory());
        return entry;
    }

    private <W extends Work> void run(StepRunner<W> runner, Step step, Path outputs, Path scratch)
            throws IOException, InterruptedException {
        Map<String, Path> places = new LinkedHashMap<>();
        step.outputs().forEach(output -> places.put(output, outputs.resolve(output)));
        runner.run(
                runner.type().cast(step.work()),
                new StepContext(inputs(step), places, scratch, settings.host(), events.reporter(step.name())));
    }

    /** Rebuilds the result of a step if it is corrupted. Two steps may find the same input corrupted: the second finds it rebuilt. */
    private synchronized void makeAgainIfCorrupted(Step step) throws Exception {
        Entry entry = entries.get(step.name());
        if (entry == null || known.contains(entry.directory())) {
            return;
        }
        if (settings.cache().isIntact(entry)) {
            known.add(entry.directory());
            return;
        }
        events.corrupted(step.name());
        settings.cache().discard(entry);
        Entry again = lookUpOrMake(step);
        refuseOtherVersions(entry, again);
        entries.put(step.name(), again);
    }

    /** Fails if the versions differ: steps that were looked up before depend on the versions that are gone. */
    private static void refuseOtherVersions(Entry before, Entry again) {
        boolean same = before.outputs().entrySet().stream()
                .filter(output -> output.getKey().endsWith(".lock"))
                .allMatch(output -> output.getValue().equals(again.outputs().get(output.getKey())));
        if (!same) {
            throw new StepException(
                    "the package versions that the cache kept are damaged, and those there are now are others",
                    "bake again: the cache has the others now");
        }
    }

    private Map<Input, Path> inputs(Step step) {
        Map<Input, Path> paths = new LinkedHashMap<>();
        step.inputs().forEach(input -> paths.put(input, entry(input).file(input.output())));
        return paths;
    }

    private Entry entry(Input input) {
        Entry entry = entries.get(input.step());
        if (entry == null) {
            throw new IllegalStateException("step " + input.step() + " has not been carried out");
        }
        return entry;
    }
}
