package dev.firstboot.bake;

import dev.firstboot.advisory.AdvisoryPolicy;
import dev.firstboot.artifact.Manifest;
import dev.firstboot.artifact.PackageSet;
import dev.firstboot.bake.cache.DigestedCopy;
import dev.firstboot.bake.cache.Entry;
import dev.firstboot.image.ByteSize;
import dev.firstboot.image.Digest;
import dev.firstboot.internal.file.Trees;
import dev.firstboot.plan.BakePlan;
import dev.firstboot.plan.Steps;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** One bake from the plan to the delivered file. */
final class BakeJob<A> {
    private static final String DELIVER = "deliver";

    private final BakePlan plan;
    private final Delivery<A> delivery;
    private final BakerySettings settings;
    private final EventSink events;
    private final TaskGroup tasks = new TaskGroup();

    BakeJob(BakePlan plan, Delivery<A> delivery, BakerySettings settings, EventSink events) {
        this.plan = plan;
        this.delivery = delivery;
        this.settings = settings;
        this.events = events;
    }

    BakeId id() {
        return events.bake();
    }

    void cancel() {
        tasks.cancel();
    }

    /** Does it all, and completes {@code result} with what came of it. */
    void run(CompletableFuture<A> result) {
        try {
            new TargetChecks(DELIVER, delivery).require();
            HostFiles.require(plan.image());
            A artifact;
            Closeable use = settings.cache().use();
            try (use) {
                artifact = bake();
            }
            settings.cache().prune(settings.cacheLimit());
            result.complete(artifact);
        } catch (Throwable e) {
            result.completeExceptionally(e);
        }
    }

    private A bake() {
        Lookup lookup = new Lookup(settings);
        while (true) {
            Results results = new PlanRun(plan, settings, events, lookup, tasks).execute();
            try {
                Manifest manifest = manifest(results);
                refuseVulnerable(manifest);
                if (tasks.run(() -> deliver(results.of(delivery.source().step()), manifest))) {
                    return delivery.artifact(plan.image(), manifest);
                }
            } catch (Exception e) {
                throw tasks.isCancelled()
                        ? new BakeCancelledException(DELIVER)
                        : settings.failures().ofTarget(DELIVER, e, directoryOf(delivery.path()), needed(results));
            }
        }
    }

    /** How much room the result takes. */
    private ByteSize needed(Results results) {
        try {
            Entry entry = results.of(delivery.source().step());
            return ByteSize.bytes(Files.size(entry.file(delivery.source().output())));
        } catch (IOException gone) {
            return ByteSize.bytes(0);
        }
    }

    private void refuseVulnerable(Manifest manifest) throws Exception {
        AdvisoryPolicy policy = settings.advisoriesOrNull();
        if (policy != null) {
            AdvisoryGate gate = new AdvisoryGate(policy, settings.host().proxyOrNull(), events);
            tasks.run(() -> {
                gate.check(manifest);
                return true;
            });
        }
    }

    /** Puts the file in place with one rename, then its manifest, both durable before: where a manifest is, the file is whole. False if what the cache keeps turned out to be damaged and was thrown away. */
    private boolean deliver(Entry entry, Manifest manifest) throws IOException {
        Path target = delivery.path().toAbsolutePath();
        String output = delivery.source().output();
        long start = System.nanoTime();
        events.started(DELIVER, "put the result in place");
        try (PartDirectory parts = PartDirectory.in(directoryOf(target))) {
            Path part = parts.file("image");
            Path manifestPart = Manifest.pathFor(part);
            long size = Files.size(entry.file(output));
            Digest copied = DigestedCopy.copy(
                    entry.file(output), part, done -> events.bytes(DELIVER, done, size), delivery.attributes());
            if (!copied.equals(entry.digest(output))) {
                events.corrupted(entry.step());
                settings.cache().discard(entry);
                return false;
            }
            Path finished = delivery.finish(part);
            Trees.sync(finished);
            Files.writeString(manifestPart, manifest.toJson());
            Trees.sync(manifestPart);
            new TargetChecks(DELIVER, delivery).require();
            Files.move(finished, target, StandardCopyOption.ATOMIC_MOVE);
            Files.move(manifestPart, Manifest.pathFor(target), StandardCopyOption.ATOMIC_MOVE);
            Trees.sync(directoryOf(target));
            events.finished(DELIVER, start, false);
            return true;
        }
    }

    private Manifest manifest(Results results) throws IOException {
        Entry resolved = results.of(Steps.RESOLVE);
        PackageSet packages = ResolvedVersions.read(resolved).toSet(plan.image(), resolved);
        return Manifest.of(plan.image(), plan.digest(), packages, results.digests());
    }

    private static Path directoryOf(Path target) {
        return Objects.requireNonNull(target.toAbsolutePath().getParent(), "a target is a file, not /");
    }
}
