package dev.firstboot.benchmarks.zfs;

import dev.firstboot.zfs.Dataset;
import dev.firstboot.zfs.Zfs;
import dev.firstboot.zfs.property.Properties;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Listing snapshots with three properties of each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 1, time = 1)
public class ListBenchmark {
    private final Zfs zfs = Zfs.open();

    @Benchmark
    public void snapshots(Blackhole sink) {
        for (Dataset filesystem : zfs.dataset(GuestMain.MANY).children()) {
            for (Properties snapshot : filesystem.snapshotProperties()) {
                sink.consume(snapshot.number("used"));
                sink.consume(snapshot.number("creation"));
                sink.consume(snapshot.number("guid"));
            }
        }
    }
}
