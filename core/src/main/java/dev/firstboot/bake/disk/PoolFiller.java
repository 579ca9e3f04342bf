package dev.firstboot.bake.disk;

import dev.firstboot.bake.cache.DigestedCopy;
import dev.firstboot.bake.step.Progress;
import dev.firstboot.bake.step.StepContext;
import dev.firstboot.bake.step.StepException;
import dev.firstboot.bake.tree.MergedTree;
import dev.firstboot.bake.tree.Overlay;
import dev.firstboot.bake.tree.Removals;
import dev.firstboot.plan.Steps;
import dev.firstboot.stack.PoolLayout;
import dev.firstboot.zfs.error.PoolFullException;
import dev.firstboot.zfs.error.ZfsException;
import dev.firstboot.zfs.poolimage.ByteSize;
import dev.firstboot.zfs.poolimage.CanMount;
import dev.firstboot.zfs.poolimage.PoolImage;
import dev.firstboot.zfs.poolimage.tree.TarTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Writes the pool into a disk's partition, with the system and what is laid over it: no kernel module, no privileges, no virtual machine. */
final class PoolFiller {
    private static final long GIBIBYTE = 1L << 30;

    private final String name;
    private final StepContext context;

    /** Of the machine of this name. */
    PoolFiller(String name, StepContext context) {
        this.name = name;
        this.context = context;
    }

    /** Fills the pool's partition with {@code system}, less what is removed, and the overlay over it. */
    void fill(Path raw, Partitions.Extent partition, PoolLayout layout, Path system) throws IOException {
        MergedTree tree = new MergedTree(
                system,
                context.input(Steps.CONFIGURE, Steps.OVERLAY_TAR),
                Removals.read(context.input(Steps.CONFIGURE, Steps.REMOVALS)));
        Progress progress = new Progress(context.reporter(), tree.length());
        try (InputStream in = tree.open(progress::at)) {
            describe(layout)
                    .seed(seed())
                    .created(Instant.ofEpochSecond(Overlay.TIME))
                    .tree(TarTree.reading(in, Steps.SYSTEM_TAR))
                    .build()
                    .writeInto(
                            raw,
                            partition.start(),
                            ByteSize.bytes(partition.size().bytes()));
        } catch (PoolFullException e) {
            throw new StepException(
                    "the system does not fit onto the disk: its pool needs " + e.needed() + " bytes and has room for "
                            + e.capacity(),
                    "make the disk larger: Disk.qcow2(...).size(ByteSize.gibibytes("
                            + gibibytes(Files.size(raw) - partition.size().bytes() + e.imageSize()) + "))");
        } catch (ZfsException e) {
            throw new StepException("the pool could not be made: " + e.getMessage(), "");
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Describes a pool to the writer of pool images. */
    static PoolImage.Builder describe(PoolLayout layout) {
        PoolImage.Builder pool = PoolImage.builder()
                .pool(PoolLayout.POOL)
                .autotrim(true)
                .root(root -> {
                    root.mountpoint("none").canmount(CanMount.OFF);
                    PoolLayout.INHERITED.forEach(root::property);
                })
                .addDataset(
                        inPool(PoolLayout.ENVIRONMENTS),
                        root -> root.mountpoint("none").canmount(CanMount.OFF))
                .addDataset(
                        inPool(PoolLayout.KEPT), keep -> keep.mountpoint("none").canmount(CanMount.OFF))
                .bootfs(inPool(PoolLayout.root(PoolLayout.ENVIRONMENT)));
        for (PoolLayout.Filesystem filesystem : layout.filesystems()) {
            pool.addDataset(inPool(filesystem.name()), dataset -> {
                dataset.mountpoint(filesystem.mountpoint())
                        .canmount(filesystem.automatic() ? CanMount.ON : CanMount.NOAUTO);
                filesystem.properties().forEach(dataset::property);
            });
        }
        return pool;
    }

    private static String inPool(String dataset) {
        return dataset.substring(PoolLayout.POOL.length() + 1);
    }

    private static long gibibytes(long bytes) {
        return (bytes + GIBIBYTE - 1) / GIBIBYTE;
    }

    /** Two images that differ in anything but packages have ids of their own; what must not be the same, a machine makes at first boot. */
    private String seed() throws IOException {
        return "firstboot " + name + " " + DigestedCopy.digest(context.input(Steps.CONFIGURE, Steps.OVERLAY_TAR));
    }
}
