package dev.firstboot.bake;

import dev.firstboot.image.Content;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.Image;
import dev.firstboot.image.Recipe;
import dev.firstboot.plan.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Checks before any work that the host files that an image refers to exist. Their bytes are compared when they are read. */
final class HostFiles {
    private HostFiles() {}

    /**
     * Checks each file.
     *
     * @throws BakeException if one is missing or has another length
     */
    static void require(Image image) {
        for (Recipe recipe : image.recipes()) {
            for (FileEntry file : recipe.files()) {
                if (file.content() instanceof Content.HostFile source) {
                    String problem = problem(source);
                    if (!problem.isEmpty()) {
                        throw new BakeException(
                                Steps.CONFIGURE,
                                source.where() + ", which recipe " + recipe.name() + " puts at " + file.path() + ", "
                                        + problem,
                                List.of(),
                                "put it back as it was, or build the image again, which takes it as it is now",
                                null);
                    }
                }
            }
        }
    }

    private static String problem(Content.HostFile source) {
        Path path = Path.of(source.file());
        try {
            long length = Files.isRegularFile(path) ? Files.size(path) : -1;
            return length < 0
                    ? Files.exists(path) ? "is no regular file any more" : "is gone"
                    : length == source.length()
                            ? ""
                            : "has changed: it has " + length + " bytes, and had " + source.length();
        } catch (IOException e) {
            return "cannot be read: " + e;
        }
    }
}
