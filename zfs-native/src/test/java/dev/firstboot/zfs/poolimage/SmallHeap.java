package dev.firstboot.zfs.poolimage;

import dev.firstboot.zfs.poolimage.tree.FileType;
import dev.firstboot.zfs.poolimage.tree.Tree;
import dev.firstboot.zfs.poolimage.tree.TreeEntry;
import dev.firstboot.zfs.poolimage.tree.TreePath;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Writes a pool in a process of its own, which has little memory: the file, the kind of tree, how many files. */
final class SmallHeap {
    private SmallHeap() {}

    public static void main(String... args) {
        int count = Integer.parseInt(args[2]);
        Tree tree = args[1].equals("names") ? longNames(count) : filesOfTwoRecords(count);
        PoolImage.builder()
                .pool("tank")
                .addDataset(
                        "a", a -> a.tree(tree).recordSize(ByteSize.bytes(512)).compression(Compression.OFF))
                .writeTo(Path.of(args[0]), ByteSize.gibibytes(1));
    }

    private static Tree filesOfTwoRecords(int count) {
        return sink -> {
            byte[] content = "0123456789abcdef".repeat(64).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < count; i++) {
                TreeEntry.Builder file = TreeEntry.builder(TreePath.of("f" + i), FileType.REGULAR);
                sink.accept(file.size(content.length).build(), new ByteArrayInputStream(content));
            }
        };
    }

    /** So many names of 255 bytes, all of one file, in a directory to which one comes back in the end. */
    private static Tree longNames(int count) {
        return sink -> {
            sink.accept(TreeEntry.builder(TreePath.of("f"), FileType.REGULAR).build(), InputStream.nullInputStream());
            for (int i = 0; i <= count; i++) {
                if (i == count) {
                    sink.accept(
                            TreeEntry.builder(TreePath.of("other/g"), FileType.FIFO)
                                    .build(),
                            InputStream.nullInputStream());
                }
                String name = "d/" + i + "n".repeat(255 - Integer.toString(i).length());
                sink.accept(
                        TreeEntry.builder(TreePath.of(name), FileType.HARD_LINK)
                                .target(new byte[] {'f'})
                                .build(),
                        InputStream.nullInputStream());
            }
        };
    }
}
