package dev.firstboot.bake;

import dev.firstboot.advisory.AdvisoryPolicy;
import dev.firstboot.artifact.Manifest;
import dev.firstboot.artifact.PackageSet;
import dev.firstboot.bake.cache.Entry;
import dev.firstboot.image.ByteSize;
import dev.firstboot.plan.Steps;
import dev.firstboot.plan.Target;
import dev.firstboot.plan.TargetFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One bake, from the plan to the delivered result. */
final class BakeJob<A> {
    private final BakeRun run;
    private final Target<A> target;

    BakeJob(BakeRun run, Target<A> target) {
        this.run = run;
        this.target = target;
    }

    BakeId id() {
        return run.events().bake();
    }

    void cancel() {
        run.tasks().cancel();
    }

    /** Runs the bake and completes {@code result} with its outcome. */
    void run(CompletableFuture<A> result) {
        try {
            Optional<TargetFile> file = target.file();
            file.ifPresent(at -> new TargetChecks(Handover.STEP, at).require());
            HostFiles.require(run.plan().image());
            A artifact;
            Closeable use = run.settings().cache().use();
            try (use) {
                artifact = bake(file);
            }
            run.settings().cache().prune(run.settings().cacheLimit());
            result.complete(artifact);
        } catch (Throwable e) {
            result.completeExceptionally(e);
        }
    }

    private A bake(Optional<TargetFile> file) {
        Lookup lookup = new Lookup(run.settings());
        while (true) {
            Results results = new PlanRun(run, lookup).execute();
            Entry entry = results.of(run.plan().result().step());
            try {
                Manifest manifest = manifest(results);
                refuseVulnerable(manifest);
                Optional<A> delivered = run.tasks().run(() -> deliver(entry, results.isKnown(entry), manifest));
                if (delivered.isPresent()) {
                    return delivered.get();
                }
            } catch (Exception e) {
                throw run.tasks().isCancelled() ? new BakeCancelledException(Handover.STEP) : failure(e, file, entry);
            }
        }
    }

    /** Delivers the result to the target. Returns empty if the cached result turned out to be damaged and was discarded. */
    private Optional<A> deliver(Entry entry, boolean known, Manifest manifest)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        run.events().started(Handover.STEP, "put the result in place");
        Handover handover = new Handover(run, entry, known, manifest);
        @Nullable A artifact = null;
        try {
            artifact = target.deliver(handover);
        } catch (IOException | RuntimeException e) {
            if (!handover.isDamaged()) {
                throw e;
            }
        }
        if (handover.isDamaged()) {
            run.events().corrupted(entry.step());
            run.settings().cache().discard(entry);
            return Optional.empty();
        }
        run.events().finished(Handover.STEP, start, false);
        return Optional.of(Objects.requireNonNull(
                artifact, "deliver() of a target returned null, and the caller is to get something"));
    }

    private BakeException failure(Exception e, Optional<TargetFile> file, Entry entry) {
        Failures failures = run.settings().failures();
        return file.map(at -> failures.ofTarget(Handover.STEP, e, directoryOf(at.path()), needed(entry)))
                .orElseGet(() -> failures.of(Handover.STEP, e));
    }

    /** Returns how much space the result takes. */
    private ByteSize needed(Entry entry) {
        try {
            return ByteSize.bytes(Files.size(entry.file(run.plan().result().output())));
        } catch (IOException gone) {
            return ByteSize.bytes(0);
        }
    }

    private void refuseVulnerable(Manifest manifest) throws Exception {
        AdvisoryPolicy policy = run.settings().advisoriesOrNull();
        if (policy != null) {
            AdvisoryGate gate = new AdvisoryGate(policy, run.settings().host().proxyOrNull(), run.events());
            run.tasks().run(() -> {
                gate.check(manifest);
                return true;
            });
        }
    }

    private Manifest manifest(Results results) throws IOException {
        Entry resolved = results.of(Steps.RESOLVE);
        PackageSet packages = ResolvedVersions.read(resolved).toSet(run.plan().image(), resolved);
        return Manifest.of(run.plan().image(), run.plan().digest(), packages, results.digests());
    }

    private static Path directoryOf(Path target) {
        return Objects.requireNonNull(target.toAbsolutePath().getParent(), "a target is a file, not /");
    }
}
