package dev.firstboot.machine.qemu;

import dev.firstboot.internal.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds the QEMU command line for one machine. Pure: runs nothing, looks nothing up. */
final class QemuCommand {
    /** What QEMU itself may not do while it runs: a guest that broke out would be in a process that can start no other and gain no privileges. */
    private static final String SANDBOX = "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny";

    private final DiskBoot spec;
    private final Accelerator.Kind accelerator;
    private final Path directory;

    QemuCommand(DiskBoot spec, Accelerator.Kind accelerator, Path directory) {
        this.spec = spec;
        this.accelerator = accelerator;
        this.directory = directory;
    }

    /**
     * Returns the arguments.
     *
     * @param firmware its code is shared, its variables are this machine's own copy
     * @param disks what the machine writes to; it boots from the first
     * @param hostPorts by guest port; 0 lets the kernel choose
     * @param smbios files with one string each
     */
    List<String> arguments(
            Firmware firmware, List<DiskFile> disks, Map<Integer, Integer> hostPorts, List<Path> smbios) {
        List<String> arguments = new ArrayList<>(List.of(
                "-name",
                spec.name(),
                "-nodefaults",
                "-no-user-config",
                "-sandbox",
                SANDBOX,
                "-display",
                "none",
                "-machine",
                "q35,pflash0=firmware,pflash1=variables",
                "-accel",
                accelerator.option(),
                "-cpu",
                accelerator.processor(),
                "-m",
                (spec.memory().bytes() >> 20) + "M",
                "-smp",
                Integer.toString(spec.cpus()),
                "-rtc",
                "base=utc"));
        blockdev(arguments, "firmware", "raw", file(firmware.code()), Map.of("read-only", true));
        blockdev(arguments, "variables", "raw", file(firmware.variables()), Map.of());
        for (int i = 0; i < disks.size(); i++) {
            DiskFile disk = disks.get(i);
            blockdev(arguments, "disk" + i, disk.format(), file(disk), Map.of("discard", "unmap"));
            add(arguments, "-device", "virtio-blk-pci,drive=disk" + i + (i == 0 ? ",bootindex=0" : "") + disk.device());
        }
        add(arguments, "-device", "virtio-rng-pci");
        add(arguments, "-netdev", network(hostPorts));
        add(arguments, "-device", "virtio-net-pci,netdev=network,romfile=");
        add(arguments, "-chardev", "file,id=console,append=on,path=" + file("console.log"));
        add(arguments, "-serial", "chardev:console");
        if (spec.guestAgent()) {
            add(arguments, "-chardev", "socket,id=agent,server=on,wait=off,path=" + file("agent"));
            add(arguments, "-device", "virtio-serial-pci");
            add(arguments, "-device", "virtserialport,chardev=agent,name=org.qemu.guest_agent.0");
        }
        add(arguments, "-qmp", "unix:" + file("qmp") + ",server=on,wait=off");
        smbios.forEach(path -> add(arguments, "-smbios", "type=11,path=" + escaped(path)));
        return arguments;
    }

    private String network(Map<Integer, Integer> hostPorts) {
        StringBuilder option = new StringBuilder("user,id=network,ipv6=off");
        if (!spec.outsideNetwork()) {
            option.append(",restrict=on");
        }
        hostPorts.forEach((guest, host) -> option.append(",hostfwd=tcp:127.0.0.1:")
                .append(host)
                .append("-:")
                .append(guest));
        return option.toString();
    }

    private static void blockdev(
            List<String> arguments, String node, String format, Map<String, Object> file, Map<String, Object> more) {
        Map<String, Object> option = new LinkedHashMap<>();
        option.put("node-name", node);
        option.put("driver", format);
        option.put("file", file);
        option.putAll(more);
        add(arguments, "-blockdev", Json.writeLine(option));
    }

    private static Map<String, Object> file(Path path) {
        return Map.of("driver", "file", "filename", path.toString());
    }

    /**
     * Returns the options of a disk's file. An overlay need not survive a power cut of the host: what the guest flushes only has to reach the host's
     * memory, which survives when QEMU is killed, and need not wait for the host's disk.
     */
    private Map<String, Object> file(DiskFile disk) {
        Map<String, Object> file = new LinkedHashMap<>(file(disk.path()));
        if (!spec.persistent()) {
            file.put("cache", Map.of("no-flush", true));
        }
        return file;
    }

    private static void add(List<String> arguments, String option, String value) {
        arguments.add(option);
        arguments.add(value);
    }

    private String file(String name) {
        return escaped(directory.resolve(name));
    }

    /** Escapes a path: in most QEMU options a comma separates, and a double comma is a literal one. */
    private static String escaped(Path path) {
        return path.toString().replace(",", ",,");
    }
}
