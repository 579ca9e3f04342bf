package dev.firstboot.machine.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.machine.Command;
import dev.firstboot.machine.CommandResult;
import dev.firstboot.machine.CommandsContract;
import dev.firstboot.machine.Machine;
import dev.firstboot.machine.MachineFixture;
import dev.firstboot.machine.RunningCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands inside a container: bytes, streams, and their end. What holds in a virtual machine too is in {@link CommandsContract}. */
@Timeout(300)
class ContainerCommandsIT {
    private static Machine machine;

    @BeforeAll
    static void boot() throws IOException {
        machine = RootfsBoot.builder(MachineFixture.rootfs()).start();
        machine.awaitReady();
    }

    @AfterAll
    static void close() {
        machine.close();
    }

    @Test
    void contract_container_isKept(@TempDir Path directory) throws Exception {
        new CommandsContract(machine, directory).all();
    }

    /** More than the heap of many a program; none of it is kept. */
    @Test
    void output_of300Megabytes_goesThroughTheStream() {
        CountingStream counter = new CountingStream();
        CommandResult result = machine.run(Command.builder("head", "--bytes=300M", "/dev/zero")
                .output(counter)
                .build());
        assertThat(result.check().outputBytes()).isEmpty();
        assertThat(counter.bytes).isEqualTo(300L << 20);
    }

    private static final class CountingStream extends OutputStream {
        private long bytes;

        @Override
        public void write(int value) {
            bytes++;
        }

        @Override
        public void write(byte[] source, int offset, int length) {
            bytes += length;
        }
    }

    /** A clock kept all of it until the timeout. */
    @Test
    void output_ofACommandThatEndedLongBeforeItsTimeout_isKeptByNobody() throws InterruptedException {
        WeakReference<Object> output = runWithin(Duration.ofHours(1));
        for (int i = 0; output.get() != null && i < 200; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(output.get()).isNull();
    }

    private static WeakReference<Object> runWithin(Duration timeout) {
        CountingStream stream = new CountingStream();
        machine.run(Command.builder("seq", "10").output(stream).timeout(timeout).build())
                .check();
        return new WeakReference<>(stream);
    }

    @Test
    void limits_longerThanCanBeCountedInNanoseconds_areAsLongAsItTakes() {
        Duration forEver = ChronoUnit.FOREVER.getDuration();
        machine.awaitReady(forEver);
        machine.run(Command.builder("true").timeout(forEver).build()).check();
        try (RunningCommand running = machine.launch(Command.of("true"))) {
            assertThat(running.await(forEver)).isPresent();
        }
        machine.stop(forEver);
        machine.start();
        machine.awaitReady();
    }
}
