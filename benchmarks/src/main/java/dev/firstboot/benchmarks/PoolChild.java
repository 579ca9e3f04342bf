package dev.firstboot.benchmarks;

import dev.firstboot.zfs.poolimage.ByteSize;
import dev.firstboot.zfs.poolimage.Compression;
import dev.firstboot.zfs.poolimage.PoolImage;
import dev.firstboot.zfs.poolimage.tree.TarTree;
import java.nio.file.Path;

/** Writes one pool image in a JVM of its own, as a bake does: nothing is compiled yet. Arguments: tar archive, target, compression. */
final class PoolChild {
    static final ByteSize SIZE = ByteSize.gibibytes(8);

    private PoolChild() {}

    public static void main(String[] args) {
        PoolImage.builder()
                .pool("tank")
                .compression(Compression.valueOf(args[2]))
                .tree(TarTree.of(Path.of(args[0])))
                .addDataset("ROOT", root -> root.mountpoint("/").property("acltype", "posix"))
                .writeTo(Path.of(args[1]), SIZE);
    }
}
