package dev.firstboot.machine.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.internal.file.Trees;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.machine.Machine;
import dev.firstboot.machine.MachineException;
import dev.firstboot.machine.MachineFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Machines that boot from one archive, which was unpacked once. */
@Timeout(600)
class LayersIT {
    private static Path home;
    private static Path cache;
    private static Path archive;

    @BeforeAll
    static void prepare() throws IOException {
        home = Files.createTempDirectory(MachineFixture.rootfs().getParent(), "layers");
        cache = home.resolve("cache");
        archive = MachineFixture.rootfs();
    }

    @AfterAll
    static void remove() throws IOException {
        Trees.delete(home);
    }

    private static Machine boot() {
        return RootfsBoot.builder(archive).cacheDirectory(cache).start();
    }

    private static String shell(Machine machine, String script) {
        return machine.run("sh", "-c", script).check().output();
    }

    private static List<Path> unpacked() throws IOException {
        try (Stream<Path> directories = Files.list(cache.resolve("containers"))) {
            return directories.toList();
        }
    }

    /** The archive's own files, as they are on the disk: names, owners, modes, times and content. */
    private static String fingerprint(Path tree) {
        return Tool.of("sh", "dash")
                .run(
                        "-c",
                        "find . -printf '%p %U:%G %m %n %s %T@ %l\\n' | sort; find . -type f | sort | xargs sha256sum; getcap -n -r .")
                .directory(tree)
                .text();
    }

    @Test
    void boot_twoMachines_changeNeitherTheArchiveNorEachOther() throws IOException {
        String before;
        Path tree;
        try (Machine one = boot()) {
            one.awaitReady();
            assertThat(unpacked()).hasSize(1);
            tree = unpacked().get(0).resolve("tree");
            before = fingerprint(tree);
            try (Machine two = boot()) {
                two.awaitReady();
                shell(one, """
                        cd /usr/lib/fixture
                        echo changed >shared; rm ready; chmod 700 setuid; touch new; mkdir /opt/made
                        mv /usr/lib/fixture /usr/lib/renamed; chown nobody /usr/bin/find""");
                assertThat(shell(two, "cd /usr/lib/fixture; cat shared; ls; stat -c %a setuid; ls /opt"))
                        .isEqualTo("shared\ncapable\nready\nsetuid\nshared\n4755\n");
                assertThat(shell(two, "stat -c %U /usr/bin/find")).isEqualTo("root\n");
            }
        }
        assertThat(fingerprint(tree)).isEqualTo(before);
    }

    @Test
    void files_removedAndReplaced_stayAsTheyWereLeftWhenTheMachineComesBack() throws IOException {
        try (Machine machine = boot()) {
            machine.awaitReady();
            shell(machine, """
                    rm /usr/lib/fixture/setuid
                    rm -r /usr/share/bug; mkdir /usr/share/bug; touch /usr/share/bug/only
                    mv /usr/share/zsh /usr/share/zshell 2>/dev/null || mv /usr/share/lintian /usr/share/zshell
                    cp --preserve=all /usr/lib/fixture/capable /usr/lib/fixture/again
                    setfacl -m u:nobody:rw /usr/lib/fixture/ready
                    setcap cap_net_bind_service=ep /usr/bin/find
                    sync""");
            machine.stop();
            machine.start();
            machine.awaitReady();
            assertThat(shell(machine, "ls /usr/lib/fixture /usr/share/bug"))
                    .isEqualTo("/usr/lib/fixture:\nagain\ncapable\nready\nshared\n\n/usr/share/bug:\nonly\n");
            assertThat(shell(machine, "ls -A /usr/share/zshell")).isNotEmpty();
            assertThat(shell(machine, "getcap /usr/lib/fixture/capable /usr/lib/fixture/again /usr/bin/find"))
                    .contains("capable cap_net_raw=ep", "again cap_net_raw=ep", "find cap_net_bind_service=ep");
            assertThat(shell(machine, "getfacl --absolute-names /usr/lib/fixture/ready"))
                    .contains("user:nobody:rw-");
            assertThat(shell(machine, "find / -xdev -nouser -o -xdev -nogroup")).isEmpty();
        }
    }

    @Test
    void mounts_ofAMachine_areItsOwn() throws IOException {
        try (Machine machine = boot()) {
            assertThat(Files.readAllLines(Path.of("/proc/self/mountinfo")))
                    .noneMatch(line -> line.contains(" " + machine.console().getParent()))
                    .noneMatch(line -> line.contains(cache.toString()));
            assertThat(machine.run("stat", "-f", "-c", "%T", "/").output()).isEqualTo("overlayfs\n");
        }
    }

    @Test
    void boot_sameArchiveElsewhere_isNotUnpackedAgain() throws IOException {
        boot().close();
        Path directory = unpacked().get(0);
        Object before = Files.getAttribute(directory.resolve("tree"), "unix:ino");
        Path copy = Files.copy(archive, home.resolve("copy.tar"), StandardCopyOption.REPLACE_EXISTING);
        RootfsBoot.builder(copy).cacheDirectory(cache).start().close();
        assertThat(unpacked()).containsExactly(directory);
        assertThat(Files.getAttribute(directory.resolve("tree"), "unix:ino")).isEqualTo(before);
    }

    @Test
    void boot_archiveWasReplacedInPlace_bootsTheNewOne() throws IOException {
        Path own = home.resolve("own-cache");
        Path changing = Files.copy(archive, home.resolve("changing.tar"));
        Files.setLastModifiedTime(changing, FileTime.fromMillis(1_000_000_000_000L));
        RootfsBoot.builder(changing).cacheDirectory(own).start().close();
        Path extra = Files.createDirectory(home.resolve("extra"));
        Files.writeString(Files.createDirectory(extra.resolve("opt")).resolve("new"), "new");
        Tool.of("tar", "tar")
                .run("--append", "--file", changing.toString(), "--directory", extra.toString())
                .add("--owner=0", "--group=0", "./opt/new")
                .execute();
        Files.setLastModifiedTime(changing, FileTime.fromMillis(1_000_000_000_000L));
        try (Machine machine = RootfsBoot.builder(changing).cacheDirectory(own).start()) {
            assertThat(shell(machine, "cat /opt/new")).isEqualTo("new");
        }
    }

    @Test
    void boot_cacheIsSomebodyElses_unpacksForItself() throws IOException {
        Path foreign = Files.createDirectory(home.resolve("foreign"));
        Files.setAttribute(foreign, "unix:uid", 1000);
        try (Machine machine =
                RootfsBoot.builder(archive).cacheDirectory(foreign).start()) {
            machine.awaitReady();
            assertThat(machine.console().resolveSibling("rootfs/usr/lib/fixture/ready"))
                    .exists();
            assertThat(machine.run("stat", "-f", "-c", "%T", "/").output()).doesNotContain("overlay");
        }
    }

    @Test
    void users_ofTwoMachines_areNobodyInTheArchiveAndToEachOther() throws IOException {
        try (Machine one = boot();
                Machine two = boot()) {
            one.awaitReady();
            two.awaitReady();
            for (Machine machine : List.of(one, two)) {
                shell(machine, "echo mine >/root/mine; chmod 600 /root/mine");
            }
            Path first = one.console().resolveSibling("upper/root/mine");
            Path second = two.console().resolveSibling("upper/root/mine");
            assertThat(Files.getAttribute(first, "unix:uid")).isNotEqualTo(Files.getAttribute(second, "unix:uid"));
            Path ready = unpacked().get(0).resolve("tree/usr/lib/fixture/ready");
            assertThat(Files.getAttribute(ready, "unix:uid"))
                    .isEqualTo((int) IdBlock.UNPACKED.base())
                    .isNotEqualTo(Files.getAttribute(first, "unix:uid"));
        }
    }

    @Test
    void archive_thatIsNone_leavesNothing() throws IOException {
        Path junk = Files.writeString(home.resolve("junk.tar"), "no archive");
        Path own = home.resolve("junk-cache");
        assertThatThrownBy(() -> RootfsBoot.builder(junk).cacheDirectory(own).start())
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("cannot unpack " + junk)
                .hasMessageNotContaining("sh -c");
        assertThat(own.resolve("containers")).isEmptyDirectory();
    }

    /** Whoever was killed between taking them and hiring a janitor left them taken. */
    @Test
    void ids_beforeAJanitorHasThem_areNotTaken() {
        assertThat(IdBlock.take("m").claim()).doesNotExist();
    }
}
