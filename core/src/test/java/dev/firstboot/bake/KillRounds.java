package dev.firstboot.bake;

import dev.firstboot.plan.Steps;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Kills bakes, each followed by the next one's beginning, and looks for damage. Run as root in a mount namespace that {@link KillField} has made:
 * whatever is destroyed there, this host loses nothing. Prints a line for each kill, beginning with {@code ok} or {@code DAMAGE}.
 */
final class KillRounds {
    /** About how long each step takes, in milliseconds. */
    private static final Map<String, Integer> LENGTH = Map.of(
            Steps.RESOLVE, 4_000,
            Steps.ROOTFS, 25_000,
            Steps.MODULES, 40_000,
            Steps.SYSTEM, 12_000,
            Steps.CONFIGURE, 800,
            Steps.DISK, 3_000,
            DoomedBake.DELIVER, 400);
    /** How far into what leaves traces a step is killed, when each is killed once. */
    private static final int DEEP_MILLIS = 2_000;

    private static final int PATIENCE = 100;

    private final Path directory;
    private final List<Path> canaries;
    private final List<String> command;
    private final Random random;

    private KillRounds(Path directory, List<Path> canaries, List<String> command, long seed) {
        this.directory = directory;
        this.canaries = canaries;
        this.command = command;
        this.random = new Random(seed);
    }

    /** Arguments: directory, seed, rounds (0: one in each step), canaries joined by colons, and the words of the child's command. */
    public static void main(String[] arguments) throws Exception {
        List<String> words = List.of(arguments);
        List<Path> canaries = new ArrayList<>();
        for (String canary : words.get(3).split(":", -1)) {
            canaries.add(Path.of(canary));
        }
        KillRounds rounds = new KillRounds(
                Path.of(words.get(0)), canaries, words.subList(4, words.size()), Long.parseLong(words.get(1)));
        int count = Integer.parseInt(words.get(2));
        if (count == 0) {
            for (String step : DoomedBake.STEPS) {
                System.out.println(rounds.killIn(step, "deep in ", Math.min(DEEP_MILLIS, LENGTH.get(step))));
            }
        }
        for (int i = 0; i < count; i++) {
            System.out.println(rounds.killAnywhere());
        }
        System.out.println(rounds.bakeAfterAll());
    }

    /** Kills at any moment of a bake that makes everything: in long steps more often than in short ones. */
    private String killAnywhere() throws IOException, InterruptedException {
        int moment = random.nextInt(
                LENGTH.values().stream().mapToInt(Integer::intValue).sum());
        String step = DoomedBake.DELIVER;
        for (String each : DoomedBake.STEPS) {
            moment -= LENGTH.get(each);
            if (moment < 0) {
                step = each;
                break;
            }
        }
        return killIn(step, "started ", LENGTH.get(step));
    }

    /** Bakes with the results of all steps but this one, and kills at some time after it says so. */
    private String killIn(String step, String sign, int within) throws IOException, InterruptedException {
        restore();
        run(
                "rm",
                "-rf",
                DoomedBake.cache(directory).resolve("steps").resolve(step).toString());
        Process bake = start("bake");
        boolean began = awaitLine(bake, sign + step);
        int millis = random.nextInt(within);
        boolean ended = bake.waitFor(millis, TimeUnit.MILLISECONDS);
        int status = bake.destroyForcibly().waitFor();
        String round = step + ", killed " + millis + " ms after it said: " + sign + step;
        String said = said();
        List<String> damage = damage();
        if (!began || (ended && status != 0)) {
            damage.add("it failed by itself, status " + status + ": " + said);
        }
        return verdict(ended ? round + " (it was done by then)" : round, damage);
    }

    private String bakeAfterAll() throws IOException, InterruptedException {
        restore();
        Process bake = start("bake");
        List<String> damage = new ArrayList<>();
        if (!awaitLine(bake, "baked") || bake.waitFor() != 0) {
            damage.add("the next bake failed: " + said());
        }
        damage.addAll(damage());
        return verdict("a whole bake afterwards", damage);
    }

    private static String verdict(String round, List<String> damage) {
        return damage.isEmpty() ? "ok " + round : "DAMAGE " + round + ": " + String.join("; ", damage);
    }

    /** What is wrong now, at once after the kill. */
    private List<String> damage() throws IOException, InterruptedException {
        List<String> damage = new ArrayList<>();
        Process next = start("open");
        if (!awaitLine(next, "work []") || next.waitFor() != 0) {
            damage.add("the next bakery: " + said());
        }
        for (String mount : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
            if (mount.contains(DoomedBake.cache(directory) + "/")) {
                damage.add("still mounted: " + mount);
            }
        }
        for (Path canary : canaries) {
            if (!Files.exists(canary) || !Files.readString(canary).equals("alive\n")) {
                damage.add("lost " + canary);
            }
        }
        List<String> processes = processes();
        for (int i = 0; i < PATIENCE && !processes.isEmpty(); i++) {
            TimeUnit.MILLISECONDS.sleep(100);
            processes = processes();
        }
        processes.forEach(process -> damage.add("still runs: " + process));
        return damage;
    }

    private List<String> processes() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(DoomedBake.cache(directory).toString()))
                .toList();
    }

    private Process start(String what) throws IOException {
        List<String> words = new ArrayList<>(command);
        words.addAll(List.of(directory.toString(), what));
        return new ProcessBuilder(words)
                .redirectError(directory.resolve("errors").toFile())
                .start();
    }

    private String said() throws IOException {
        return Files.readString(directory.resolve("errors")).strip();
    }

    private static boolean awaitLine(Process process, String wanted) throws IOException {
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.equals(wanted)) {
                return true;
            }
        }
        return false;
    }

    /** Hard links: what a cache holds is never written to again. */
    private void restore() throws IOException, InterruptedException {
        Path steps = DoomedBake.cache(directory).resolve("steps");
        run("rm", "-rf", steps.toString());
        run("cp", "-al", directory.resolve("whole").toString(), steps.toString());
    }

    private static void run(String... words) throws IOException, InterruptedException {
        if (new ProcessBuilder(words).inheritIO().start().waitFor() != 0) {
            throw new IOException(String.join(" ", words) + " failed");
        }
    }
}
