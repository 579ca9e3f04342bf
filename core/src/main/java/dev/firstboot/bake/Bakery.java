package dev.firstboot.bake;

import dev.firstboot.artifact.DiskImage;
import dev.firstboot.artifact.RootfsArchive;
import dev.firstboot.bake.cache.StepCache;
import dev.firstboot.bake.step.HostSettings;
import dev.firstboot.bake.step.StepRunner;
import dev.firstboot.image.ByteSize;
import dev.firstboot.image.Image;
import dev.firstboot.plan.Disk;
import dev.firstboot.plan.RootfsTar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
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

    private final Path cacheDirectory;
    private final StepCache cache;
    private final Map<String, StepRunner> runners;
    private final HostSettings host;
    private final List<BakeListener> listeners;
    private final Executor executor;
    private final @Nullable ExecutorService ownExecutor;
    private final boolean refreshPackages;
    private final ByteSize cacheLimit;
    private final Set<Bake<?>> running = ConcurrentHashMap.newKeySet();
    private final Thread atShutdown = new Thread(this::endAll, "firstboot-bakery-shutdown");

    private Bakery(Builder builder) {
        cacheDirectory = Objects.requireNonNullElseGet(builder.cacheDirectory, Bakery::usualCacheDirectory);
        host = new HostSettings(builder.mirror, builder.proxy);
        runners = builder.runners;
        listeners = List.copyOf(builder.listeners);
        refreshPackages = builder.refreshPackages;
        cacheLimit = Objects.requireNonNullElse(builder.cacheLimit, USUAL_CACHE_LIMIT);
        ownExecutor = builder.executor == null ? newExecutor() : null;
        executor = builder.executor == null ? Objects.requireNonNull(ownExecutor) : builder.executor;
        try {
            cache = StepCache.open(cacheDirectory);
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
     * Bakes a disk and waits for it. Interrupting the thread cancels the bake.
     *
     * @throws BakeException if the target exists and is not to be replaced, or a step fails; nothing is left at the target
     */
    public DiskImage bake(Image image, Disk target) {
        return start(image, target).await();
    }

    /**
     * Bakes an archive and waits for it. Interrupting the thread cancels the bake.
     *
     * @throws BakeException if the target exists and is not to be replaced, or a step fails; nothing is left at the target
     */
    public RootfsArchive bake(Image image, RootfsTar target) {
        return start(image, target).await();
    }

    /** Begins to bake a disk. */
    public Bake<DiskImage> start(Image image, Disk target) {
        return start(image, new DiskDelivery(target));
    }

    /** Begins to bake an archive. */
    public Bake<RootfsArchive> start(Image image, RootfsTar target) {
        return start(image, new ArchiveDelivery(target));
    }

    private <A> Bake<A> start(Image image, Delivery<A> delivery) {
        Bake<A> bake = Bake.start(new BakeJob<>(
                delivery.plan(image),
                delivery,
                runners,
                cache,
                host,
                new EventSink(listeners),
                new Failures(cacheDirectory),
                executor,
                refreshPackages,
                cacheLimit));
        running.removeIf(Bake::isDone);
        running.add(bake);
        return bake;
    }

    /** Cancels the bakes that still run, waits until they have ended, and ends the bakery's own threads. Idempotent. */
    @Override
    public void close() {
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

    private static Path usualCacheDirectory() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path caches =
                xdg != null && xdg.startsWith("/") ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache");
        return caches.resolve("firstboot");
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
        private boolean refreshPackages;
        private @Nullable ByteSize cacheLimit;
        private Map<String, StepRunner> runners = Runners.all();
        private final List<BakeListener> listeners = new ArrayList<>();

        private Builder() {}

        /**
         * Where to keep results of steps; {@code $XDG_CACHE_HOME/firstboot} or {@code ~/.cache/firstboot} if not said. Root takes none that
         * belongs to another user.
         */
        public Builder cacheDirectory(Path directory) {
            cacheDirectory = once("cacheDirectory", cacheDirectory, directory).toAbsolutePath();
            return this;
        }

        /** How much the cache keeps once a bake is done, least recently used results going first; 30 GiB if not said. */
        public Builder cacheLimit(ByteSize limit) {
            cacheLimit = once("cacheLimit", cacheLimit, limit);
            return this;
        }

        /** The Debian archive to install from; what the host's own apt uses if not said. */
        public Builder mirror(URI archive) {
            if (archive.getUserInfo() != null) {
                throw new IllegalArgumentException("the mirror's URI holds a password, which would stay in the image");
            }
            mirror = once("mirror", mirror, archive);
            return this;
        }

        /** The HTTP proxy for downloads; what the host's own apt uses if not said. */
        public Builder proxy(URI httpProxy) {
            proxy = once("proxy", proxy, httpProxy);
            return this;
        }

        /** Runs the steps; threads of the bakery's own if not said. Steps that may run side by side take a thread each. */
        public Builder executor(Executor newExecutor) {
            executor = once("executor", executor, newExecutor);
            return this;
        }

        /** Adds a listener. */
        public Builder listener(BakeListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /** Asks apt for package versions anew in each bake; otherwise the versions of the first bake of the same packages stay. */
        public Builder refreshPackages() {
            refreshPackages = true;
            return this;
        }

        /** Other hands for the steps, for tests of what goes on between steps. */
        Builder runners(Map<String, StepRunner> newRunners) {
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

        private static <T> T once(String what, @Nullable T before, T now) {
            Objects.requireNonNull(now, what);
            if (before != null) {
                throw new IllegalStateException(what + " is set twice: first " + before + ", then " + now);
            }
            return now;
        }
    }
}
