package dev.firstboot.internal.tool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ToolRunIT {

    private static final Tool SH = Tool.of("sh", "dash");

    @TempDir
    Path directory;

    @Test
    void execute_ok_givesOutputLinesErrorLinesAndTail() {
        List<String> output = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        ToolResult result = sh("echo one; echo two; echo three >&2")
                .onOutput(output::add)
                .onError(errors::add)
                .execute();
        assertThat(output).containsExactly("one", "two");
        assertThat(errors).containsExactly("three");
        assertThat(result.status()).isZero();
        assertThat(result.tail()).containsExactlyInAnyOrder("one", "two", "three");
    }

    @Test
    void execute_fails_saysToolStatusTailAndHint() {
        ToolException e = catchThrowableOfType(
                ToolException.class,
                () -> sh("echo disk is on fire >&2; exit 7").hint("Put it out").execute());
        assertThat(e.status()).isEqualTo(7);
        assertThat(e.tool()).isEqualTo(SH);
        assertThat(e.hint()).isEqualTo("Put it out");
        assertThat(e.tail()).containsExactly("disk is on fire");
        assertThat(e).hasMessageContainingAll("sh failed with status 7", "exit 7", "Put it out", "disk is on fire");
    }

    @Test
    void execute_endedBySignal_namesIt() {
        assertThatThrownBy(() -> sh("kill -9 $$").execute()).hasMessageContaining("ended by signal 9");
    }

    @Test
    void execute_acceptedStatus_isReturned() {
        assertThat(sh("exit 3").accept(3).execute().status()).isEqualTo(3);
        assertThat(sh("exit 4").anyStatus().execute().status()).isEqualTo(4);
        assertThatThrownBy(() -> sh("exit 4").accept(3).execute()).isInstanceOf(ToolException.class);
    }

    /** As nsenter does when the machine that it is in reboots: nobody else would wake it, and the machine would wait for it for ever. */
    @Test
    void execute_toolThatStopsItself_goesOn() {
        assertThat(sh("kill -STOP $$; exit 3").accept(3).execute().status()).isEqualTo(3);
    }

    @Test
    void execute_toolIsMissing_namesThePackage() {
        Tool tool = Tool.of("no-such-tool-here", "some-package");
        assertThat(tool.isInstalled()).isFalse();
        assertThatThrownBy(() -> tool.run().execute())
                .isInstanceOf(ToolMissingException.class)
                .hasMessageContainingAll("no-such-tool-here is not installed", "apt-get install some-package");
    }

    @Test
    void execute_fileThatCannotBeRun_isAFailure() throws IOException {
        Path program = Files.writeString(directory.resolve("junk"), "\0\1\2junk");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        assertThatThrownBy(() -> Tool.of(program.toString(), "x").run().execute())
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("junk");
    }

    @Test
    void execute_environment_isCleanButForWhatIsGiven() {
        List<String> names = Tool.of("env", "coreutils")
                .run()
                .env("GIVEN", "a b")
                .text()
                .lines()
                .map(line -> line.substring(0, line.indexOf('=')))
                .toList();
        assertThat(names).contains("PATH", "LC_ALL", "GIVEN").isSubsetOf("PATH", "LC_ALL", "GIVEN", "HOME", "TMPDIR");
        assertThat(sh("echo $LC_ALL/$GIVEN").env("GIVEN", "a b").text()).isEqualTo("C.UTF-8/a b\n");
    }

    @Test
    void execute_noInput_readsNothing() {
        assertThat(sh("cat; echo end").text()).isEqualTo("end\n");
    }

    @Test
    void execute_bytesAsInput_areReadWhole() throws IOException {
        byte[] bytes = new byte[3_000_000];
        new java.util.Random(1).nextBytes(bytes);
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        sh("cat").stdin(bytes).output(copy).execute();
        assertThat(copy.toByteArray()).isEqualTo(bytes);
        assertThat(sh("cat; echo end").stdin("").text()).isEqualTo("end\n");
    }

    @Test
    void execute_inputThatNobodyReads_doesNotHang() {
        assertThat(sh("echo done").stdin(new byte[3_000_000]).text()).isEqualTo("done\n");
    }

    @Test
    void execute_fileAsInputAndOutput_areUsed() throws IOException {
        Path from = Files.writeString(directory.resolve("from"), "hello\n");
        Path to = directory.resolve("to");
        sh("cat; pwd").stdin(from).output(to).directory(directory).execute();
        assertThat(to).content().isEqualTo("hello\n" + directory.toRealPath() + "\n");
    }

    @Test
    void execute_inputFileIsMissing_isAnErrorThatNamesIt() {
        assertThatThrownBy(() -> sh("cat").stdin(directory.resolve("absent")).execute())
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("absent: No such file");
    }

    @Test
    void execute_logFile_isAddedToAndItsEndIsTheTail() throws IOException {
        Path log = Files.writeString(directory.resolve("log"), "before\n");
        assertThatThrownBy(() -> sh("echo out; echo err >&2; exit 1").log(log).execute())
                .hasMessageContainingAll("out", "err");
        assertThat(log).content().isEqualTo("before\nout\nerr\n");
    }

    @Test
    void execute_hundredMegabytesOfBinary_arriveAndTheTailStaysSmall() {
        AtomicLong count = new AtomicLong();
        OutputStream counter = new OutputStream() {
            @Override
            public void write(int b) {
                count.incrementAndGet();
            }

            @Override
            public void write(byte[] b, int offset, int length) {
                count.addAndGet(length);
            }
        };
        sh("head -c 100000000 /dev/zero").output(counter).execute();
        assertThat(count).hasValue(100_000_000);
        ToolResult lines = sh("head -c 100000000 /dev/urandom").tail(5).execute();
        assertThat(lines.tail()).hasSizeLessThanOrEqualTo(5).allMatch(line -> line.length() <= Lines.LONGEST);
    }

    @Test
    void execute_toolClosesItsOutputsEarly_isStillWaitedFor() {
        long start = System.nanoTime();
        assertThat(sh("exec >&- 2>&-; sleep 1; exit 5").anyStatus().execute().status())
                .isEqualTo(5);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(900));
    }

    @Test
    void execute_consumerThrows_endsTheToolAndRethrows() {
        IllegalStateException thrown = new IllegalStateException("no more");
        assertThatThrownBy(() -> sh("while :; do echo y; done")
                        .onOutput(line -> {
                            throw thrown;
                        })
                        .execute())
                .isSameAs(thrown);
    }

    @Test
    void execute_outputCannotBeWritten_saysSo() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        assertThatThrownBy(() -> sh("while :; do echo y; done").output(full).execute())
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("output could not be written: No space left on device")
                .hasRootCauseMessage("No space left on device");
    }

    @Test
    void execute_takesTooLong_isEndedAndAnError() {
        assertThatThrownBy(() -> sh("echo begun; sleep 300")
                        .timeout(Duration.ofMillis(300))
                        .execute())
                .isInstanceOf(ToolException.class)
                .hasMessageContainingAll("did not end within 0.3 s", "begun");
    }

    @Test
    void toString_always_isWhatAPersonWouldType() {
        assertThat(SH.run("-c", "echo it's", "a/b")).hasToString("sh -c 'echo it'\\''s' a/b");
    }

    @Test
    void stdin_secret_isNowhereOnTheCommandLine() {
        String secret = "hunter" + 2222;
        String seen = sh("cat /proc/*/cmdline 2>/dev/null | tr '\\0' ' '")
                .stdin(secret.getBytes(UTF_8))
                .text();
        assertThat(seen).contains("firstboot-leash").doesNotContain(secret);
    }

    private static ToolRun sh(String script) {
        return SH.run("-c", script);
    }
}
