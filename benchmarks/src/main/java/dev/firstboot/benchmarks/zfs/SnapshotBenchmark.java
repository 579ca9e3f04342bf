package dev.firstboot.benchmarks.zfs;

import dev.firstboot.zfs.Dataset;
import dev.firstboot.zfs.Zfs;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Taking and destroying a snapshot. At some twenty rounds a second in an emulated guest it would take the JVM's second compiler hours to be done, and until then
 * it takes the guest's one processor from ZFS: only the first one compiles.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:TieredStopAtLevel=1")
@Warmup(iterations = 4, time = 8)
@Measurement(iterations = 3, time = 4)
public class SnapshotBenchmark {
    private final Dataset filesystem = Zfs.open().dataset(GuestMain.POOL);

    @Benchmark
    public void takeAndDestroy() {
        filesystem.snapshot("java").destroy();
    }
}
