package dev.firstboot.plan;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.firstboot.artifact.RootfsArchive;
import dev.firstboot.image.Image;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A tar archive of the whole file system, without kernel and boot loader, for containers.
 *
 * @param path where the archive goes
 * @param replace whether an existing file is replaced, once the new one is complete
 */
@CheckReturnValue
@SuppressWarnings("exports") // the annotation is for the compiler alone
public record RootfsTar(Path path, boolean replace) implements Target<RootfsArchive> {
    public RootfsTar {
        Objects.requireNonNull(path, "path");
    }

    public static RootfsTar to(String path) {
        return to(Path.of(Objects.requireNonNull(path, "path")));
    }

    public static RootfsTar to(Path path) {
        return new RootfsTar(path, false);
    }

    /** Returns a copy that replaces an existing file. */
    public RootfsTar replaceExisting() {
        return new RootfsTar(path, true);
    }

    @Override
    public BakePlan planFor(Image image) {
        return BakePlan.ofArchive(image, "archive " + path);
    }

    @Override
    public Optional<TargetFile> file() {
        return Optional.of(place());
    }

    private TargetFile place() {
        return new TargetFile(path, replace, TargetFile.Form.AS_MADE);
    }

    @Override
    public RootfsArchive deliver(Baked baked) throws IOException {
        baked.copyTo(place());
        return new RootfsArchive(path, baked.manifest());
    }
}
