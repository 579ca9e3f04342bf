package dev.firstboot.bake;

import dev.firstboot.advisory.AdvisoryPolicy;
import dev.firstboot.artifact.Manifest;
import dev.firstboot.bake.cache.Entry;
import dev.firstboot.bake.cache.StepCache;
import dev.firstboot.bake.step.HostSettings;
import dev.firstboot.bake.step.StepRunner;
import dev.firstboot.image.ByteSize;
import dev.firstboot.image.Image;
import dev.firstboot.internal.check.Checks;
import dev.firstboot.internal.net.Addresses;
import dev.firstboot.internal.tool.UserCache;
import dev.firstboot.plan.BakePlan;
import dev.firstboot.plan.Steps;
import dev.firstboot.plan.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Bakes images. Holds the settings: cache, mirror, proxy, executor and listeners; image and target are passed to each call. Thread-safe: several
 * bakes may run at once, even in several processes with one cache directory. A JVM shutdown first cancels running bakes.
 *
 * <pre>{@code
 * try (Bakery bakery = Bakery.create()) {
 *     DiskImage disk = bakery.bake(chat, Disk.qcow2("chat.qcow2"));
 * }
 * }</pre>
 */
public final class Bakery implements AutoCloseable {
    private static final ByteSize USUAL_CACHE_LIMIT = ByteSize.gibibytes(30);
    private static final VersionRule USUAL_VERSIONS = new VersionRule.AtMost(Duration.ofDays(1));

    private static final AtomicLong NUMBER = new AtomicLong();

    private final Path cacheDirectory;
    private final BakerySettings settings;
    private final @Nullable ExecutorService ownExecutor;
    private final List<BakeListener> listeners;
    private volatile boolean closed;
    private final Set<Bake<?>> running = ConcurrentHashMap.newKeySet();
    private final Thread atShutdown = new Thread(this::endAll, "firstboot-bakery-shutdown");

    private Bakery(Builder builder) {
        listeners = List.copyOf(builder.listeners);
        cacheDirectory = Objects.requireNonNullElseGet(builder.cacheDirectory, UserCache::directory);
        StepCache cache = open(cacheDirectory);
        ownExecutor = builder.executor == null ? newExecutor() : null;
        VersionRule versions = Objects.requireNonNullElse(builder.versions, USUAL_VERSIONS);
        settings = new BakerySettings(
                builder.runners,
                cache,
                new HostSettings(
                        builder.mirror,
                        builder.securityMirror,
                        builder.proxy,
                        builder.clock,
                        versions instanceof VersionRule.Exactly exactly ? exactly.versions() : null),
                versions,
                builder.advisories,
                builder.executor == null ? Objects.requireNonNull(ownExecutor) : builder.executor,
                new Failures(cacheDirectory),
                Objects.requireNonNullElse(builder.cacheLimit, USUAL_CACHE_LIMIT));
    }

    private static StepCache open(Path cacheDirectory) {
        try {
            return StepCache.open(cacheDirectory);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot use " + cacheDirectory + " as a cache: " + Failures.message(e)
                            + "; or choose another with Bakery.builder().cacheDirectory(...)",
                    e);
        }
    }

    /** Returns a bakery with default settings. */
    public static Bakery create() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Returns the directory where results of steps are cached. */
    public Path cacheDirectory() {
        return cacheDirectory;
    }

    /**
     * Bakes an image into a target and waits for the result. Interrupting the thread cancels the bake.
     *
     * @param target such as {@code Disk.qcow2("chat.qcow2")}, {@code RootfsTar.to("chat.tar")}, or a target of your own
     * @return what the target delivers: for these two, a {@link dev.firstboot.artifact.DiskImage} and a {@link dev.firstboot.artifact.RootfsArchive}
     * @throws BakeException if the target exists and is not to be replaced, or a step fails; nothing is left at the target
     * @throws IllegalStateException if the bakery is closed
     */
    public <A> A bake(Image image, Target<A> target) {
        return start(image, target).await();
    }

    /**
     * Returns the plan that {@link #bake} would run now. Unlike {@code image.plan(target)}, it also tells how old the cached package versions are
     * that a bake would use, if the cache has any that are allowed. Does not contact an archive.
     *
     * @throws UncheckedIOException if the cache cannot be read
     */
    public BakePlan plan(Image image, Target<?> target) {
        return withVersions(planOf(image, target));
    }

    private static BakePlan planOf(Image image, Target<?> target) {
        return Objects.requireNonNull(target, "target").planFor(Objects.requireNonNull(image, "image"));
    }

    private BakePlan withVersions(BakePlan plan) {
        try {
            Optional<Entry> found = new Lookup(settings)
                    .find(plan.step(Steps.RESOLVE).orElseThrow(), input -> {
                        throw new IllegalStateException("step resolve reads nothing, not even " + input);
                    });
            Instant at =
                    found.isEmpty() ? null : ResolvedVersions.read(found.get()).at();
            return plan.withVersions(settings.versions().toString(), at);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the cache in " + cacheDirectory, e);
        }
    }

    /**
     * Starts to bake an image into a target and returns at once.
     *
     * @throws IllegalStateException if the bakery is closed
     */
    public <A> Bake<A> start(Image image, Target<A> target) {
        return start(image, target, List.of());
    }

    /** Starts a bake like {@link #start(Image, Target)}, with a listener of its own in addition to those of the bakery. */
    public <A> Bake<A> start(Image image, Target<A> target, BakeListener listener) {
        return start(image, target, List.of(Objects.requireNonNull(listener, "listener")));
    }

    private <A> Bake<A> start(Image image, Target<A> target, List<BakeListener> ownListeners) {
        BakePlan plan = planOf(image, target);
        if (closed) {
            throw new IllegalStateException(
                    "this bakery is closed and bakes no more: bake before close(), or make another with Bakery.create()");
        }
        BakeId id = new BakeId(NUMBER.incrementAndGet(), image.name(), plan.target());
        EventSink events = new EventSink(
                id, Stream.concat(listeners.stream(), ownListeners.stream()).toList());
        Bake<A> bake = Bake.start(new BakeJob<>(new BakeRun(plan, settings, events), target));
        running.removeIf(Bake::isDone);
        running.add(bake);
        if (closed) {
            bake.cancel();
        }
        return bake;
    }

    /** Cancels running bakes, waits until they have ended, and stops the bakery's own threads. Idempotent. */
    @Override
    public void close() {
        closed = true;
        endAll();
        try {
            Runtime.getRuntime().removeShutdownHook(atShutdown);
        } catch (IllegalStateException theHookRunsAlready) {
            // The JVM is shutting down: the hook cannot be removed any more, and need not be.
        }
        if (ownExecutor != null) {
            ownExecutor.shutdownNow();
        }
    }

    private void endAll() {
        running.forEach(Bake::cancel);
        running.forEach(Bake::awaitEnd);
    }

    @Override
    public String toString() {
        return "Bakery[cache " + cacheDirectory + "]";
    }

    private static ExecutorService newExecutor() {
        AtomicInteger number = new AtomicInteger();
        return Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "firstboot-bake-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Collects the settings of a bakery. Not thread-safe. */
    public static final class Builder {
        private @Nullable Path cacheDirectory;
        private @Nullable URI mirror;
        private @Nullable URI proxy;
        private @Nullable Executor executor;
        private @Nullable URI securityMirror;
        private @Nullable VersionRule versions;
        private @Nullable AdvisoryPolicy advisories;
        private Clock clock = Clock.systemUTC();
        private @Nullable ByteSize cacheLimit;
        private Map<String, StepRunner<?>> runners = Runners.all();
        private final List<BakeListener> listeners = new ArrayList<>();

        private Builder() {}

        /**
         * Sets where results of steps are cached; defaults to {@code $XDG_CACHE_HOME/firstboot} or {@code ~/.cache/firstboot}. Root refuses a
         * directory that belongs to another user.
         */
        public Builder cacheDirectory(Path directory) {
            cacheDirectory =
                    Checks.once("cacheDirectory", cacheDirectory, directory).toAbsolutePath();
            return this;
        }

        /** Sets how much the cache keeps after each bake; least recently used results are deleted first. Defaults to 30 GiB. */
        public Builder cacheLimit(ByteSize limit) {
            cacheLimit = Checks.once("cacheLimit", cacheLimit, limit);
            return this;
        }

        /**
         * Sets the Debian archive to install from; defaults to the one that the host's apt uses. Security updates come from {@link #securityMirror}.
         *
         * @param archive an http, https or file address, up to but excluding {@code /dists/}, such as {@code https://mirror.example.com/debian}
         * @throws IllegalArgumentException if it is not such an address, or contains a password, which would end up in the image
         */
        public Builder mirror(URI archive) {
            mirror = Checks.once(
                    "mirror", mirror, Addresses.archive("mirror", Objects.requireNonNull(archive, "archive")));
            return this;
        }

        /**
         * Sets the archive with Debian's security updates; defaults to the one that the host's apt uses.
         *
         * @param archive an http, https or file address, up to but excluding {@code /dists/}, such as
         *     {@code https://mirror.example.com/debian-security}
         * @throws IllegalArgumentException if it is not such an address, or contains a password, which would end up in the image
         */
        public Builder securityMirror(URI archive) {
            securityMirror = Checks.once(
                    "securityMirror",
                    securityMirror,
                    Addresses.archive("securityMirror", Objects.requireNonNull(archive, "archive")));
            return this;
        }

        /**
         * Sets the HTTP proxy for packages, for downloads of recipes and for the security tracker. Defaults to the proxy of the host's apt for
         * packages, and to the one in Java's system properties for the others.
         *
         * @param httpProxy such as {@code http://proxy.example.com:3128}; port 80 if none is given
         * @throws IllegalArgumentException if it is not such an address
         */
        public Builder proxy(URI httpProxy) {
            proxy = Checks.once("proxy", proxy, Addresses.proxy(Objects.requireNonNull(httpProxy, "httpProxy")));
            return this;
        }

        /**
         * Sets the executor that runs the steps; defaults to the bakery's own threads. Steps that run in parallel take one thread each. The executor
         * must stay open as long as the bakery does; the bakery does not close it.
         */
        public Builder executor(Executor newExecutor) {
            executor = Checks.once("executor", executor, newExecutor);
            return this;
        }

        /** Adds a listener to all bakes. */
        public Builder listener(BakeListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * Sets how old the package versions of an earlier bake may be; defaults to one day. Older ones are queried again. If the versions come out
         * the same, no other step runs again.
         *
         * @throws IllegalArgumentException if the age is not positive
         */
        public Builder packageAge(Duration atMost) {
            if (Objects.requireNonNull(atMost, "atMost").isNegative() || atMost.isZero()) {
                throw new IllegalArgumentException("a package age of " + atMost
                        + " lets no version be taken; say refreshPackages() to ask each time");
            }
            return versions(new VersionRule.AtMost(atMost));
        }

        /**
         * Uses the package versions of the last bake of the same packages, however old, so that no archive is needed. If there are none, apt is
         * asked.
         */
        public Builder keepPackages() {
            return versions(new VersionRule.AnyAge());
        }

        /** Queries package versions again in each bake. */
        public Builder refreshPackages() {
            return versions(new VersionRule.Anew());
        }

        /**
         * Uses exactly the package versions of an earlier bake. What the cache lacks must be in the archives; set archives that keep old versions
         * with {@link #mirror} and {@link #securityMirror}. A bake fails if a package would get another version, or is not in the manifest.
         *
         * @throws IllegalArgumentException if the manifest does not name a Debian release, or contains an invalid package name or version
         */
        public Builder packagesOf(Manifest manifest) {
            return versions(VersionRule.Exactly.of(Objects.requireNonNull(manifest, "manifest")));
        }

        /**
         * Refuses to deliver images with known vulnerabilities, according to this policy. The tracker is queried in each bake, once the image is
         * built; if the image is refused, the target stays as it was. Without a policy, nothing is queried or refused.
         *
         * @throws IllegalArgumentException if the policy has no rule
         */
        public Builder advisories(AdvisoryPolicy policy) {
            if (!Objects.requireNonNull(policy, "policy").hasRule()) {
                throw new IllegalArgumentException(
                        policy + " has no rule: say refuseFixable() or refuseFrom(...) which advisories to refuse");
            }
            advisories = Checks.once("advisories", advisories, policy);
            return this;
        }

        private Builder versions(VersionRule rule) {
            versions = Checks.once("which package versions to take", versions, rule);
            return this;
        }

        /** Sets the clock, for tests. */
        Builder clock(Clock newClock) {
            clock = newClock;
            return this;
        }

        /** Sets other runners for the steps, for tests of what happens between steps. */
        Builder runners(Map<String, StepRunner<?>> newRunners) {
            runners = Map.copyOf(newRunners);
            return this;
        }

        /**
         * Builds the bakery.
         *
         * @throws UncheckedIOException if the cache directory cannot be used
         */
        public Bakery build() {
            Bakery bakery = new Bakery(this);
            Runtime.getRuntime().addShutdownHook(bakery.atShutdown);
            return bakery;
        }
    }
}
