package dev.firstboot.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        run(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx" + HEAP,
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                BakeChild.class.getName(),
                cache.toString(),
                directory.resolve("chat.qcow2").toString(),
                motd,
                result.toString()));
        return new ObjectMapper().readValue(result.toFile(), BakeChild.Measured.class);
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
