package dev.firstboot.machine;

import dev.firstboot.internal.tool.FileTail;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.internal.tool.ToolProcess;
import dev.firstboot.internal.tool.ToolRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A disk that runs in QEMU. */
final class QemuMachine extends BaseMachine {
    private static final Tool QEMU_IMG = Tool.of("qemu-img", "qemu-utils");
    private static final InetAddress LOOPBACK = loopback();
    private static final Duration POWER_ON = Duration.ofSeconds(60);

    private final DiskBoot spec;
    private final Accelerator accelerator;
    private final Firmware firmware;
    private final Path disk;
    private final String diskFormat;
    private final Qmp qmp;
    private final GuestAgent agent;
    private final Map<Integer, Integer> ports;
    private List<Path> secrets = List.of();

    private QemuMachine(DiskBoot spec, Path directory, Janitor janitor, Accelerator accelerator) throws IOException {
        super(spec.name(), directory, janitor);
        this.spec = spec;
        this.accelerator = accelerator;
        Firmware shared = Firmware.ofThisHost(spec.name());
        this.firmware = new Firmware(shared.code(), directory.resolve("uefi-variables"));
        Files.copy(shared.variables(), firmware.variables());
        String format = DiskFormat.of(spec.name(), spec.disk());
        this.disk = spec.persistent() ? spec.disk() : overlay(spec, format, directory);
        this.diskFormat = spec.persistent() ? format : "qcow2";
        this.qmp = new Qmp(directory.resolve("qmp"));
        this.agent = new GuestAgent(directory.resolve("agent"));
        this.ports = spec.ports();
    }

    static Machine boot(DiskBoot spec) {
        HostTools.require(spec.name(), AcceleratorProbe.QEMU);
        Path directory = WorkDirectory.choose(spec.name(), WorkDirectory.id(spec.name()), spec.directory());
        Accelerator accelerator = Accelerator.ofThisHost();
        Janitor janitor = new Janitor.Duties(spec.name()).directory(directory).begin();
        try {
            QemuMachine machine = new QemuMachine(spec, directory, janitor, accelerator);
            machine.start();
            return machine;
        } catch (IOException e) {
            janitor.close();
            throw new MachineException(spec.name(), "cannot prepare " + directory + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            janitor.close();
            throw e;
        }
    }

    private static Path overlay(DiskBoot spec, String format, Path directory) {
        Path overlay = directory.resolve("overlay.qcow2");
        ToolRun run = QEMU_IMG.run("create", "-q", "-f", "qcow2", "-F", format)
                .add("-b", spec.disk().toString(), overlay.toString());
        if (spec.diskSize() != null) {
            run.add(Long.toString(spec.diskSize().bytes()));
        }
        HostTools.execute(spec.name(), "preparing its disk", run);
        return overlay;
    }

    @Override
    ToolProcess powerOn() {
        agent.close();
        secrets = Smbios.write(name(), directory(), spec.credentials());
        List<String> arguments = new QemuCommand(spec, accelerator.kind(), directory())
                .arguments(firmware, disk, diskFormat, ports, secrets);
        return HostTools.start(
                name(), AcceleratorProbe.QEMU.run().addAll(arguments).log(log()));
    }

    @Override
    void awaitPowered(ToolProcess running) {
        long end = System.nanoTime() + POWER_ON.toNanos();
        try {
            while (true) {
                if (!running.isAlive()) {
                    throw new MachineException(name(), "QEMU did not start:" + indented(lastWords(running)) + hint());
                }
                try {
                    qmp.forwardedPorts().forEach(ports::replace);
                    return;
                } catch (IOException e) {
                    if (System.nanoTime() > end) {
                        throw new MachineException(name(), "QEMU does not answer: " + e.getMessage(), e);
                    }
                }
                running.await(Duration.ofMillis(20));
            }
        } catch (InterruptedException e) {
            throw MachineException.interrupted(name(), "powering it on");
        } finally {
            PrivateFiles.delete(secrets);
        }
    }

    private String hint() {
        String words = String.join("\n", FileTail.lines(log(), 5));
        String hint = "";
        if (words.contains("host forwarding")) {
            hint = "A port to forward from is taken: choose another, or let any free one be taken";
        } else if (words.contains("sandbox")) {
            hint = "QEMU must have been built with seccomp, as Debian's is: machines do not run without it";
        }
        return hint.isEmpty() ? "" : System.lineSeparator() + hint;
    }

    @Override
    void askToStop(ToolProcess running, int times) {
        try {
            qmp.powerdown();
        } catch (IOException e) {
            if (running.isAlive()) {
                throw new MachineException(name(), "QEMU does not take the power button: " + e.getMessage(), e);
            }
        }
    }

    @Override
    void pullPlug(ToolProcess running) {
        running.kill();
    }

    @Override
    RunningCommand begin(Command command, @Nullable Duration patience) {
        if (!spec.guestAgent()) {
            throw new MachineException(
                    name(),
                    "cannot run " + command.program()
                            + ": its image was baked withoutGuestAgent(). Reach it through its"
                            + " ports, bake it with the agent, or boot the same image as a container");
        }
        return GuestCommand.start(this, agent, command, patience == null ? GuestCommand.AGENT : patience);
    }

    /** The guest agent may not be there yet, and a look costs an emulated processor much. */
    @Override
    Duration silence() {
        return Duration.ofSeconds(10);
    }

    @Override
    List<String> lastWords(ToolProcess ended) {
        return FileTail.lines(log(), 10);
    }

    private Path log() {
        return directory().resolve("qemu.log");
    }

    @Override
    public InetSocketAddress endpoint(int port) {
        Integer host = ports.get(port);
        if (host == null) {
            throw new MachineException(
                    name(),
                    "port " + port + " is not forwarded; these are: " + ports.keySet() + ". Use addPort(" + port + ")");
        }
        return new InetSocketAddress(LOOPBACK, host);
    }

    /** QEMU forwards IPv4 only, and Java's own idea of the loopback address depends on its settings. */
    private static InetAddress loopback() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    void release() {
        agent.close();
    }

    @Override
    public String toString() {
        return "machine " + name() + " (QEMU, " + accelerator.kind() + ", " + (isRunning() ? "running" : "off") + ", "
                + spec.disk() + ", ports " + ports + ")";
    }
}
