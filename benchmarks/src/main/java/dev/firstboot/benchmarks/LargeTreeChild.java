package dev.firstboot.benchmarks;

import dev.firstboot.zfs.poolimage.ByteSize;
import dev.firstboot.zfs.poolimage.PoolImage;
import dev.firstboot.zfs.poolimage.tree.FileType;
import dev.firstboot.zfs.poolimage.tree.Tree;
import dev.firstboot.zfs.poolimage.tree.TreeEntry;
import dev.firstboot.zfs.poolimage.tree.TreePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Random;

/** Writes a made-up tree into a pool, in a JVM whose heap is as small as it was started with. Arguments: directories, files in each, bytes of each file, target. */
final class LargeTreeChild {
    private static final ByteSize SIZE = ByteSize.gibibytes(256);

    private LargeTreeChild() {}

    public static void main(String[] args) {
        Tree tree = tree(Integer.parseInt(args[0]), Integer.parseInt(args[1]), Long.parseLong(args[2]));
        PoolImage.builder()
                .pool("tank")
                .addDataset("data", data -> data.tree(tree))
                .writeTo(Path.of(args[3]), SIZE);
    }

    private static Tree tree(int directories, int files, long bytes) {
        byte[] pattern = pattern();
        return sink -> {
            for (int directory = 0; directory < directories; directory++) {
                for (int file = 0; file < files; file++) {
                    TreePath path = TreePath.of(
                            "top-" + directory / 1000 + "/directory-" + directory + "/a-file-called-" + file);
                    sink.accept(
                            TreeEntry.builder(path, FileType.REGULAR)
                                    .size(bytes)
                                    .build(),
                            new Repeated(pattern, bytes));
                }
            }
        };
    }

    /** A mebibyte that LZ4 makes about half as large. */
    private static byte[] pattern() {
        byte[] pattern = new byte[1 << 20];
        Random random = new Random(1);
        for (int at = 0; at < pattern.length; at++) {
            pattern[at] = (byte) (at % 4096 < 2048 ? random.nextInt() : 'x');
        }
        return pattern;
    }

    /** The same bytes again and again. */
    private static final class Repeated extends InputStream {
        private final byte[] pattern;
        private final long size;
        private long at;

        Repeated(byte[] pattern, long size) {
            this.pattern = pattern;
            this.size = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (at == size && length > 0) {
                return -1;
            }
            int from = (int) (at % pattern.length);
            int count = (int) Math.min(Math.min(length, pattern.length - from), size - at);
            System.arraycopy(pattern, from, target, offset, count);
            at += count;
            return count;
        }
    }
}
