package dev.firstboot.zfs.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.zfs.Dataset;
import dev.firstboot.zfs.Snapshot;
import dev.firstboot.zfs.Zfs;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What no call may do: take the process down, leak, get into another's way. */
class SafetyTest extends PoolsTest {
    /**
     * A process of its own that does what may not abort it, then holds a snapshot and crashes.
     *
     * @param said what it printed
     * @param holds the holds on the snapshot afterwards
     */
    private record Child(String said, Set<String> holds) {
        static final Child RUN = run();

        private static Child run() {
            Snapshot snapshot = zfs().dataset(pool("fs1")).snapshot("snap");
            String said = Commands.run(
                    System.getProperty("java.home") + "/bin/java",
                    "-Xmx128m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Ddev.firstboot.zfs.ioctls=off",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Misuse.class.getName(),
                    snapshot.name());
            return new Child(said, snapshot.holds().keySet());
        }
    }

    /** Each of these would abort the process in libzfs_core or libnvpair. */
    @Test
    void misuse_inAChildProcess_isAnExceptionEach() {
        assertThat(Child.RUN.said()).contains("survived: 7");
    }

    @Test
    void lease_ofAProcessThatCrashes_isReleased() {
        assertThat(Child.RUN.said()).contains("held: [crash]");
        assertThat(Child.RUN.holds()).isEmpty();
    }

    /** The child goes by the command. */
    @Test
    void listsAndProperties_byTheCommandInAChildProcess_areThere() {
        assertThat(Child.RUN.said())
                .contains("listed: [normal/fs1@snap]")
                .contains("set: atime=off (local)")
                .contains("inherited: atime=on (default)");
    }

    @Test
    void snapshots_fromManyThreads_areAllThere() throws Exception {
        List<Dataset> filesystems =
                List.of(zfs().dataset(pool("fs1")), zfs().dataset(pool("fs2")), zfs().dataset(pool("fs1/fs")));
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int worker = 0; worker < 6; worker++) {
                int number = worker;
                running.add(threads.submit(() -> {
                    for (int i = 0; i < 4; i++) {
                        filesystems.get(number % 3).snapshot("s" + number + "-" + i);
                        filesystems.get(i % 3).snapshots();
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        for (Dataset filesystem : filesystems) {
            assertThat(filesystem.snapshots()).hasSize(8);
        }
    }

    @Test
    void close_ofOne_refusesItsHandlesOnly() {
        Zfs other = Zfs.open();
        Dataset dataset = other.dataset(pool("fs1"));
        assertThat(dataset.exists()).isTrue();
        other.close();
        assertThatThrownBy(dataset::exists).isInstanceOf(IllegalStateException.class);
        assertThat(zfs().dataset(pool("fs1")).exists()).isTrue();
    }
}
