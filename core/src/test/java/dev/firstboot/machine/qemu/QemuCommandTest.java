package dev.firstboot.machine.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.image.ByteSize;
import dev.firstboot.machine.Credential;
import dev.firstboot.machine.life.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ends up on the command line, which all the host's users can read. */
class QemuCommandTest {
    private static final Firmware FIRMWARE = new Firmware(Path.of("/fw/code"), Path.of("/run/vars"));

    @TempDir
    Path directory;

    @Test
    void arguments_everythingSet_isOnTheCommandLine() {
        DiskBoot spec = DiskBoot.builder(Path.of("/images/chat.qcow2"))
                .name("chat")
                .memory(ByteSize.gibibytes(3))
                .cpus(4)
                .build();
        Map<Integer, Integer> ports = new LinkedHashMap<>(Map.of(5222, 0));
        ports.put(443, 8443);
        String line = String.join(
                " ",
                new QemuCommand(spec, Accelerator.Kind.TCG, Path.of("/run/m"))
                        .arguments(
                                FIRMWARE,
                                List.of(
                                        new DiskFile(Path.of("/run/m/overlay.qcow2"), "qcow2", 512),
                                        new DiskFile(Path.of("/images/data.raw"), "raw", 4096)),
                                ports,
                                List.of(Path.of("/run/m/c"))));
        assertThat(line)
                .contains("-name chat ", "-m 3072M", "-smp 4", "-accel tcg", "-cpu qemu64")
                .contains("ipv6=off,restrict=on,hostfwd=tcp:127.0.0.1:0-:5222,hostfwd=tcp:127.0.0.1:8443-:443")
                .contains("\"driver\":\"qcow2\"", "\"no-flush\":true", "\"filename\":\"/run/m/overlay.qcow2\"")
                .contains("-sandbox on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny ")
                .contains(
                        "virtio-blk-pci,drive=disk0,bootindex=0 ",
                        "virtio-blk-pci,drive=disk1,logical_block_size=4096,physical_block_size=4096 ",
                        "/images/data.raw")
                .contains("-smbios type=11,path=/run/m/c");
    }

    @Test
    void arguments_withoutGuestAgent_hasNoChannelForIt() {
        DiskBoot spec = DiskBoot.builder(Path.of("/d.raw")).withoutGuestAgent().build();
        List<String> arguments = new QemuCommand(spec, Accelerator.Kind.KVM, Path.of("/m"))
                .arguments(FIRMWARE, List.of(new DiskFile(spec.disk(), "raw", 512)), Map.of(), List.of());
        assertThat(arguments).noneMatch(argument -> argument.contains("agent"));
    }

    @Test
    void arguments_pathsWithCommasAndQuotes_areEscaped() {
        DiskBoot spec =
                DiskBoot.builder(Path.of("/a,b/\"c\".raw")).outsideNetwork(true).build();
        List<String> arguments = new QemuCommand(spec, Accelerator.Kind.KVM, Path.of("/m,n"))
                .arguments(FIRMWARE, List.of(new DiskFile(spec.disk(), "raw", 512)), Map.of(), List.of());
        assertThat(arguments)
                .contains("file,id=console,append=on,path=/m,,n/console.log")
                .anyMatch(argument -> argument.contains("\"filename\":\"/a,b/\\\"c\\\".raw\""))
                .noneMatch(argument -> argument.contains("restrict=on"));
    }

    @Test
    void smbios_credential_isInAFileOnlyItsOwnerReads() throws IOException {
        Credential credential = Credential.of("firstboot.chat.token", "hünter2");
        List<Path> files = Smbios.write("chat", directory, List.of(credential));
        assertThat(files).hasSize(1);
        assertThat(files.get(0))
                .content()
                .isEqualTo("io.systemd.credential.binary:firstboot.chat.token="
                        + Base64.getEncoder().encodeToString(credential.value()));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.get(0))))
                .isEqualTo("rw-------");
        PrivateFiles.delete(files);
        assertThat(files.get(0)).doesNotExist();
    }
}
