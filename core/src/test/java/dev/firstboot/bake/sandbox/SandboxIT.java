package dev.firstboot.bake.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program of a package finds when it runs while root bakes. */
class SandboxIT {
    @TempDir
    Path directory;

    private Sandbox sandbox;

    @BeforeEach
    void create() throws IOException {
        sandbox = Sandbox.create(directory.resolve("sandbox"));
    }

    private String sh(String script) throws IOException {
        return sandbox.run("sh", "-c", script).text();
    }

    @Test
    void run_asRoot_isRootOfNothingOfTheHosts() throws IOException {
        assertThat(sh("id -u; cat /proc/self/uid_map")).matches("0\\n +0 +" + 0x6FFE_0000 + " +65536\\n");
        assertThat(sh("cat /etc/shadow 2>&1 || echo >>/etc/passwd || mknod /root/disk b 8 0 || echo nothing"))
                .contains("Permission denied", "nothing");
    }

    @Test
    void run_always_bearsNoNameOfTheHosts() throws IOException {
        assertThat(sh("hostname; uname -n; domainname")).isEqualTo("localhost\nlocalhost\n(none)\n");
    }

    @Test
    void run_always_seesNoProcessDeviceOrMemoryOfTheHosts() throws IOException {
        Path canary = Files.createTempFile(Path.of("/dev/shm"), "firstboot-canary", "");
        try {
            assertThat(sh("ls /dev /dev/shm; ls -d /proc/[0-9]*; test -w /sys/kernel/uevent_helper || echo read-only"))
                    .doesNotContain("canary", "vda", "sda", "loop", "kvm")
                    .contains("null", "ptmx", "read-only")
                    .contains("/proc/1\n")
                    .doesNotContain("/proc/" + ProcessHandle.current().pid() + "\n");
        } finally {
            Files.delete(canary);
        }
    }

    @Test
    void run_mountsAndLeavesAProcess_leavesNothingOfBoth() throws IOException {
        sh("mkdir /root/m && mount -t tmpfs none /root/m && touch /root/m/x && setsid sleep 4711 &");

        assertThat(directory.resolve("sandbox/m/x")).doesNotExist();
        assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain(directory.toString());
        assertThat(ProcessHandle.allProcesses()
                        .map(process -> process.info().commandLine().orElse("")))
                .noneMatch(command -> command.contains("sleep 4711"));
    }

    @Test
    void take_file_isTheHostsOwn() throws IOException {
        sh("umask 077; echo made >/root/made; chown 5:5 /root/made");

        Path taken = sandbox.take("made", directory.resolve("taken"));

        assertThat(taken).hasContent("made");
        assertThat(Files.getAttribute(taken, "unix:uid")).isEqualTo(0);
        assertThat(Files.getAttribute(taken, "unix:mode")).isEqualTo(0100644);
    }

    @Test
    void take_linkToAFileOfTheHosts_isRefused() throws IOException {
        sh("ln -s /etc/shadow /root/made");

        assertThatThrownBy(() -> sandbox.take("made", directory.resolve("taken")))
                .hasMessageContaining("made is not a file");
    }

    /** Version 2 of vfs_cap_data, as in any image; outside, the file has version 3, which names the namespace. */
    @Test
    void run_setsFileCapabilities_packsThemAsOnAnyMachine() throws IOException {
        sh("cp /bin/true /root/t && setcap cap_net_raw+ep /root/t"
                + " && tar --xattrs --xattrs-include='*' -C /root -cf /root/t.tar t");

        String tar = Files.readString(directory.resolve("sandbox/t.tar"), StandardCharsets.ISO_8859_1);
        assertThat(tar).contains("security.capability=\u0001\0\0\u0002");
    }
}
