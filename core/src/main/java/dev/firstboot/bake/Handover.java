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

/** Hands what was made to its target, and notices if the cache's copy is no longer what was made. */
final class Handover implements Baked {
    /** The name of this part of a bake in events and failures. */
    static final String STEP = "deliver";

    private static final Tool QEMU_IMG = Tool.of("qemu-img", "qemu-utils");

    private final BakeRun run;
    private final Entry entry;
    private final String output;
    private final Manifest manifest;
    private boolean damaged;

    Handover(BakeRun run, Entry entry, Manifest manifest) {
        this.run = run;
        this.entry = entry;
        this.output = run.plan().result().output();
        this.manifest = manifest;
    }

    /** Whether the cache's copy turned out to be damaged; what the target made of it counts for nothing then. */
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
        require(DigestedCopy.digest(file));
        return file;
    }

    /** Puts the file in place with one rename, then its manifest, both durable before: where a manifest is, the file is whole. */
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
            require(DigestedCopy.copy(
                    entry.file(output), part, done -> run.events().bytes(STEP, done, size), attributes(file.form())));
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

    private void require(Digest found) throws IOException {
        if (!found.equals(entry.digest(output))) {
            damaged = true;
            throw new IOException("what the cache keeps of step " + entry.step() + " is damaged");
        }
    }

    /** A disk is its owner's alone: a machine that runs on it keeps its keys there. */
    private static FileAttribute<?>[] attributes(TargetFile.Form form) {
        return form == TargetFile.Form.AS_MADE
                ? new FileAttribute<?>[0]
                : new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                };
    }

    /** Turns a qcow2 file into one of the disk's very bytes, beside it. */
    private static Path unfold(Path copy) throws IOException {
        Path raw = copy.resolveSibling(copy.getFileName() + ".raw");
        Files.createFile(raw, attributes(TargetFile.Form.RAW_DISK));
        QEMU_IMG.run("convert", "-f", "qcow2", "-O", "raw", copy.toString(), raw.toString())
                .execute();
        return raw;
    }
}
