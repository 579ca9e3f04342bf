package dev.firstboot.machine.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.machine.CommandResult;
import dev.firstboot.machine.Leftovers;
import dev.firstboot.machine.Machine;
import dev.firstboot.machine.MachineFixture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Somebody who has become root in a container, with all that this root can have, goes for the host. */
@Timeout(300)
class ConfinementIT {
    private static final Duration READY = Duration.ofMinutes(5);
    private static final String REFUSED = "Operation not permitted";

    private static Machine machine;

    @BeforeAll
    static void boot() throws IOException {
        machine = RootfsBoot.builder(MachineFixture.rootfs()).name("confined").start();
        machine.awaitReady(READY);
    }

    @AfterAll
    static void close() {
        machine.close();
    }

    @Test
    void users_ofEachContainer_areIdsOfItsOwn() throws IOException {
        long base = base(machine);
        assertThat(base).isBetween(600_100_000L, 0x6FFD_0000L);
        Path claim = new IdBlock(base).claim();
        assertThat(claim).isDirectory();
        Path otherClaim;
        try (Machine other = RootfsBoot.builder(MachineFixture.rootfs()).start()) {
            other.awaitReady(READY);
            assertThat(base(other)).isNotEqualTo(base);
            otherClaim = new IdBlock(base(other)).claim();
            assertThat(otherClaim).isDirectory();
        }
        assertThat(otherClaim).doesNotExist();
        assertThat(claim).isDirectory();
    }

    private static long base(Machine machine) {
        String[] map = shell(machine, "cat /proc/1/uid_map").strip().split("\\s+", -1);
        assertThat(map).hasSize(3).startsWith("0").endsWith("65536");
        return Long.parseLong(map[1]);
    }

    @Test
    void files_unpackedForThem_keepTheirPrivileges() {
        String asNobody = "setpriv --reuid=65534 --regid=65534 --clear-groups /usr/lib/fixture/";
        assertThat(shell(machine, asNobody + "capable /proc/self/status"))
                .contains("Uid:\t65534\t65534", "CapEff:\t0000000000002000");
        assertThat(shell(machine, asNobody + "setuid /proc/self/status")).contains("Uid:\t65534\t0\t0\t0");
        assertThat(shell(machine, "setpriv --reuid=65534 --regid=65534 --clear-groups cat /usr/lib/fixture/shared"))
                .isEqualTo("shared\n");
        assertThat(shell(machine, "getfacl --absolute-names /usr/lib/fixture/shared"))
                .contains("owner: root", "user:nobody:r--");
        assertThat(shell(machine, "find / -xdev -nouser -o -xdev -nogroup")).isEmpty();
    }

    @Test
    void capabilities_ofNoUse_areGone() {
        String bound = shell(machine, "sed -n 's/^CapBnd:.//p' /proc/1/status").strip();
        // MKNOD, LEASE, AUDIT_CONTROL, SYS_TTY_CONFIG, LINUX_IMMUTABLE; SYS_MODULE, SYS_RAWIO, SYS_TIME
        for (int capability : new int[] {27, 28, 30, 26, 9, 16, 17, 25}) {
            assertThat(Long.parseUnsignedLong(bound, 16) >> capability & 1)
                    .as("capability %d in %s", capability, bound)
                    .isZero();
        }
    }

    @Test
    void command_thatIsRunFromOutside_mayDoNoMoreThanTheMachineItself() {
        String capabilities = "sed -n 's/^Cap\\(Prm\\|Eff\\|Bnd\\)://p' /proc/";
        assertThat(shell(machine, capabilities + "self/status")).isEqualTo(shell(machine, capabilities + "1/status"));
    }

    @Test
    void disks_ofTheHost_areOutOfReach() {
        assertThat(shell(machine, "find /dev -type b")).isEmpty();
        // The number of the device that the root directory is on.
        assertThat(errors("mknod /tmp/disk b $((0x$(stat -c %D /) >> 8)) $((0x$(stat -c %D /) & 255))"))
                .contains(REFUSED);
    }

    @Test
    void kernel_settings_stayAsTheyAre() throws IOException {
        Path pattern = Path.of("/proc/sys/kernel/core_pattern");
        String before = Files.readString(pattern);
        errors("echo '|/tmp/evil' >/proc/sys/kernel/core_pattern");
        errors("mount -o remount,rw /proc/sys; echo '|/tmp/evil' >/proc/sys/kernel/core_pattern");
        errors(
                "mkdir -p /tmp/proc; mount -t proc proc /tmp/proc; echo '|/tmp/evil' >/tmp/proc/sys/kernel/core_pattern");
        errors("echo h >/proc/sysrq-trigger");
        assertThat(Files.readString(pattern)).isEqualTo(before);
    }

    @Test
    void modules_cannotBeLoaded() {
        // init_module(2); a kernel may have no modules at all.
        assertThat(errors(
                        "perl -e 'my ($junk, $none) = (q(junk), q()); syscall 175, $junk, 4, $none and die qq($!\\n)'"))
                .containsAnyOf(REFUSED, "Function not implemented");
    }

    @Test
    void clock_cannotBeSet() {
        assertThat(errors("date --set=@0")).contains(REFUSED);
        assertThat(Instant.now()).isAfter(Instant.parse("2020-01-01T00:00:00Z"));
    }

    @Test
    void processes_ofTheHost_areNotSeen() throws Exception {
        Process process = new ProcessBuilder("sleep", "4711.25").start();
        try {
            assertThat(Leftovers.processes("cmdline", "4711.25")).isNotEmpty();
            assertThat(shell(machine, "cat /proc/[0-9]*/cmdline | tr '\\0' ' '"))
                    .contains("systemd-journald")
                    .doesNotContain("4711.25");
        } finally {
            process.destroy();
        }
    }

    @Test
    void loopback_ofTheHost_isOutOfReach() throws Exception {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        String own = machine.endpoint(MachineFixture.ECHO_PORT).getAddress().getHostAddress();
        String host = own.substring(0, own.lastIndexOf('.')) + ".1";
        try (ServerSocket listener = new ServerSocket(0, 50, loopback)) {
            new Socket(loopback, listener.getLocalPort()).close();
            listener.accept().close();
            for (String address : new String[] {"127.0.0.1", host}) {
                assertThat(errors("socat -u /dev/null TCP:" + address + ":" + listener.getLocalPort()
                                + ",connect-timeout=3"))
                        .containsAnyOf("Connection refused", "timed out");
            }
        }
    }

    /** By the number of its inode, which for that of a file system is known. */
    @Test
    void root_ofTheHostsFileSystem_cannotBeOpened() {
        assertThat(errors("""
                        perl -e '
                          open my $here, "<", "/etc" or die;
                          my $handle = pack "LlLL", 8, 1, 2, 0;
                          my $fd = syscall 304, fileno $here, $handle, 0200000;
                          die "$!\\n" if $fd < 0;
                          print readlink "/proc/self/fd/$fd"'
                        """)).containsAnyOf(REFUSED, "Stale file handle");
    }

    /** By unshare(2), umount2(2) and setns(2): what systemd-nspawn put its root directory over would come to light. */
    @Test
    void root_ofTheMachine_cannotBeTakenAway() {
        Path host = machine.console().toAbsolutePath();
        assertThat(host).exists();
        String attack = """
                my ($none, $slash) = ('none', '/');
                syscall 272, 0x20000;
                syscall 165, $none, $slash, $none, 0x44000, 0;
                open my $namespace, '<', '/proc/self/ns/mnt' or die;
                syscall 166, $slash, 2;
                syscall 308, fileno $namespace, 0x20000;
                print -e '%s' ? 'sees the host' : 'sees nothing'
                """.formatted(host);
        assertThat(machine.run("perl", "-e", attack).check().output()).isEqualTo("sees nothing");
    }

    @Test
    void file_boundFromTheHost_cannotBeWritten() throws IOException {
        Path file = machine.console().resolveSibling("host0.network");
        String before = Files.readString(file);
        errors("echo evil >>/run/systemd/network/00-firstboot.network");
        assertThat(errors("mount -o remount,bind,rw /run/systemd/network/00-firstboot.network &&"
                        + " echo evil >>/run/systemd/network/00-firstboot.network"))
                .isNotEmpty();
        assertThat(Files.readString(file)).isEqualTo(before);
    }

    @Test
    void privileges_setUpInTheDirectory_meanNothingToTheHost() throws IOException {
        shell(machine, "cp /usr/bin/cat /evil; chmod 4755 /evil");
        Path evil = machine.console().resolveSibling("upper").resolve("evil");
        assertThat(Files.getAttribute(evil, "unix:uid")).isEqualTo((int) base(machine));
    }

    private static String shell(Machine machine, String script) {
        return machine.run("sh", "-c", script).check().output();
    }

    /** What an attack that fails has to say. */
    private static String errors(String script) {
        CommandResult result = machine.run("sh", "-c", script);
        assertThat(result.isSuccess()).as("%s: %s", script, result.output()).isFalse();
        return result.errors();
    }
}
