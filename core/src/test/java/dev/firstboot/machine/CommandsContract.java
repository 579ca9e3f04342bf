package dev.firstboot.machine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What every machine does with commands. */
public final class CommandsContract {
    private final Machine machine;
    private final Path directory;

    public CommandsContract(Machine machine, Path directory) {
        this.machine = machine;
        this.directory = directory;
    }

    public void all() throws Exception {
        bytes_thatAreNoText_comeBackAsTheyWere();
        file_asInput_isRead();
        streams_apart_getWhatIsTheirs();
        output_asItComes_isThereBeforeTheEnd();
        timeout_passed_endsTheCommandAndItsChildren();
        cancel_whileItRuns_endsItAndSaysSo();
        stream_thatThrows_endsTheCommand();
        output_tooMuchToKeep_saysWhatToDo();
        stream_neverComesBack_holdsUpNobodyBeyondTheTimeout();
        program_isNotThere_isAnExitCodeHoweverItIsAskedFor();
        input_cannotBeRead_isToldByName();
        input_neverEnds_endsWithTheTimeout();
    }

    /** What a machine can do with commands if it can do anything. */
    public static void basics(Machine machine) {
        CommandResult failed = machine.run("sh", "-c", "echo out; echo err >&2; exit 3");
        assertThat(failed.exitCode()).isEqualTo(3);
        assertThat(failed.output()).isEqualTo("out\n");
        assertThat(failed.errors()).isEqualTo("err\n");
        assertThatThrownBy(failed::check)
                .isInstanceOf(MachineException.class)
                .hasMessageContainingAll("exited with 3", "err");
        assertThat(machine.runWithInput("grüße\n", "cat").output()).isEqualTo("grüße\n");
        assertThat(machine.run("sh", "-c", "kill -9 $$").exitCode()).isEqualTo(137);
        assertThat(machine.run("id", "-un").output()).isEqualTo("root\n");
    }

    private void bytes_thatAreNoText_comeBackAsTheyWere() {
        byte[] bytes = random(200_000);
        assertThat(machine.run(Command.builder("cat").input(bytes).build()).outputBytes())
                .isEqualTo(bytes);
        assertThat(machine.run("printf", "\\377").outputBytes()).containsExactly(0xff);
        assertThat(machine.run("sh", "-c", "printf '\\376' >&2").errorBytes()).containsExactly(0xfe);
    }

    private void file_asInput_isRead() throws IOException {
        byte[] bytes = random(3_000_000);
        Path file = Files.write(directory.resolve("input"), bytes);
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        machine.run(Command.builder("cat").input(file).output(output).build()).check();
        assertThat(output.toByteArray()).isEqualTo(bytes);
    }

    private void streams_apart_getWhatIsTheirs() {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        CommandResult result = machine.run(Command.builder("sh", "-c", "echo out; echo err >&2; exit 7")
                .output(output)
                .errors(errors)
                .build());
        assertThat(result.exitCode()).isEqualTo(7);
        assertThat(output.toString(UTF_8)).isEqualTo("out\n");
        assertThat(errors.toString(UTF_8)).isEqualTo("err\n");
        assertThat(result.output() + result.errors()).isEmpty();

        CommandResult half = machine.run(Command.builder("sh", "-c", "echo out; echo err >&2")
                .output(new ByteArrayOutputStream())
                .build());
        assertThat(half.errors()).isEqualTo("err\n");
    }

    private void output_asItComes_isThereBeforeTheEnd() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        OutputStream output = new OutputStream() {
            @Override
            public void write(int value) {
                first.countDown();
            }
        };
        try (RunningCommand running = machine.launch(Command.builder("sh", "-c", "echo first; sleep 4711")
                .output(output)
                .build())) {
            assertThat(first.await(2, TimeUnit.MINUTES)).isTrue();
            assertThat(running.isRunning()).isTrue();
            assertThat(running.await(Duration.ofMillis(50))).isEmpty();
        }
        assertThat(processes("sleep 4711")).isZero();
    }

    private void timeout_passed_endsTheCommandAndItsChildren() {
        assertThatThrownBy(() -> machine.run(Command.builder("sh", "-c", "sleep 4712 & sleep 4712")
                        .timeout(Duration.ofSeconds(2))
                        .build()))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("sh did not end within 2.0 s and was ended");
        assertThat(processes("sleep 4712")).isZero();
    }

    private void cancel_whileItRuns_endsItAndSaysSo() throws InterruptedException {
        RunningCommand running = machine.launch(Command.of("sleep", "4713"));
        while (processes("sleep 4713") == 0) {
            Thread.sleep(50);
        }
        running.cancel();
        assertThat(running.isRunning()).isFalse();
        assertThat(processes("sleep 4713")).isZero();
        assertThatThrownBy(running::await)
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("sleep was cancelled");
        running.close();

        RunningCommand done = machine.launch(Command.of("true"));
        done.await();
        done.cancel();
        assertThat(done.await().isSuccess()).isTrue();
    }

    private void stream_thatThrows_endsTheCommand() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("no more room");
            }
        };
        assertThatThrownBy(() -> machine.run(Command.builder("sh", "-c", "echo much; sleep 4714")
                        .output(full)
                        .build()))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("no more room");
        assertThat(processes("sleep 4714")).isZero();
    }

    private void output_tooMuchToKeep_saysWhatToDo() {
        assertThatThrownBy(() -> machine.run("head", "--bytes=17M", "/dev/zero"))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("take it as it comes, with Command.builder(...).output(...)");
    }

    private static byte[] random(int count) {
        byte[] bytes = new byte[count];
        new Random(20261129).nextBytes(bytes);
        return bytes;
    }

    /** How many processes have this command line, which may be part of no other's. */
    private int processes(String words) {
        String search = "for p in /proc/[0-9]*; do tr '\\0' ' ' <$p/cmdline; echo; done 2>/dev/null | grep -cx '%s '";
        return Integer.parseInt(
                machine.run("sh", "-c", search.formatted(words)).output().strip());
    }

    private void program_isNotThere_isAnExitCodeHoweverItIsAskedFor() {
        CommandResult plain = machine.run("no-such-program");
        CommandResult streamed = machine.run(Command.builder("no-such-program")
                .output(new ByteArrayOutputStream())
                .build());
        for (CommandResult result : List.of(plain, streamed)) {
            assertThat(result.exitCode()).isEqualTo(127);
            assertThat(result.errors()).contains("no-such-program", "No such file or directory");
        }
        assertThat(machine.run("/etc/hostname").exitCode()).isEqualTo(126);
    }

    private void input_cannotBeRead_isToldByName() {
        Path missing = directory.resolve("missing");
        assertThatThrownBy(
                        () -> machine.run(Command.builder("cat").input(missing).build()))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("cannot run cat: its input, " + missing + " of this host, is not there");
        assertThatThrownBy(() ->
                        machine.run(Command.builder("cat").input(directory).build()))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("is a directory");
    }

    /** From a pipe that nobody writes to, and from a file without end. */
    private void input_neverEnds_endsWithTheTimeout() throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        for (Path endless : List.of(pipe, Path.of("/dev/zero"))) {
            assertThatThrownBy(() -> machine.run(Command.builder("sh", "-c", "cat >/dev/null; sleep 4715")
                            .input(endless)
                            .timeout(Duration.ofSeconds(2))
                            .build()))
                    .isInstanceOf(MachineException.class)
                    .hasMessageContaining("sh did not end within 2.0 s and was ended");
            assertThat(processes("sleep 4715")).isZero();
        }
        Files.delete(pipe);
    }

    private void stream_neverComesBack_holdsUpNobodyBeyondTheTimeout() {
        CountDownLatch never = new CountDownLatch(1);
        OutputStream stuck = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        };
        assertThatThrownBy(() -> machine.run(Command.builder("sh", "-c", "echo much; exec sleep 4716")
                        .output(stuck)
                        .timeout(Duration.ofSeconds(2))
                        .build()))
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("sh did not end within 2.0 s and was ended");
        never.countDown();
        assertThat(processes("sleep 4716")).isZero();
    }
}
