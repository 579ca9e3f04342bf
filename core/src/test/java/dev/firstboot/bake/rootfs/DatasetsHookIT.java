package dev.firstboot.bake.rootfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hook on a script like Debian's, which mounts in the order of names and is told of every mount by its own function. */
class DatasetsHookIT {
    private static final String SCRIPT = """
            mount_fs()
            {
            	fs="$1"
            	echo "$fs"
            	return 0
            }

            mountroot()
            {
            	filesystems="$("${ZFS}" list -oname -tfilesystem -H -r "${ZFS_BOOTFS}")"
            	OLD_IFS="$IFS" ; IFS="
            "
            	for fs in $filesystems; do
            		IFS="$OLD_IFS" mount_fs "$fs"
            	done
            	IFS="$OLD_IFS"
            	for fs in $ZFS_INITRD_ADDITIONAL_DATASETS; do
            		mount_fs "$fs"
            	done
            }
            """;

    /** Prints what {@code zfs list} prints: names alone, sorted; or all of the pool, by mountpoint. */
    private static final String ZFS = """
            #!/bin/sh
            if [ "$2" = -oname ]; then
              printf '%s\\n' rpool/ROOT/one rpool/ROOT/one/applog rpool/ROOT/one/child 'rpool/ROOT/one/last one' rpool/ROOT/one/parent
              exit
            fi
            line() { printf '%s\\t%s\\t%s\\t%s\\n' "$@"; }
            line / noauto yes rpool/ROOT/one
            line / noauto no rpool/ROOT/two
            line /home on no rpool/KEEP/home
            line /srv/data noauto no rpool/ROOT/one/parent
            line /srv/data noauto no rpool/ROOT/two/parent
            line /srv/data/kept on no rpool/KEEP/kept
            line '/srv/data/kept/two words' noauto no 'rpool/ROOT/one/last one'
            line /srv/data/x noauto no rpool/ROOT/one/child
            line /var/log on no rpool/KEEP/log
            line /var/log/app noauto no rpool/ROOT/one/applog
            line none off no rpool
            """;

    @TempDir
    private Path directory;

    /** The loop as OpenZFS 2.1 to 2.3 write it, and as 2.4 does. */
    @ParameterizedTest
    @ValueSource(strings = {"$fs", "${fs}"})
    void hook_datasetsInEachOther_areMountedParentsFirst(String variable) throws Exception {
        assertThat(hook(SCRIPT.replace("mount_fs \"$fs\"", "mount_fs \"" + variable + "\"")))
                .isZero();
        Path zfs = Files.writeString(directory.resolve("zfs"), ZFS);
        assertThat(zfs.toFile().setExecutable(true)).isTrue();
        // There is no /run of an initramfs here.
        Path script = directory.resolve("scripts/zfs");
        Files.writeString(script, Files.readString(script).replace("/run/firstboot.datasets", directory + "/datasets"));

        assertThat(run("""
                        set -eu
                        quiet=y ZFS=%1$s/zfs ZFS_BOOTFS=rpool/ROOT/one rootmnt=%1$s/root ZFS_INITRD_ADDITIONAL_DATASETS=
                        . %1$s/scripts/zfs
                        mountroot
                        """.formatted(directory)))
                .containsExactly(
                        "rpool/ROOT/one",
                        "rpool/ROOT/one/parent",
                        "rpool/KEEP/kept",
                        "rpool/ROOT/one/last one",
                        "rpool/ROOT/one/child",
                        "rpool/KEEP/log",
                        "rpool/ROOT/one/applog");
        assertThat(directory.resolve("root/srv/data/kept/two words")).isDirectory();
        assertThat(directory.resolve("datasets")).doesNotExist();
    }

    @Test
    void hook_scriptThatItDoesNotKnow_fails() throws Exception {
        assertThat(hook(SCRIPT.replace("mount_fs", "mount_filesystem"))).isNotZero();
    }

    private int hook(String script) throws IOException, InterruptedException {
        Files.createDirectories(directory.resolve("scripts"));
        Files.writeString(directory.resolve("scripts/zfs"), script);
        Path hook = Files.writeString(directory.resolve("hook"), InitramfsFile.DATASETS.text());
        ProcessBuilder builder = new ProcessBuilder("sh", hook.toString());
        builder.environment().put("DESTDIR", directory.toString());
        return builder.start().waitFor();
    }

    private List<String> run(String script) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        Path file = Files.writeString(directory.resolve("test.sh"), script);
        Process process = new ProcessBuilder("sh", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(output)).isZero();
        return Files.readAllLines(output);
    }
}
