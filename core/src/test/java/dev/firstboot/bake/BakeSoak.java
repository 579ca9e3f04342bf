package dev.firstboot.bake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ./dev soak bake [ROUNDS [SEED]]}: kills bakes with {@code kill -9} at random moments, ten of root's and ten of an ordinary user's unless told otherwise,
 * and writes down what became of this host and of the next bake. Needs root.
 */
public final class BakeSoak {
    private BakeSoak() {}

    /** Ends with status 1 if anything was damaged. */
    public static void main(String[] arguments) throws IOException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : System.nanoTime();
        String command = "./dev soak bake " + rounds + " " + seed;
        System.out.println("This is " + command);
        List<String> lines = new ArrayList<>();
        for (boolean root : new boolean[] {true, false}) {
            String who = "- " + (root ? "root" : "an ordinary user") + ": ";
            KillField.kill(root, root ? seed : ~seed, rounds, round -> System.out.println(who + round))
                    .forEach(round -> lines.add(who + round));
        }
        System.out.println("Written to " + write(command, lines));
        if (lines.stream().anyMatch(line -> line.contains("DAMAGE"))) {
            System.exit(1);
        }
    }

    private static Path write(String command, List<String> lines) throws IOException {
        String date = LocalDate.now(ZoneOffset.UTC).toString();
        Path directory = Files.createDirectories(Path.of("docs/proof"));
        return Files.writeString(directory.resolve(date + "-bake.md"), """
                # soak bake, %s

                Command: `%s`

                Machine: %d processors, Linux %s, Java %s

                Each line is one bake of a disk whose JVM was killed by `kill -9` at that moment of that step, in a mount namespace with canaries in
                `/dev/shm`, in `/dev` and beside the cache. It says `ok` if the next bakery opened the same cache at once and cleared up the work, no
                canary was lost, and neither a mount nor a process of the bake was left; else what was `DAMAGE`d.

                %s
                """.formatted(
                        date,
                        command,
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.version"),
                        Runtime.version(),
                        String.join("\n", lines)));
    }
}
