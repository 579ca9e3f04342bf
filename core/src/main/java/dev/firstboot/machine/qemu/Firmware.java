package dev.firstboot.machine.qemu;

import dev.firstboot.machine.MachineException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * UEFI firmware for virtual machines, without secure boot.
 *
 * @param code the program, shared by all machines
 * @param variables the initial variables; each machine gets a copy
 */
record Firmware(Path code, Path variables) {
    private static final List<Firmware> KNOWN = List.of(
            of("/usr/share/OVMF/OVMF_CODE_4M.fd", "/usr/share/OVMF/OVMF_VARS_4M.fd"),
            of("/usr/share/OVMF/OVMF_CODE.fd", "/usr/share/OVMF/OVMF_VARS.fd"),
            of("/usr/share/edk2/ovmf/OVMF_CODE.fd", "/usr/share/edk2/ovmf/OVMF_VARS.fd"),
            of("/usr/share/edk2/x64/OVMF_CODE.4m.fd", "/usr/share/edk2/x64/OVMF_VARS.4m.fd"));

    private static Firmware of(String code, String variables) {
        return new Firmware(Path.of(code), Path.of(variables));
    }

    static Firmware ofThisHost(String machine) {
        return KNOWN.stream()
                .filter(firmware -> Files.isReadable(firmware.code) && Files.isReadable(firmware.variables))
                .findFirst()
                .orElseThrow(() -> new MachineException(
                        machine,
                        "this host has no UEFI firmware for QEMU. Install the package ovmf: apt-get install ovmf"));
    }
}
