package dev.firstboot.benchmarks.zfs;

import dev.firstboot.zfs.Descriptor;
import dev.firstboot.zfs.SendOptions;
import dev.firstboot.zfs.Snapshot;
import dev.firstboot.zfs.StreamTarget;
import dev.firstboot.zfs.Zfs;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Sending a snapshot to nowhere, through a pipe of ours. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
public class SendBenchmark {
    private final Snapshot snapshot = Zfs.open().snapshot(GuestMain.DATA + "@sent");

    @Benchmark
    public long toNowhere() {
        try (Descriptor nowhere = Descriptor.toWrite(Path.of("/dev/null"))) {
            return snapshot.send(SendOptions.full(), StreamTarget.descriptor(nowhere));
        }
    }
}
