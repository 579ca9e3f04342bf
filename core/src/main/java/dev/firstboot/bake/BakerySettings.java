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
 * What a bakery gives to each of its bakes.
 *
 * @param runners who carries out which step
 * @param cache where results are kept
 * @param host what steps need to know of the host
 * @param versions which versions may be taken that were asked for before
 * @param advisoriesOrNull which known vulnerabilities are not delivered; none if nobody asks
 * @param executor runs the steps
 * @param failures tells failures to people
 * @param cacheLimit how much the cache keeps once a bake is done
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
