package dev.firstboot.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.machine.container.RootfsBoot;
import dev.firstboot.machine.qemu.DiskBoot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own that boots a machine and is killed, or leaves the machine behind. */
public final class Holder {
    private final Process jvm;
    private final String mark;

    private Holder(Process jvm, String mark) {
        this.jvm = jvm;
        this.mark = mark;
    }

    /** In the child: boots and says so in a file. */
    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]);
        Path source = Path.of(args[2]);
        Machine machine = args[1].endsWith("disk")
                ? DiskBoot.builder(source)
                        .cpus(1)
                        .name("held")
                        .addPort(MachineFixture.ECHO_PORT)
                        .start()
                : RootfsBoot.builder(source).name("held").start();
        if (args[1].startsWith("detach")) {
            machine.awaitReady(Duration.ofMinutes(10));
        }
        String mark = Leftovers.markOf(machine);
        String endpoint =
                machine.endpoint(MachineFixture.ECHO_PORT).getAddress().getHostAddress() + " "
                        + machine.endpoint(MachineFixture.ECHO_PORT).getPort();
        String pid =
                args[1].startsWith("detach") ? Long.toString(machine.detach().pid()) : "-";
        Path file = Files.writeString(directory.resolve("part"), String.join("\n", mark, endpoint, pid));
        Files.move(file, directory.resolve("booted"), StandardCopyOption.ATOMIC_MOVE);
        if (pid.equals("-")) {
            Thread.sleep(Duration.ofHours(1).toMillis());
        }
    }

    public static Holder start(Path directory, String what, Path source) throws Exception {
        return start(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName()),
                directory,
                what,
                source);
    }

    /** The same with a command that runs this class. */
    public static Holder start(List<String> command, Path directory, String what, Path source) throws Exception {
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of(directory.toString(), what, source.toString()));
        Process jvm = new ProcessBuilder(words).inheritIO().start();
        Path booted = directory.resolve("booted");
        while (!Files.exists(booted)) {
            assertThat(jvm.isAlive() || Files.exists(booted))
                    .as("the child JVM lives")
                    .isTrue();
            Thread.sleep(50);
        }
        return new Holder(jvm, Files.readAllLines(booted).get(0));
    }

    /** Kills the JVM as {@code kill -9} does; returns the machine's mark. */
    public String kill() throws InterruptedException {
        assertThat(Leftovers.of(mark)).isNotEmpty();
        jvm.destroyForcibly().waitFor();
        return mark;
    }

    public static void assertDetached(Holder holder, Path directory) throws Exception {
        assertThat(holder.jvm.waitFor()).isZero();
        Thread.sleep(3000);
        List<String> booted = Files.readAllLines(directory.resolve("booted"));
        String[] endpoint = booted.get(1).split(" ", 2);
        assertThat(Echo.through(
                        new java.net.InetSocketAddress(endpoint[0], Integer.parseInt(endpoint[1])), "still here"))
                .isEqualTo("still here");
        ProcessHandle.of(Long.parseLong(booted.get(2))).orElseThrow().destroy();
        Leftovers.assertNone(holder.mark, Duration.ofMinutes(5));
    }
}
