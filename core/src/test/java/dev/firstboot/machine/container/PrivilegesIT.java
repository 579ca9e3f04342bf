package dev.firstboot.machine.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.machine.Attempt;
import dev.firstboot.machine.MachineFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is said where root may not do all that root may, as in a container of Docker's. Each attempt is made with these limits. */
@Timeout(300)
class PrivilegesIT {
    /** The capabilities that Docker leaves to root. */
    private static final List<String> DOCKER = List.of(
            "setpriv",
            "--bounding-set=-all,+chown,+dac_override,+fowner,+fsetid,+kill,+setgid,+setuid,+setpcap,+net_bind_service,+net_raw,+sys_chroot,+mknod"
                    + ",+audit_write,+setfcap");

    @TempDir
    Path directory;

    @Test
    void boot_withDockersCapabilities_namesThoseThatAreMissing() throws IOException {
        assertThat(Attempt.of(DOCKER, "container", MachineFixture.rootfs()))
                .contains(
                        "a container needs CAP_SYS_ADMIN, CAP_NET_ADMIN, CAP_SYS_PTRACE, which this process lacks although it is root",
                        "run it with --cap-add for each, or with --privileged, or boot a disk image instead");
        assertThat(Attempt.of(DOCKER, "network", directory))
                .contains("a private network needs CAP_SYS_ADMIN, CAP_NET_ADMIN, CAP_SYS_PTRACE, which");
    }

    @Test
    void boot_withoutOneCapability_namesIt() throws IOException {
        assertThat(Attempt.of(List.of("setpriv", "--bounding-set=-net_admin"), "container", MachineFixture.rootfs()))
                .contains("a container needs CAP_NET_ADMIN, which this process lacks although it is root");
    }

    @Test
    void boot_whereNoUserNamespacesAreAllowed_saysSo() throws IOException {
        List<String> none = List.of(
                "unshare",
                "--user",
                "--map-root-user",
                "sh",
                "-c",
                "echo 0 >/proc/sys/user/max_user_namespaces && exec \"$0\" \"$@\"");
        assertThat(Attempt.of(none, "container", MachineFixture.rootfs()))
                .contains("a container needs user namespaces, and none are allowed here", "user.max_user_namespaces");
    }

    @Test
    void boot_controlGroupsAreReadOnly_saysSo() throws IOException {
        List<String> readOnly = List.of(
                "unshare",
                "--mount",
                "sh",
                "-c",
                "for point in $(sed -n 's/^[^ ]* [^ ]* [^ ]* [^ ]* \\(\\/sys\\/fs\\/cgroup[^ ]*\\) .* - cgroup.*/\\1/p' /proc/self/mountinfo); do"
                        + " mount -o remount,bind,ro \"$point\" || exit 9; done; exec \"$0\" \"$@\"");
        assertThat(Attempt.of(readOnly, "container", MachineFixture.rootfs()))
                .contains("a container needs control groups of its own, and /sys/fs/cgroup is read-only here");
    }

    @Test
    void boot_hostHasNoMachineId_saysHowToMakeOne() throws IOException {
        List<String> without = List.of(
                "unshare", "--mount", "sh", "-c", "mount --bind /dev/null /etc/machine-id && exec \"$0\" \"$@\"");
        assertThat(Attempt.of(without, "container", MachineFixture.rootfs()))
                .contains("a container needs a machine id of this host", "systemd-machine-id-setup");
    }

    @Test
    void controlGroups_onlyTheDirectoryAboveIsReadOnly_areFine() {
        assertThat(RootPrivileges.readOnlyControlGroups(List.of(
                        "31 23 0:28 / /sys/fs/cgroup ro,nosuid - tmpfs tmpfs ro,mode=755",
                        "40 31 0:37 / /sys/fs/cgroup/systemd rw,relatime - cgroup cgroup rw,name=systemd",
                        "33 31 0:30 / /sys/fs/cgroup/cpuacct ro,relatime - cgroup cgroup rw,cpuacct")))
                .isFalse();
        assertThat(RootPrivileges.readOnlyControlGroups(
                        List.of("31 23 0:28 / /sys/fs/cgroup ro,nosuid - cgroup2 cgroup2 rw")))
                .isTrue();
    }
}
