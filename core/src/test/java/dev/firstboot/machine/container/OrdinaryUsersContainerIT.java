package dev.firstboot.machine.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.bake.OrdinaryUser;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.machine.Attempt;
import dev.firstboot.machine.CommandsContract;
import dev.firstboot.machine.Credential;
import dev.firstboot.machine.Echo;
import dev.firstboot.machine.Holder;
import dev.firstboot.machine.Leftovers;
import dev.firstboot.machine.Machine;
import dev.firstboot.machine.MachineException;
import dev.firstboot.machine.MachineFixture;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Containers of a user who is not root. A session of systemd's would give the user a control group; here the test makes one, as root, and hands it over.
 */
@Timeout(900)
class OrdinaryUsersContainerIT {
    private static final Duration READY = Duration.ofMinutes(5);

    private OrdinaryUser user;
    private Path rootfs;
    private Path group;

    @BeforeEach
    void prepare() throws IOException {
        user = OrdinaryUser.create();
        // The way to the tests' own may be closed to the user.
        rootfs = user.home().resolve("rootfs.tar");
        Tool.of("cp", "coreutils")
                .run("--reflink=auto", MachineFixture.rootfs().toString(), rootfs.toString())
                .execute();
        group = Path.of(
                "/sys/fs/cgroup/firstboot-test-" + UUID.randomUUID().toString().substring(0, 8));
        user.in(OrdinaryUser.delegating(group));
    }

    @AfterEach
    void remove() throws Exception {
        for (Path parent : List.of(Path.of("/sys/fs/cgroup"), Path.of("/sys/fs/cgroup/unified"))) {
            remove(parent.resolve(group.getFileName()));
        }
        user.close();
    }

    /** A process that is about to end counts until it has, although its command line is gone already. */
    private static void remove(Path group) throws Exception {
        for (int i = 0; ; i++) {
            try {
                Files.deleteIfExists(group);
                return;
            } catch (FileSystemException e) {
                if (i == 100) {
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }

    /** What a program said that this user ran; of the machine whose mark it told nothing is left. */
    private List<String> run(Class<?> program) throws Exception {
        List<String> said = user.java(program, user.home().toString()).lines().toList();
        for (String line : said) {
            if (line.startsWith("mark ")) {
                Leftovers.assertNone(line.substring("mark ".length()));
            }
        }
        assertNoGroups();
        return said;
    }

    /** As that user: a machine's whole life. */
    static final class WholeLife {
        private static final String ATTACKS = """
                mount -o remount,rw /proc/sys
                echo '|/tmp/evil' >/proc/sys/kernel/core_pattern
                mkdir -p /tmp/proc; mount -t proc proc /tmp/proc; echo '|/tmp/evil' >/tmp/proc/sys/kernel/core_pattern
                cat /proc/sys/kernel/core_pattern
                echo h >/proc/sysrq-trigger && echo 'asked the kernel'
                mknod /tmp/disk b 254 0 && echo 'made a device'
                date --set=@0 && echo 'set the clock'
                grep . /proc/1/uid_map /proc/1/gid_map
                """;

        /**
         * Input: the user's home. Goes to the root directory of systemd-nspawn's mount namespace, by unshare(2), umount2(2) and setns(2), and from there on in the
         * same way; tells what of the host is there, and what of the user's processes.
         */
        private static final String ESCAPE = """
                my $home = <STDIN>;
                my ($none, $slash) = ('none', '/');
                syscall 272, 0x20000;
                syscall 165, $none, $slash, $none, 0x44000, 0;
                for my $time (1, 2) {
                    open my $namespace, '<', '/proc/self/ns/mnt' or print "escaped from /proc\\n";
                    my $gone = 0 == syscall 166, $slash, 2;
                    print "taken apart again\\n" if $gone && $time == 2;
                    syscall 308, fileno $namespace, 0x20000;
                }
                opendir my $root, '/';
                print 'escaped to ', join(' ', sort grep { !/^[.]/ } readdir $root), "\\n";
                print "sees $_\\n" for grep { -e } $home;
                for my $writable ('/', '/etc', '/usr/lib', '/dev') {
                    print "writes to $writable\\n" if open my $file, '>', "$writable/evil";
                }
                opendir my $proc, '/proc';
                for my $process (grep { /^[0-9]+$/ } readdir $proc) {
                    for my $what ('cmdline', 'environ') {
                        open my $file, '<', "/proc/$process/$what" or next;
                        print "sees $what of the user's\\n" if index(join('', <$file>), $home) >= 0;
                    }
                    my $cwd = readlink "/proc/$process/cwd";
                    print "sees $home as $cwd\\n" if -e "/proc/$process/cwd/console.log" || -e "/proc/$process/root$home";
                }
                print "attacked\\n";
                """;

        public static void main(String[] args) throws Exception {
            Path home = Path.of(args[0]);
            String mark;
            try (Machine machine = RootfsBoot.builder(home.resolve("rootfs.tar"))
                    .cacheDirectory(home.resolve("cache"))
                    .directory(home)
                    .name("one")
                    .addCredential(Credential.of("fixture.given", "a secret\nof two lines"))
                    .start()) {
                mark = Leftovers.markOf(machine);
                System.out.println("first boot " + machine.awaitReady(READY).firstBoot());
                System.out.println("address " + machine.endpoint(7777).getAddress());
                System.out.println("echo " + Echo.through(machine.endpoint(7777), "hello"));
                System.out.println("given "
                        + machine.run("cat", "/run/credentials/@system/fixture.given")
                                .check()
                                .output()
                                .replace('\n', ' '));
                CommandsContract.basics(machine);
                System.out.println(machine.run("sh", "-c", ATTACKS).output());
                System.out.println(machine.runWithInput(home.toString(), "perl", "-e", ESCAPE)
                        .check()
                        .output());
                System.out.println(
                        "state " + machine.run("systemctl", "is-system-running").output());
                System.out.println(machine.run("sh", "-c", """
                        stat -f -c 'files %T' /
                        stat -c 'mode %a' /usr/lib/fixture/setuid
                        getcap /usr/lib/fixture/capable
                        getfacl -p /usr/lib/fixture/shared | grep nobody
                        grep Cap /proc/self/status
                        for program in capable setuid; do
                            setpriv --reuid=65534 --regid=65534 --clear-groups /usr/lib/fixture/$program /proc/self/status | grep -e Uid -e CapEff | xargs echo $program
                        done
                        rm /usr/lib/fixture/shared; mkdir /usr/lib/fixture/shared; rm -r /usr/share/bug
                        find / -xdev -nouser -o -xdev -nogroup
                        ip route
                        """).output());
                machine.stop();
                System.out.println("running " + machine.isRunning());
                machine.start();
                System.out.println("first boot " + machine.awaitReady(READY).firstBoot());
                System.out.println("echo " + Echo.through(machine.endpoint(7777), "again"));
                System.out.println(machine.run(
                                "sh", "-c", "stat -c 'shared is %F' /usr/lib/fixture/shared; ls /usr/share/bug 2>&1")
                        .output());
                machine.kill();
                System.out.println("running " + machine.isRunning());
                closedDoor(machine);
                machine.start();
                System.out.println("first boot " + machine.awaitReady(READY).firstBoot());
                System.out.println("echo " + Echo.through(machine.endpoint(7777), "third"));
                machine.run("rm", "/run/firstboot/ready.json").check();
                machine.run("systemctl", "--no-block", "reboot").check();
                ContainerMachineIT.awaitFile(machine, "/run/firstboot/ready.json");
                System.out.println("echo " + Echo.through(machine.endpoint(7777), "rebooted"));
            }
            System.out.println("mark " + mark);
            try (Stream<Path> left = Files.list(home)) {
                System.out.println("left "
                        + left.filter(path -> path.toString().contains(mark)).count());
            }
        }

        private static void closedDoor(Machine machine) throws IOException {
            try {
                System.out.println(
                        "door of a machine that is off: '" + Echo.through(machine.endpoint(7777), "?") + "'");
            } catch (ConnectException e) {
                System.out.println("door closed: " + e.getMessage());
            } catch (SocketException e) {
                System.out.println("door reset");
            }
        }
    }

    @Test
    void boot_byAnOrdinaryUser_livesAWholeLifeAndLeavesNothing() throws Exception {
        assertThat(run(WholeLife.class))
                .containsSubsequence(
                        "first boot true",
                        "address localhost/127.0.0.1",
                        "echo hello",
                        "given a secret of two lines",
                        "state running",
                        "files overlayfs",
                        "mode 4755",
                        "/usr/lib/fixture/capable cap_net_raw=ep",
                        "user:nobody:r--",
                        "capable Uid: 65534 65534 65534 65534 CapEff: 0000000000002000",
                        "running false",
                        "first boot false",
                        "echo again",
                        "shared is directory",
                        "running false",
                        "door reset",
                        "first boot false",
                        "echo third",
                        "echo rebooted",
                        "left 0")
                .contains(Files.readString(Path.of("/proc/sys/kernel/core_pattern"))
                        .strip())
                .anyMatch(line -> line.startsWith("setuid Uid: 65534 0 0 0 "))
                .anyMatch(line -> line.matches("/proc/1/uid_map: +0 +1 +65536"))
                .anyMatch(line -> line.matches("/proc/1/gid_map: +0 +1 +65536"))
                .noneMatch(line -> line.matches("asked the kernel|made a device|set the clock"))
                .contains("attacked")
                .noneMatch(line -> line.matches("(sees|writes to|taken apart) .*"))
                .noneMatch(line -> line.startsWith("default "))
                .noneMatch(line -> line.startsWith("CapBnd:")
                        && (Long.parseLong(line.substring(7).strip(), 16) >> 27 & 1) == 1);
    }

    private void assertNoGroups() throws IOException {
        for (Path parent : List.of(Path.of("/sys/fs/cgroup"), Path.of("/sys/fs/cgroup/unified"))) {
            Path mine = parent.resolve(group.getFileName());
            if (Files.isDirectory(mine)) {
                try (Stream<Path> entries = Files.list(mine)) {
                    assertThat(entries.filter(Files::isDirectory)).isEmpty();
                }
            }
        }
    }

    /** As that user: two machines on one network, which are known to each other by name. */
    static final class TwoOnANetwork {
        public static void main(String[] args) throws Exception {
            Path home = Path.of(args[0]);
            String mark;
            try (PrivateNetwork network = PrivateNetwork.create();
                    Machine one = boot(home, "one", network)) {
                one.awaitReady(READY);
                one.run("sh", "-c", "echo 192.0.2.1 own >>/etc/hosts").check();
                try (Machine two = boot(home, "two", network)) {
                    mark = Leftovers.markOf(two);
                    two.awaitReady(READY);
                    System.out.println("one to two "
                            + one.runWithInput("hello", "socat", "-t5", "-", "TCP:two:7777")
                                    .check()
                                    .output());
                    System.out.println("two to one "
                            + two.runWithInput("hello", "socat", "-t5", "-", "TCP:one:7777")
                                    .check()
                                    .output());
                    System.out.println("host to two " + Echo.through(two.endpoint(7777), "hello"));
                    one.run("touch", "/only-one").check();
                    System.out.println(
                            "apart " + two.run("test", "-e", "/only-one").exitCode());
                }
                System.out.println(
                        "two is gone " + one.run("getent", "hosts", "two").output());
                System.out.println(one.run("getent", "hosts", "own").output());
                System.out.println(
                        "owner " + one.run("stat", "-c", "%U %a", "/etc/hosts").output());
            }
            System.out.println("mark " + mark);
        }

        private static Machine boot(Path home, String name, PrivateNetwork network) {
            return RootfsBoot.builder(home.resolve("rootfs.tar"))
                    .cacheDirectory(home.resolve("cache"))
                    .name(name)
                    .network(network)
                    .start();
        }
    }

    @Test
    void network_ofAnOrdinaryUser_hasMachinesThatReachEachOtherByName() throws Exception {
        assertThat(run(TwoOnANetwork.class))
                .containsSubsequence(
                        "one to two hello",
                        "two to one hello",
                        "host to two hello",
                        "apart 1",
                        "two is gone ",
                        "owner root 664")
                .anyMatch(line -> line.startsWith("192.0.2.1 "));
        assertNoGroups();
    }

    /** As that user: with a cache that cannot be used. */
    static final class ForeignCache {
        public static void main(String[] args) throws Exception {
            Path home = Path.of(args[0]);
            String mark;
            try (Machine machine = RootfsBoot.builder(home.resolve("rootfs.tar"))
                    .cacheDirectory(Path.of("/usr"))
                    .start()) {
                mark = Leftovers.markOf(machine);
                machine.awaitReady(READY);
                System.out.println(
                        "files " + machine.run("stat", "-f", "-c", "%T", "/").output());
                System.out.println(
                        "owner " + machine.run("stat", "-c", "%U %a", "/").output());
                System.out.println("foreign "
                        + machine.run("find", "/", "-xdev", "-nouser", "-o", "-xdev", "-nogroup")
                                .output());
                System.out.println("echo " + Echo.through(machine.endpoint(7777), "hello"));
            }
            System.out.println("mark " + mark);
        }
    }

    @Test
    void boot_cacheIsSomebodyElses_unpacksForItself() throws Exception {
        assertThat(run(ForeignCache.class))
                .contains("owner root 755", "foreign ", "echo hello")
                .doesNotContain("files overlayfs");
    }

    @Test
    void boot_theProgramIsKilled_nothingIsLeft() throws Exception {
        Holder holder = Holder.start(user.words(Holder.class), user.home(), "rootfs", rootfs);
        Leftovers.assertNone(holder.kill());
        assertNoGroups();
    }

    @Test
    void detach_byAnOrdinaryUser_runsOnAndCleansUp() throws Exception {
        Holder holder = Holder.start(user.words(Holder.class), user.home(), "detach rootfs", rootfs);
        Holder.assertDetached(holder, user.home());
        assertNoGroups();
    }

    private String attempt() throws IOException {
        return user.java(Attempt.class, "container", rootfs.toString());
    }

    @Test
    void boot_noControlGroupOfTheUsers_saysHowToGetOne() throws IOException {
        user.in("mount -t cgroup2 none /sys/fs/cgroup");
        assertThat(attempt())
                .contains(
                        "without root a container needs a control group to make others in, and /sys/fs/cgroup",
                        "is not this user's: begin the program with  systemd-run --user --scope -p Delegate=yes",
                        "Or run it as root, or boot a disk image instead");
    }

    @Test
    void boot_noSubordinateIds_saysHowToGetSome() throws IOException {
        user.in("mount --bind /dev/null /etc/subgid\n" + OrdinaryUser.delegating(group));
        assertThat(attempt())
                .contains(
                        "needs 65536 subordinate ids, and /etc/subgid gives 0 to user firstboot-test",
                        "usermod --add-subuids");
    }

    @Test
    void boot_noNewuidmap_namesThePackage() throws IOException {
        user.in("mount --bind /dev/null \"$(command -v newuidmap)\"");
        assertThat(attempt()).contains("needs newuidmap, which is not installed: install the package uidmap");
    }

    @Test
    void boot_mayGainNoPrivileges_saysSo() throws IOException {
        user.in("exec setpriv --no-new-privs \"$@\"");
        assertThat(attempt()).contains("this process may gain no privileges (no_new_privs)");
    }

    /** As that user: two machines at once, and a third for which there is nothing left, twice. */
    static final class TwoAtOnce {
        public static void main(String[] args) {
            Path home = Path.of(args[0]);
            RootfsBoot boot = RootfsBoot.builder(home.resolve("rootfs.tar"))
                    .cacheDirectory(home.resolve("cache"))
                    .build();
            for (int i = 0; i < 2; i++) {
                try (Machine one = boot.start();
                        Machine two = boot.start()) {
                    for (Machine machine : List.of(one, two)) {
                        System.out.println(
                                machine.run("cat", "/proc/1/uid_map").check().output());
                    }
                    boot.start().close();
                } catch (MachineException e) {
                    System.out.println(e.getMessage());
                }
            }
        }
    }

    @Test
    void boot_userHasTwoBlocksOfIds_eachMachineHasItsOwn() throws Exception {
        Path ids = Files.writeString(user.home().resolve("two"), "firstboot-test:1000000:131072\n");
        user.in("mount --bind %1$s /etc/subuid\nmount --bind %1$s /etc/subgid\n".formatted(ids)
                + OrdinaryUser.delegating(group));
        List<String> said = run(TwoAtOnce.class).stream()
                .filter(line -> !line.isBlank())
                .map(line -> line.strip().replaceAll(" +", " "))
                .toList();
        assertThat(said).hasSize(6);
        for (int i : List.of(0, 3)) {
            assertThat(said.subList(i, i + 2)).containsExactlyInAnyOrder("0 1 65536", "0 65537 65536");
            assertThat(said.get(i + 2)).contains("all 2 blocks of subordinate ids are taken by other machines");
        }
    }

    @Test
    void boot_noUserNamespaces_saysWhichSetting() throws IOException {
        Path none = Files.writeString(user.home().resolve("none"), "0\n");
        user.in("mount --bind " + none + " /proc/sys/user/max_user_namespaces");
        assertThat(attempt())
                .contains("needs user namespaces, and none are allowed here: set the sysctl user.max_user_namespaces");
    }

    @Test
    void boot_directoryByAnOrdinaryUser_saysToBootAnArchive() throws IOException {
        rootfs = Files.createDirectory(user.home().resolve("tree"));
        assertThat(attempt()).contains("is a directory", "boot an archive of it, or run as root");
    }
}
