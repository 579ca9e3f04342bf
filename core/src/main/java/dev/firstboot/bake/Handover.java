package dev.firstboot.bake;

import dev.firstboot.artifact.Manifest;
import dev.firstboot.bake.cache.DigestedCopy;
import dev.firstboot.bake.cache.Entry;
import dev.firstboot.image.Digest;
import dev.firstboot.image.Image;
import dev.firstboot.internal.file.Trees;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.plan.Baked;
import dev.firstboot.plan.TargetFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.function.LongConsumer;

/** Hands the result to its target, and notices if the cached copy has changed since it was made. */
final class Handover implements Baked {
    /** The name of this phase of a bake in events and failures. */
    static final String STEP = "deliver";

    private static final Tool QEMU_IMG = Tool.of("qemu-img", "qemu-utils");

    private final BakeRun run;
    private final Entry entry;
    private final boolean known;
    private final String output;
    private final Manifest manifest;
    private boolean damaged;

    /** A handover of a result; {@code known} if it was made in this bake, so that it needs no second look. */
    Handover(BakeRun run, Entry entry, boolean known, Manifest manifest) {
        this.run = run;
        this.entry = entry;
        this.known = known;
        this.output = run.plan().result().output();
        this.manifest = manifest;
    }

    /** Returns whether the cached copy turned out to be damaged; then what the target made of it is discarded. */
    boolean isDamaged() {
        return damaged;
    }

    @Override
    public Image image() {
        return run.plan().image();
    }

    @Override
    public Manifest manifest() {
        return manifest;
    }

    @Override
    public Path file() throws IOException {
        Path file = entry.file(output);
        if (!known) {
            require(DigestedCopy.digest(file));
        }
        return file;
    }

    /** Puts the file in place with one rename, then its manifest. Both are synced before, so where there is a manifest, the file is complete. */
    @Override
    public void copyTo(TargetFile file) throws IOException {
        Path target = file.path().toAbsolutePath();
        Path directory = Objects.requireNonNull(target.getParent(), "a target is a file, not /");
        TargetChecks checks = new TargetChecks(STEP, file);
        checks.require();
        try (PartDirectory parts = PartDirectory.in(directory)) {
            Path part = parts.file("image");
            Path manifestPart = Manifest.pathFor(part);
            long size = Files.size(entry.file(output));
            copy(part, done -> run.events().bytes(STEP, done, size), attributes(file.form()));
            Path finished = file.form() == TargetFile.Form.RAW_DISK ? unfold(part) : part;
            Trees.sync(finished);
            Files.writeString(manifestPart, manifest.toJson());
            Trees.sync(manifestPart);
            checks.require();
            Files.move(finished, target, StandardCopyOption.ATOMIC_MOVE);
            Files.move(manifestPart, Manifest.pathFor(target), StandardCopyOption.ATOMIC_MOVE);
            Trees.sync(directory);
        }
    }

    private void copy(Path part, LongConsumer progress, FileAttribute<?>... attributes) throws IOException {
        Path file = entry.file(output);
        if (known) {
            DigestedCopy.copyUnread(file, part, progress, attributes);
        } else {
            require(DigestedCopy.copy(file, part, progress, attributes));
        }
    }

    private void require(Digest found) throws IOException {
        if (!found.equals(entry.digest(output))) {
            damaged = true;
            throw new IOException("what the cache keeps of step " + entry.step() + " is damaged");
        }
    }

    /** Returns the file attributes: only the owner can read a disk, because a machine that runs on it keeps its keys there. */
    private static FileAttribute<?>[] attributes(TargetFile.Form form) {
        return form == TargetFile.Form.AS_MADE
                ? new FileAttribute<?>[0]
                : new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                };
    }

    /** Converts a qcow2 file into a raw disk next to it. */
    private static Path unfold(Path copy) throws IOException {
        Path raw = copy.resolveSibling(copy.getFileName() + ".raw");
        Files.createFile(raw, attributes(TargetFile.Form.RAW_DISK));
        QEMU_IMG.run("convert", "-f", "qcow2", "-O", "raw", copy.toString(), raw.toString())
                .execute();
        return raw;
    }
}
