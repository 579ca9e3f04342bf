package dev.firstboot.benchmarks.zfs;

import dev.firstboot.zfs.nvlist.NvEncoding;
import dev.firstboot.zfs.nvlist.NvList;
import dev.firstboot.zfs.nvlist.NvListBuilder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A list as the kernel tells a dataset's properties in: built and encoded, decoded and read. Once with the codec in Java, once with libnvpair, a call of C for
 * each pair.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 3, time = 2)
public class NvListBenchmark {
    static final int PAIRS = 60;

    private final String[] names = new String[PAIRS];
    private final byte[] packed;
    private final NvPairCalls calls = new NvPairCalls();

    public NvListBenchmark() {
        for (int i = 0; i < PAIRS; i++) {
            names[i] = "property" + i;
        }
        packed = javaEncode();
    }

    @Benchmark
    public final byte[] javaEncode() {
        NvListBuilder list = NvList.builder();
        for (int i = 0; i < PAIRS; i++) {
            list.addNvList(
                    names[i],
                    NvList.builder()
                            .addUint64("value", i)
                            .addString("source", "bench")
                            .build());
        }
        return list.build().encode(NvEncoding.NATIVE);
    }

    @Benchmark
    public long javaDecode() {
        NvList list = NvList.decode(packed);
        long sum = 0;
        for (String name : names) {
            NvList property = list.nvlist(name);
            sum += property.uint64("value") + property.string("source").length();
        }
        return sum;
    }

    @Benchmark
    public byte[] nativeEncode() {
        return calls.encode(names);
    }

    @Benchmark
    public long nativeDecode() {
        return calls.decode(packed, names);
    }
}
