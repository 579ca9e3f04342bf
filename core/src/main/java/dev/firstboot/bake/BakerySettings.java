package dev.firstboot.bake;

import dev.firstboot.advisory.AdvisoryPolicy;
import dev.firstboot.bake.cache.StepCache;
import dev.firstboot.bake.step.HostSettings;
import dev.firstboot.bake.step.StepRunner;
import dev.firstboot.image.ByteSize;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The settings that a bakery passes to each of its bakes.
 *
 * @param runners the runner of each step
 * @param cache where results are kept
 * @param host what steps need to know about the host
 * @param versions which versions of an earlier query may be used
 * @param advisoriesOrNull which known vulnerabilities block delivery; null if none are queried
 * @param executor runs the steps
 * @param failures turns failures into exceptions for the caller
 * @param cacheLimit how much the cache keeps after a bake
 */
record BakerySettings(
        Map<String, StepRunner<?>> runners,
        StepCache cache,
        HostSettings host,
        VersionRule versions,
        @Nullable AdvisoryPolicy advisoriesOrNull,
        Executor executor,
        Failures failures,
        ByteSize cacheLimit) {}
