package dev.firstboot.bake;

import dev.firstboot.artifact.Manifest;
import dev.firstboot.plan.TargetFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** Checks before any work that a result can be written to its target. */
final class TargetChecks {
    /** The longest file name on Linux file systems, in bytes. */
    private static final int NAME_MAX = 255;

    private final String step;
    private final Path target;
    private final boolean replace;

    TargetChecks(String step, TargetFile file) {
        this.step = step;
        this.target = file.path().toAbsolutePath();
        this.replace = file.replace();
    }

    /**
     * Checks the target, the place of its manifest and their directory.
     *
     * @throws BakeException if one of them is in the way
     */
    void require() {
        Path name = target.getFileName();
        Path directory = target.getParent();
        if (name == null || directory == null) {
            throw refusal(target + " is a directory", "name a file as the target");
        }
        requireShort(name.toString());
        for (Path path : List.of(target, Manifest.pathFor(target))) {
            requireReplaceable(path);
        }
        if (!Files.isDirectory(directory)) {
            throw refusal("there is no directory " + directory, "make it, or name another target");
        }
        if (!Files.isWritable(directory)) {
            throw refusal(
                    "directory " + directory + " cannot be written to by this user",
                    "name another target, or have the directory given to this user");
        }
    }

    private void requireShort(String name) {
        int most = NAME_MAX - (Manifest.pathFor(Path.of("x")).toString().length() - 1);
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > most) {
            throw refusal(
                    "the name '" + name.substring(0, Math.min(name.length(), 40)) + "…' of the target is too long: "
                            + bytes + " bytes",
                    "give it one of at most " + most + " bytes, which leaves room for that of its manifest");
        }
    }

    private void requireReplaceable(Path path) {
        if (Files.isDirectory(path)) {
            throw refusal(path + " is a directory", "name a file as the target, such as " + path.resolve("image"));
        } else if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw refusal(path + " is a device or pipe", "name a file as the target, and copy it there afterwards");
        } else if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !replace) {
            throw refusal(path + " exists already", "name another target, or have it replaced with replaceExisting()");
        }
    }

    private BakeException refusal(String problem, String wayOut) {
        return new BakeException(step, problem, List.of(), wayOut, null);
    }
}
