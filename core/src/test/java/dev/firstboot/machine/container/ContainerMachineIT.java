package dev.firstboot.machine.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firstboot.internal.file.Trees;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.machine.CommandResult;
import dev.firstboot.machine.CommandsContract;
import dev.firstboot.machine.Credential;
import dev.firstboot.machine.Echo;
import dev.firstboot.machine.Holder;
import dev.firstboot.machine.Leftovers;
import dev.firstboot.machine.Machine;
import dev.firstboot.machine.MachineException;
import dev.firstboot.machine.MachineFixture;
import dev.firstboot.machine.Readiness;
import dev.firstboot.machine.ReadinessTimeoutException;
import dev.firstboot.machine.qemu.DiskBoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Timeout(900)
@Execution(ExecutionMode.CONCURRENT)
class ContainerMachineIT {
    private static final Duration READY = Duration.ofMinutes(5);

    private static Path rootfs;

    @BeforeAll
    static void prepare() throws IOException {
        rootfs = MachineFixture.rootfs();
    }

    @Test
    void boot_archive_livesAWholeLife() throws Exception {
        Credential credential = Credential.of("fixture.given", "a secret\nof two lines");
        String mark;
        try (Machine machine =
                RootfsBoot.builder(rootfs).name("one").addCredential(credential).start()) {
            mark = Leftovers.markOf(machine);
            Readiness first = machine.awaitReady(READY);
            assertThat(first.image()).isEqualTo("fixture");
            assertThat(first.firstBoot()).isTrue();
            assertThat(first.probes()).containsExactly(new Readiness.PassedProbe("echo", Duration.ofMillis(250)));
            assertThat(Echo.through(machine.endpoint(MachineFixture.ECHO_PORT), "hello"))
                    .isEqualTo("hello");
            assertThat(machine.run("cat", "/run/credentials/@system/fixture.given")
                            .check()
                            .output())
                    .isEqualTo("a secret\nof two lines");
            CommandsContract.basics(machine);
            assertThat(machine.run("systemctl", "is-system-running").output()).isEqualTo("running\n");

            machine.stop();
            assertThat(machine.isRunning()).isFalse();
            assertThatThrownBy(() -> machine.run("true")).hasMessageContaining("has gone off");
            machine.start();
            assertThat(machine.awaitReady(READY).firstBoot()).isFalse();

            machine.kill();
            assertThat(machine.isRunning()).isFalse();
            machine.start();
            assertThat(machine.awaitReady(READY).firstBoot()).isFalse();
            assertThatThrownBy(machine::start).hasMessageContaining("is running already");
            assertThat(machine.toString()).contains("machine one (container, running");
        }
        Leftovers.assertNone(mark);
    }

    @Test
    void boot_archiveTwiceAtOnce_machinesKeepApart() throws Exception {
        try (Machine one = RootfsBoot.builder(rootfs).name("one").start();
                Machine two = RootfsBoot.builder(rootfs).name("two").start()) {
            one.awaitReady(READY);
            two.awaitReady(READY);
            assertThat(one.endpoint(7777).getAddress())
                    .isNotEqualTo(two.endpoint(7777).getAddress());
            one.run("touch", "/only-one").check();
            assertThat(two.run("test", "-e", "/only-one").exitCode()).isEqualTo(1);
            String address = two.endpoint(7777).getAddress().getHostAddress();
            assertThat(one.run("timeout", "2", "socat", "-u", "/dev/null", "TCP:" + address + ":7777")
                            .isSuccess())
                    .as("a machine reaches a machine of another network")
                    .isFalse();
            one.kill();
            assertThat(two.run("systemctl", "is-system-running").output()).isEqualTo("running\n");
        }
    }

    @Test
    void boot_onOneNetwork_machinesReachEachOther() throws Exception {
        String mark;
        try (PrivateNetwork network = PrivateNetwork.create();
                Machine one =
                        RootfsBoot.builder(rootfs).name("one").network(network).start();
                Machine two =
                        RootfsBoot.builder(rootfs).name("two").network(network).start()) {
            mark = Leftovers.markOf(one);
            one.awaitReady(READY);
            two.awaitReady(READY);
            String address = two.endpoint(7777).getAddress().getHostAddress();
            CommandResult echo = one.runWithInput("hello", "socat", "-t5", "-", "TCP:" + address + ":7777");
            assertThat(echo.check().output()).isEqualTo("hello");
        }
        Leftovers.assertNone(mark);
    }

    @Test
    void names_onOneNetwork_areKnownAlsoOfWhoComesLaterAndAfterAReboot() throws Exception {
        try (PrivateNetwork network = PrivateNetwork.create();
                Machine one =
                        RootfsBoot.builder(rootfs).name("one").network(network).start()) {
            one.awaitReady(READY);
            one.run("sh", "-c", "echo 192.0.2.1 own >>/etc/hosts").check();
            try (Machine two =
                    RootfsBoot.builder(rootfs).name("two").network(network).start()) {
                two.awaitReady(READY);
                assertThat(addressOf("two", one)).isEqualTo(address(two));
                assertThat(addressOf("one", two)).isEqualTo(address(one));
                assertThat(addressOf("one", one)).isEqualTo(address(one));
                assertThat(addressOf("localhost", two)).isIn("127.0.0.1", "::1");

                one.run("rm", "/run/firstboot/ready.json").check();
                one.run("systemctl", "--no-block", "reboot").check();
                awaitFile(one, "/run/firstboot/ready.json");
                assertThat(addressOf("two", one)).isEqualTo(address(two));
                two.kill();
                two.start();
                two.awaitReady(READY);
                CommandResult echo = one.runWithInput("hello", "socat", "-t5", "-", "TCP:two:7777");
                assertThat(echo.check().output()).isEqualTo("hello");
            }
            assertThat(addressOf("two", one)).isEmpty();
            assertThat(addressOf("own", one)).isEqualTo("192.0.2.1");
        }
    }

    private static String addressOf(String name, Machine asked) {
        return asked.run("getent", "hosts", name).output().split(" ", 2)[0].strip();
    }

    private static String address(Machine machine) {
        return machine.endpoint(7777).getAddress().getHostAddress();
    }

    @Test
    void boot_directory_isUsedAsItIs() throws Exception {
        Path directory = Files.createTempDirectory(rootfs.getParent(), "tree");
        try {
            Path tree = Files.createDirectory(directory.resolve("rootfs"));
            Tool.of("tar", "tar")
                    .run("--extract", "--file", rootfs.toString(), "--directory", tree.toString())
                    .add("--xattrs", "--xattrs-include=*")
                    .execute();
            for (boolean first : new boolean[] {true, false}) {
                try (Machine machine = RootfsBoot.builder(tree).start()) {
                    assertThat(machine.awaitReady(READY).firstBoot()).isEqualTo(first);
                    machine.stop();
                }
            }
            assertThat(Files.getAttribute(tree.resolve("var/lib/fixture-booted"), "unix:uid"))
                    .isEqualTo(0);
        } finally {
            Trees.delete(directory);
        }
    }

    @Test
    void awaitReady_neverReady_tellsWhatFailedInside() throws Exception {
        String mark;
        try (Machine machine = RootfsBoot.builder(rootfs)
                .addCredential(Credential.of("fixture.silent", ""))
                .start()) {
            mark = Leftovers.markOf(machine);
            ReadinessTimeoutException e = catchThrowableOfType(
                    ReadinessTimeoutException.class, () -> machine.awaitReady(Duration.ofSeconds(8)));
            assertThat(e.failedUnits()).containsExactly("fixture-ready.service");
            assertThat(e.journal()).anyMatch(line -> line.contains("no readiness today"));
            assertThat(e.console()).isNotEmpty();
            assertThat(e)
                    .hasMessageContainingAll("not ready after 8.0 s", "fixture-ready.service", "no readiness today");
        }
        Leftovers.assertNone(mark);
    }

    @Test
    void awaitReady_probeFails_isNamedFirst() throws Exception {
        try (Machine machine = RootfsBoot.builder(rootfs)
                .addCredential(Credential.of("fixture.silent", ""))
                .start()) {
            String probe = "echo 'firstboot: not ready: xmpp-tls: connection refused'; exec sleep infinity";
            String begin =
                    "until [ -S /run/dbus/system_bus_socket ]; do sleep 0.1; done; systemd-run --unit=firstboot-probe sh -c \"$0\"";
            machine.run("sh", "-c", begin, probe).check();
            ReadinessTimeoutException e = catchThrowableOfType(
                    ReadinessTimeoutException.class, () -> machine.awaitReady(Duration.ofSeconds(2)));
            assertThat(e.obstacle()).contains(new ReadinessTimeoutException.Obstacle("xmpp-tls", "connection refused"));
            assertThat(e.getMessage().lines().findFirst().orElseThrow())
                    .contains("not ready after 2.0 s: xmpp-tls: connection refused");
        }
    }

    @Test
    void boot_directoryForItsFilesIsMissing_saysSoWithoutAScript(@TempDir Path directory) {
        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> RootfsBoot.builder(rootfs).directory(missing).start())
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("the directory " + missing + " for its working files is not there")
                .hasMessageNotContaining("#");
        assertThatThrownBy(() -> DiskBoot.builder(rootfs).directory(missing).start())
                .isInstanceOf(MachineException.class)
                .hasMessageContaining(missing + " for its working files is not there");
    }

    @Test
    void awaitReady_consoleSaysNothing_looksInside() {
        try (Machine machine = RootfsBoot.builder(rootfs)
                .addCredential(Credential.of("fixture.mute", ""))
                .start()) {
            assertThat(machine.awaitReady(READY).image()).isEqualTo("fixture");
            assertThat(machine.consoleTail(1000)).noneMatch(line -> line.contains("\"firstboot\""));
        }
    }

    @Test
    void awaitReady_machineGoesOff_isToldAtOnce() {
        try (Machine machine = RootfsBoot.builder(rootfs)
                .addCredential(Credential.of("fixture.off", ""))
                .start()) {
            long start = System.nanoTime();
            assertThatThrownBy(() -> machine.awaitReady(Duration.ofMinutes(4)))
                    .isInstanceOf(MachineException.class)
                    .isNotInstanceOf(ReadinessTimeoutException.class)
                    .hasMessageContaining("has gone off");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(1));
        }
    }

    @Test
    void reboot_fromWithin_comesBackWithItsCredentials() throws Exception {
        String secret = UUID.randomUUID().toString();
        String mark;
        try (Machine machine = RootfsBoot.builder(rootfs)
                .addCredential(Credential.of("fixture.given", secret))
                .start()) {
            mark = Leftovers.markOf(machine);
            machine.awaitReady(READY);
            machine.run("rm", "/run/firstboot/ready.json").check();
            machine.run("systemctl", "--no-block", "reboot").check();
            awaitFile(machine, "/run/firstboot/ready.json");

            assertThat(Echo.through(machine.endpoint(MachineFixture.ECHO_PORT), "again"))
                    .isEqualTo("again");
            assertThat(machine.run("cat", "/run/credentials/@system/fixture.given")
                            .check()
                            .output())
                    .isEqualTo(secret);
            assertThat(onlyOwnerReads(machine.console().resolveSibling("credential-0")))
                    .isTrue();
            assertThat(Leftovers.processes("cmdline", mark)).isNotEmpty();
            assertThat(Leftovers.processes("cmdline", secret)).isEmpty();
            assertThat(Leftovers.processes("environ", secret)).isEmpty();
        }
        Leftovers.assertNone(mark);
    }

    static void awaitFile(Machine machine, String file) throws InterruptedException {
        for (int i = 0; i < 300; i++) {
            try {
                if (machine.run("test", "-e", file).isSuccess()) {
                    return;
                }
            } catch (MachineException e) {
                assertThat(machine.isRunning())
                        .as("between two boots: %s", machine.consoleTail(20))
                        .isTrue();
            }
            Thread.sleep(100);
        }
        assertThat(machine.consoleTail(20)).as("no " + file).isEmpty();
    }

    private static boolean onlyOwnerReads(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                        .equals("rw-------")
                && PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent()))
                        .equals("rwx------");
    }

    @Test
    void boot_nothingThatBoots_failsAndLeavesNothing(@TempDir Path directory) throws Exception {
        String name = "x" + UUID.randomUUID().toString().substring(0, 8);
        Path empty = Files.createDirectory(directory.resolve("empty"));
        Path junk = Files.writeString(directory.resolve("junk.tar"), "no archive");
        assertThatThrownBy(() -> RootfsBoot.builder(directory.resolve("absent.tar"))
                        .name(name)
                        .start())
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("absent.tar is not there");
        assertThatThrownBy(() -> RootfsBoot.builder(junk).name(name).start())
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("cannot unpack");
        assertThatThrownBy(() -> RootfsBoot.builder(empty).name(name).start())
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("did not start");
        Leftovers.assertNone(name);
    }

    @Test
    void close_anyNumberOfTimes_isFine() throws Exception {
        Machine machine = RootfsBoot.builder(rootfs).start();
        String mark = Leftovers.markOf(machine);
        machine.close();
        machine.close();
        Leftovers.assertNone(mark);
        assertThatThrownBy(machine::start).hasMessageContaining("is closed");
        assertThatThrownBy(machine::awaitReady).hasMessageContaining("is closed");
    }

    @Test
    void jvm_isKilled_leavesNothing(@TempDir Path directory) throws Exception {
        Leftovers.assertNone(Holder.start(directory, "container", rootfs).kill());
    }

    @Test
    void detach_jvmEnds_machineGoesOnUntilToldToStop(@TempDir Path directory) throws Exception {
        Holder holder = Holder.start(directory, "detach-container", rootfs);
        Holder.assertDetached(holder, directory);
    }
}
