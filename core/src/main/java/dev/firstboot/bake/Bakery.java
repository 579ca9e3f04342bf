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
 * Bakes images. Holds where and how: cache, mirror, proxy, executor and listeners; what is baked comes with each call. Thread-safe: several bakes may
 * run at once, also in several processes on one cache directory. When the JVM is told to end, what still runs is cancelled first.
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

    /** A bakery with the usual settings. */
    public static Bakery create() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Where results of steps are kept. */
    public Path cacheDirectory() {
        return cacheDirectory;
    }

    /**
     * Bakes an image into a target and waits for it. Interrupting the thread cancels the bake.
     *
     * @param target such as {@code Disk.qcow2("chat.qcow2")}, {@code RootfsTar.to("chat.tar")}, or one of the program's own
     * @return what the target delivers: of those two a {@link dev.firstboot.artifact.DiskImage} and a {@link dev.firstboot.artifact.RootfsArchive}
     * @throws BakeException if the target exists and is not to be replaced, or a step fails; nothing is left at the target
     * @throws IllegalStateException if the bakery is closed
     */
    public <A> A bake(Image image, Target<A> target) {
        return start(image, target).await();
    }

    /**
     * The plan of what {@link #bake} would do now. Beside what {@code image.plan(target)} tells, it tells which package versions a bake would take: of which
     * date, if the cache has any that are allowed. Asks no archive.
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
     * Begins to bake an image into a target.
     *
     * @throws IllegalStateException if the bakery is closed
     */
    public <A> Bake<A> start(Image image, Target<A> target) {
        return start(image, target, List.of());
    }

    /** The same, watched by a listener of its own beside those of the bakery. */
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

    /** Cancels the bakes that still run, waits until they have ended, and ends the bakery's own threads. Idempotent. */
    @Override
    public void close() {
        closed = true;
        endAll();
        try {
            Runtime.getRuntime().removeShutdownHook(atShutdown);
        } catch (IllegalStateException theHookRunsAlready) {
            // Then there is nothing to take back.
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
         * Where to keep results of steps; {@code $XDG_CACHE_HOME/firstboot} or {@code ~/.cache/firstboot} if not said. Root takes none that
         * belongs to another user.
         */
        public Builder cacheDirectory(Path directory) {
            cacheDirectory =
                    Checks.once("cacheDirectory", cacheDirectory, directory).toAbsolutePath();
            return this;
        }

        /** How much the cache keeps once a bake is done, least recently used results going first; 30 GiB if not said. */
        public Builder cacheLimit(ByteSize limit) {
            cacheLimit = Checks.once("cacheLimit", cacheLimit, limit);
            return this;
        }

        /**
         * The Debian archive to install from; what the host's own apt uses if not said. Security updates come from {@link #securityMirror}.
         *
         * @param archive with http, https or file: what stands before {@code /dists/}, such as {@code https://mirror.example.com/debian}
         * @throws IllegalArgumentException if it is no such address, or holds a password, which would stay in the image
         */
        public Builder mirror(URI archive) {
            mirror = Checks.once(
                    "mirror", mirror, Addresses.archive("mirror", Objects.requireNonNull(archive, "archive")));
            return this;
        }

        /**
         * The archive with Debian's security updates; what the host's own apt uses if not said.
         *
         * @param archive with http, https or file: what stands before {@code /dists/}, such as {@code https://mirror.example.com/debian-security}
         * @throws IllegalArgumentException if it is no such address, or holds a password, which would stay in the image
         */
        public Builder securityMirror(URI archive) {
            securityMirror = Checks.once(
                    "securityMirror",
                    securityMirror,
                    Addresses.archive("securityMirror", Objects.requireNonNull(archive, "archive")));
            return this;
        }

        /**
         * The HTTP proxy for packages, for downloads of recipes and for the security tracker. If not said, packages come through what the host's own
         * apt uses, and the others through what Java's own properties name.
         *
         * @param httpProxy such as {@code http://proxy.example.com:3128}; port 80 if it names none
         * @throws IllegalArgumentException if it is no such address
         */
        public Builder proxy(URI httpProxy) {
            proxy = Checks.once("proxy", proxy, Addresses.proxy(Objects.requireNonNull(httpProxy, "httpProxy")));
            return this;
        }

        /**
         * Runs the steps; threads of the bakery's own if not said. Steps that may run side by side take a thread each. It must be open as long as the bakery
         * is, and is not closed with it.
         */
        public Builder executor(Executor newExecutor) {
            executor = Checks.once("executor", executor, newExecutor);
            return this;
        }

        /** Adds a listener of all bakes. */
        public Builder listener(BakeListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * How old package versions may be that an earlier bake asked for; one day if not said. Older ones are asked for anew. What comes out the same
         * makes nothing else run anew.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder packageAge(Duration atMost) {
            if (Objects.requireNonNull(atMost, "atMost").isNegative() || atMost.isZero()) {
                throw new IllegalArgumentException("a package age of " + atMost
                        + " lets no version be taken; say refreshPackages() to ask each time");
            }
            return versions(new VersionRule.AtMost(atMost));
        }

        /** Takes the package versions of the last bake of the same packages, however old: for work without an archive. If there was none, apt is asked. */
        public Builder keepPackages() {
            return versions(new VersionRule.AnyAge());
        }

        /** Asks for package versions anew in each bake. */
        public Builder refreshPackages() {
            return versions(new VersionRule.Anew());
        }

        /**
         * Takes the package versions of an earlier bake, and no others. Where the cache does not have what is needed, the archives must; those that
         * keep old versions are named with {@link #mirror} and {@link #securityMirror}. A bake fails if a package is to have another version, or is not
         * in the manifest.
         *
         * @throws IllegalArgumentException if the manifest does not tell a release of Debian, or tells what is no package's name or version
         */
        public Builder packagesOf(Manifest manifest) {
            return versions(VersionRule.Exactly.of(Objects.requireNonNull(manifest, "manifest")));
        }

        /**
         * Refuses to deliver images with known vulnerabilities, by this policy. The tracker is asked in each bake, once the image is made; the target
         * stays as it was. Without a policy nobody is asked, and nothing refused.
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

        /** Tells the time, for tests. */
        Builder clock(Clock newClock) {
            clock = newClock;
            return this;
        }

        /** Other hands for the steps, for tests of what goes on between steps. */
        Builder runners(Map<String, StepRunner<?>> newRunners) {
            runners = Map.copyOf(newRunners);
            return this;
        }

        /**
         * The bakery.
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
