package dev.firstboot.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs bakes and tools in processes of their own and waits for them. */
final class Children {
    /** What a bake must get by with. */
    static final String HEAP = "128m";

    private final Path directory;

    Children(Path directory) {
        this.directory = directory;
    }

    /** Bakes the benchmark's image in a JVM with a small heap. */
    BakeChild.Measured bake(Path cache, String motd) throws IOException, InterruptedException {
        Path result = Files.createTempFile(directory, "bake", ".json");
        run(java(
                List.of("-Xmx" + HEAP, "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"),
                BakeChild.class,
                cache.toString(),
                directory.resolve("chat.qcow2").toString(),
                motd,
                result.toString()));
        return new ObjectMapper().readValue(result.toFile(), BakeChild.Measured.class);
    }

    /** Returns the command that runs a class of this class path in a JVM like this one. */
    static List<String> java(List<String> options, Class<?> main, String... arguments) {
        List<String> words =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
        words.addAll(options);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        words.addAll(List.of(arguments));
        return words;
    }

    /** Runs a command to its end and gives the seconds it took. */
    static double run(List<String> command) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException(command.get(0) + " exited with " + status + "; its words are above");
            }
            return (System.nanoTime() - start) / 1e9;
        } finally {
            process.destroy();
        }
    }
}
