package dev.firstboot.machine.qemu;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.image.ByteSize;
import dev.firstboot.machine.CommandsContract;
import dev.firstboot.machine.Credential;
import dev.firstboot.machine.Echo;
import dev.firstboot.machine.Holder;
import dev.firstboot.machine.Leftovers;
import dev.firstboot.machine.Machine;
import dev.firstboot.machine.MachineException;
import dev.firstboot.machine.MachineFixture;
import dev.firstboot.machine.ReadinessTimeoutException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Timeout(1800)
@Execution(ExecutionMode.CONCURRENT)
class QemuMachineIT {
    private static final Duration READY = Duration.ofMinutes(10);

    private static Path disk;

    @BeforeAll
    static void prepare() throws IOException {
        disk = MachineFixture.disk();
    }

    @Test
    void boot_disk_livesAWholeLife() throws Exception {
        long before = Files.getLastModifiedTime(disk).toMillis();
        String mark;
        try (Machine machine = boot(disk)
                .name("one")
                .diskSize(ByteSize.gibibytes(3))
                .addPort(MachineFixture.ECHO_PORT)
                .addCredential(Credential.of("fixture.given", "a secret\nof two lines"))
                .addCredential(Credential.of("fixture.other", new byte[] {0, 1, (byte) 0xff}))
                .start()) {
            mark = Leftovers.markOf(machine);
            assertThat(machine.awaitReady(READY).firstBoot()).isTrue();
            assertThat(Echo.through(machine.endpoint(MachineFixture.ECHO_PORT), "hello"))
                    .isEqualTo("hello");
            assertThat(machine.run("cat", "/run/credentials/@system/fixture.given")
                            .check()
                            .output())
                    .isEqualTo("a secret\nof two lines");
            assertThat(machine.run("stat", "-c", "%s", "/run/credentials/@system/fixture.other")
                            .check()
                            .output())
                    .isEqualTo("3\n");
            assertThat(machine.console().getParent().toFile().list()).noneMatch(name -> name.startsWith("credential"));
            assertThat(machine.run("cat", "/sys/block/vda/size").output()).isEqualTo((3L << 30) / 512 + "\n");
            CommandsContract.basics(machine);
            assertThat(reachesTheHostsLoopback(machine)).isFalse();
            assertThat(Files.readString(Path.of("/proc/" + qemu(mark).pid() + "/status")))
                    .contains("Seccomp:\t2", "NoNewPrivs:\t1");
            assertThat(machine.run("/no/such/command").exitCode()).isEqualTo(127);
            assertThatThrownBy(() -> machine.endpoint(22))
                    .hasMessageContainingAll("port 22 is not forwarded", "7777", "addPort(22)");

            machine.stop(READY);
            assertThat(machine.isRunning()).isFalse();
            int port = machine.endpoint(MachineFixture.ECHO_PORT).getPort();
            machine.start();
            assertThat(machine.awaitReady(READY).firstBoot()).isFalse();
            assertThat(machine.endpoint(MachineFixture.ECHO_PORT).getPort()).isEqualTo(port);

            machine.kill();
            assertThat(machine.isRunning()).isFalse();
            machine.start();
            assertThat(machine.awaitReady(READY).firstBoot()).isFalse();
        }
        Leftovers.assertNone(mark);
        assertThat(Files.getLastModifiedTime(disk).toMillis())
                .as("the image is as it was")
                .isEqualTo(before);
    }

    @Test
    void boot_persistent_writesToTheDiskAlsoWhenItGoesOffByItself(@TempDir Path directory) throws Exception {
        Path copy = Files.copy(disk, directory.resolve("disk.raw"));
        try (Machine machine = boot(copy)
                .persistent()
                .addCredential(Credential.of("fixture.off", ""))
                .start()) {
            assertThatThrownBy(() -> boot(copy).persistent().start())
                    .isInstanceOf(MachineException.class)
                    .hasMessageContaining("lock");
            assertThatThrownBy(() -> machine.awaitReady(READY))
                    .isInstanceOf(MachineException.class)
                    .isNotInstanceOf(ReadinessTimeoutException.class)
                    .hasMessageContainingAll("has gone off", "Power down");
        }
        try (Machine machine = boot(copy).persistent().start()) {
            assertThat(machine.awaitReady(READY).firstBoot()).isFalse();
        }
    }

    @Test
    void run_withoutGuestAgent_saysSoAtOnce() {
        try (Machine machine = boot(disk).withoutGuestAgent().start()) {
            assertThatThrownBy(() -> machine.run("true"))
                    .isInstanceOf(MachineException.class)
                    .hasMessageContainingAll("cannot run true", "withoutGuestAgent()", "bake it with the agent");
        }
    }

    @Test
    void boot_portIsTaken_failsAndLeavesNothing() throws Exception {
        String name = "x" + UUID.randomUUID().toString().substring(0, 8);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            assertThatThrownBy(() -> boot(disk)
                            .name(name)
                            .addPort(22, taken.getLocalPort())
                            .start())
                    .isInstanceOf(MachineException.class)
                    .hasMessageContainingAll("QEMU did not start", "A port to forward from is taken");
        }
        assertThatThrownBy(() -> boot(Path.of("/no/disk.qcow2")).name(name).start())
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("/no/disk.qcow2 is not there");
        Leftovers.assertNone(name);
    }

    @Test
    void outsideNetwork_asked_reachesTheHostsLoopback() throws Exception {
        try (Machine machine = boot(disk).outsideNetwork(true).start()) {
            machine.awaitReady(READY);
            assertThat(reachesTheHostsLoopback(machine)).isTrue();
        }
    }

    private static boolean reachesTheHostsLoopback(Machine machine) throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            String address = "TCP:10.0.2.2:" + listener.getLocalPort() + ",connect-timeout=20";
            machine.run("socat", "-u", "OPEN:/etc/hostname", address);
            listener.setSoTimeout(2000);
            try (Socket connection = listener.accept()) {
                return new String(connection.getInputStream().readAllBytes(), UTF_8).equals("fixture\n");
            } catch (SocketTimeoutException e) {
                return false;
            }
        }
    }

    private static ProcessHandle qemu(String mark) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").contains("qemu-system"))
                .filter(process -> process.info().commandLine().orElse("").contains(mark))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void awaitReady_interrupted_endsAndStaysInterrupted() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        CountDownLatch waiting = new CountDownLatch(1);
        try (Machine machine = boot(disk).start()) {
            Thread thread = new Thread(() -> {
                waiting.countDown();
                try {
                    machine.awaitReady();
                } catch (MachineException e) {
                    thrown.set(Thread.currentThread().isInterrupted() ? e : new AssertionError("not interrupted", e));
                }
            });
            thread.start();
            assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
            Thread.sleep(300);
            thread.interrupt();
            thread.join();
        }
        assertThat(thrown.get()).isInstanceOf(MachineException.class).hasMessageContaining("interrupted");
    }

    @Test
    void jvm_isKilled_leavesNothing(@TempDir Path directory) throws Exception {
        Leftovers.assertNone(Holder.start(directory, "disk", disk).kill());
    }

    @Test
    void detach_jvmEnds_machineGoesOnUntilToldToStop(@TempDir Path directory) throws Exception {
        Holder holder = Holder.start(directory, "detach-disk", disk);
        Holder.assertDetached(holder, directory);
    }

    /** With one processor: emulated, a second takes more from the tests that run beside this one than it gives. */
    private static DiskBoot.Builder boot(Path image) {
        return DiskBoot.builder(image).cpus(1);
    }
}
