package dev.firstboot.internal.tool;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Each test's processes carry a mark of their own on the command line, so that what is left of them can be counted. */
@Timeout(60)
@Isolated("counts the threads of the whole JVM")
class ToolProcessIT {

    private static final Tool SH = Tool.of("sh", "dash");
    /** Far more than any tool here takes to end when it is told to. */
    private static final Duration GRACE = Duration.ofMinutes(2);

    private final String mark = "mark-" + UUID.randomUUID();

    @TempDir
    Path directory;

    private int threadsBefore;

    @BeforeEach
    void count() {
        threadsBefore = toolThreads();
    }

    @AfterEach
    void nothing_isLeft() throws InterruptedException {
        for (int i = 0; i < 100 && (!marked().isEmpty() || toolThreads() > threadsBefore); i++) {
            Thread.sleep(50);
        }
        assertThat(marked()).isEmpty();
        assertThat(toolThreads()).isLessThanOrEqualTo(threadsBefore);
    }

    @Test
    void cancel_treeOfProcesses_endsThemAll() throws Exception {
        ToolProcess process = begin("(sleep 300 & sleep 300) & setsid sleep 300 & sleep 300; : " + mark);
        process.cancel();
        assertThat(process.isAlive()).isFalse();
        assertThat(marked()).isEmpty();
        assertThatThrownBy(process::await).isInstanceOf(ToolCancelledException.class);
        process.cancel();
        process.close();
    }

    @Test
    void cancel_toolIgnoresTerm_isKilledAfterTheGracePeriod() throws Exception {
        ToolProcess process = begin("trap '' TERM; while :; do sleep 1; done; : " + mark);
        long start = System.nanoTime();
        process.cancel();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(900), GRACE);
    }

    @Test
    void cancel_toolTidiesUpOnTerm_isGivenTheTime() throws Exception {
        Path tidied = directory.resolve("tidied");
        ToolProcess process =
                begin("trap 'sleep 0.3; touch " + tidied + "; exit' TERM; while :; do sleep 0.1; done; : " + mark);
        process.cancel();
        assertThat(tidied).exists();
    }

    @Test
    void kill_toolIgnoresTerm_isGoneAtOnce() throws Exception {
        ToolProcess process = begin(
                "trap '' TERM; setsid sh -c \"trap '' TERM; sleep 300; : " + mark + "\" & sleep 300; : " + mark, GRACE);
        long start = System.nanoTime();
        process.kill();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(GRACE);
        assertThat(marked()).isEmpty();
    }

    @Test
    void await_toolLeavesADaemonThatHoldsItsOutput_endsTheDaemonToo() throws Exception {
        ToolResult result = SH.run("-c", "setsid sh -c 'trap \"\" HUP; sleep 300; : " + mark + "' & echo begun")
                .execute();
        assertThat(result.tail()).containsExactly("begun");
        assertThat(marked()).isEmpty();
    }

    @Test
    void await_threadIsInterrupted_endsTheToolAndStaysInterrupted() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        CountDownLatch started = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            try {
                SH.run("-c", "echo begun; sleep 300; : " + mark)
                        .onOutput(line -> started.countDown())
                        .execute();
            } catch (ToolCancelledException e) {
                thrown.set(Thread.currentThread().isInterrupted() ? e : new AssertionError("not interrupted", e));
            }
        });
        thread.start();
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
        thread.interrupt();
        thread.join();
        assertThat(thrown.get()).isInstanceOf(ToolCancelledException.class);
        assertThat(marked()).isEmpty();
    }

    @Test
    void jvm_isKilled_takesTheToolAlongEvenOneThatIgnoresTerm() throws Exception {
        Process jvm = jvm("hold");
        waitFor(() -> marked().size() >= 2);
        jvm.destroyForcibly().waitFor();
        waitFor(() -> marked().isEmpty());
    }

    @Test
    void jvm_ends_takesTheToolAlong() throws Exception {
        Process jvm = jvm("exit");
        jvm.waitFor();
        waitFor(() -> marked().isEmpty());
    }

    @Test
    void supervisor_isKilled_takesTheToolAlong() throws Exception {
        ToolProcess process = begin("exec sleep 300");
        List<ProcessHandle> tool = process.tool().toList();
        ProcessHandle.of(process.pid()).orElseThrow().destroyForcibly();
        process.await(Duration.ofSeconds(10));
        assertThat(tool.get(0).onExit().get(10, TimeUnit.SECONDS).isAlive()).isFalse();
    }

    @Test
    void release_jvmIsKilled_toolGoesOn() throws Exception {
        Process jvm = jvm("release");
        jvm.waitFor();
        Thread.sleep(1500);
        assertThat(marked()).isNotEmpty();
        ProcessHandle.of(Long.parseLong(Files.readString(directory.resolve("pid"))))
                .orElseThrow()
                .destroy();
        waitFor(() -> marked().isEmpty());
    }

    /** A JVM that holds, releases, or leaves a tool. */
    public static final class Holder {
        public static void main(String[] args) throws Exception {
            String script = "trap '' TERM; (sleep 300; : " + args[1] + ") & while :; do sleep 1; done; : " + args[1];
            Path directory = Path.of(args[2]);
            ToolProcess process = SH.run("-c", script)
                    .grace(Duration.ofSeconds(1))
                    .log(directory.resolve("log"))
                    .start();
            Files.writeString(directory.resolve("pid"), Long.toString(process.pid()));
            switch (args[0]) {
                case "hold" -> process.await();
                case "release" -> {
                    process.release();
                    Runtime.getRuntime().halt(9);
                }
                default -> System.exit(0);
            }
        }
    }

    private Process jvm(String what) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        what,
                        mark,
                        directory.toString())
                .inheritIO()
                .start();
    }

    /** Starts a script that says when it is under way. */
    private static ToolProcess begin(String script) throws InterruptedException {
        return begin(script, Duration.ofSeconds(1));
    }

    private static ToolProcess begin(String script, Duration grace) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        ToolProcess process = SH.run("-c", "echo begun; " + script)
                .onOutput(line -> begun.countDown())
                .grace(grace)
                .start();
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        Thread.sleep(200);
        return process;
    }

    /** The processes, but for child JVMs, that have this test's mark on their command line. */
    private List<String> marked() {
        return ProcessHandle.allProcesses()
                .map(ToolProcessIT::commandLine)
                .filter(line -> line.contains(mark) && !line.contains(Holder.class.getName()))
                .toList();
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"), ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private static int toolThreads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("firstboot-"))
                .count();
    }

    private static void waitFor(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 400 && !condition.getAsBoolean(); i++) {
            Thread.sleep(50);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
