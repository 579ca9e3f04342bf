package dev.firstboot.benchmarks.zfs;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the benchmarks of a class in a JVM of their own. */
final class Jmh {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private Jmh() {}

    /**
     * How one benchmark did.
     *
     * @param nanoseconds of one call
     * @param allocated bytes of heap of one call, by all threads
     */
    record Measured(double nanoseconds, double allocated) {}

    private static Collection<RunResult> run(Class<?> benchmarks) throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .include("\\." + benchmarks.getSimpleName() + "\\.")
                        .forks(1)
                        .addProfiler(GCProfiler.class)
                        .jvmArgs("-Xmx256m", "-XX:+UseSerialGC")
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .run();
    }

    static Measured measured(Class<?> benchmark) throws RunnerException {
        RunResult result = run(benchmark).iterator().next();
        double allocated = result.getSecondaryResults().containsKey(ALLOCATED)
                ? result.getSecondaryResults().get(ALLOCATED).getScore()
                : Double.NaN;
        return new Measured(result.getPrimaryResult().getScore(), allocated);
    }

    static double nanoseconds(Class<?> benchmark) throws RunnerException {
        return measured(benchmark).nanoseconds();
    }

    /** Of each method of the class. */
    static Map<String, Double> eachNanoseconds(Class<?> benchmarks) throws RunnerException {
        Map<String, Double> each = new LinkedHashMap<>();
        for (RunResult result : run(benchmarks)) {
            each.put(
                    result.getPrimaryResult().getLabel(),
                    result.getPrimaryResult().getScore());
        }
        return each;
    }
}
