package dev.firstboot.zfs.poolimage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.zfs.FetchedOpenZfs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** OpenZFS's own reader of pools, which needs no kernel module: the one that says whether an image is right. */
final class Zdb {
    private static final Optional<Path> PROGRAM = FetchedOpenZfs.file("zdb");
    private static final Optional<Path> LIBRARY = FetchedOpenZfs.file("libzpool.so");

    private final Path image;
    private final String pool;

    Zdb(Path image, String pool) {
        this.image = image;
        this.pool = pool;
    }

    /** Reads every block, checks every checksum and compares what is reached with the space maps. */
    void verify() {
        assertThat(run("-e", "-p", image.getParent().toString(), "-bcc", pool))
                .contains("No leaks (block sum matches space maps exactly)")
                .doesNotContainIgnoringCase("error")
                .doesNotContain("bad", "unreachable");
    }

    /** The dump of a dataset with all its objects. */
    String dump(String dataset) {
        return run("-e", "-p", image.getParent().toString(), "-dddd", dataset);
    }

    /** The dump of a dataset with all its objects, their paths and their blocks; slow for many files in deep directories. */
    ZdbDump dumpWithPaths(String dataset) {
        return new ZdbDump(run("-e", "-p", image.getParent().toString(), "-ddddd", dataset));
    }

    /** {@link #dumpWithPaths} of every dataset, one after the other. */
    String dumpOfAllWithPaths() {
        return run("-e", "-p", image.getParent().toString(), "-ddddd", pool);
    }

    /** The list of datasets, and the check of the features' counts. */
    String datasets() {
        return run("-e", "-p", image.getParent().toString(), "-d", pool);
    }

    /** The labels. */
    String labels() {
        return run("-lll", image.toString());
    }

    static String run(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(PROGRAM.map(Path::toString).orElse("zdb"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("TZ", "UTC");
        builder.environment().merge("PATH", "/usr/sbin:/sbin", (path, more) -> path + ":" + more);
        LIBRARY.ifPresent(library ->
                builder.environment().put("LD_LIBRARY_PATH", library.getParent().toString()));
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(process.waitFor()).as("%s said: %s", command, output).isZero();
            return output;
        } catch (IOException e) {
            throw new AssertionError(
                    "zdb cannot be run: `./dev setup` fetches it, or install zfsutils-linux (contrib)", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
