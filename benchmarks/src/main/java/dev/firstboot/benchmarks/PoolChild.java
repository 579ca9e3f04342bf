package dev.firstboot.benchmarks;

import dev.firstboot.zfs.poolimage.ByteSize;
import dev.firstboot.zfs.poolimage.Compression;
import dev.firstboot.zfs.poolimage.PoolImage;
import dev.firstboot.zfs.poolimage.tree.TarTree;
import dev.firstboot.zfs.poolimage.tree.Tree;
import java.nio.file.Path;

/** Writes one pool image in a JVM of its own, as a bake does: nothing is compiled yet. Arguments: tar archive, target, compression. */
final class PoolChild {
    private static final ByteSize SIZE = ByteSize.gibibytes(8);

    private PoolChild() {}

    public static void main(String[] args) {
        write(TarTree.of(Path.of(args[0])), Compression.valueOf(args[2]), Path.of(args[1]));
    }

    /** Writes a tree into a pool of one dataset. */
    static void write(Tree tree, Compression compression, Path target) {
        PoolImage.builder()
                .pool("tank")
                .compression(compression)
                .tree(tree)
                .addDataset("ROOT", root -> root.mountpoint("/").property("acltype", "posix"))
                .writeTo(target, SIZE);
    }
}
