package dev.firstboot.zfs.poolimage.zpl;

import dev.firstboot.zfs.poolimage.format.ObjectType;
import dev.firstboot.zfs.poolimage.object.BlockTree;
import dev.firstboot.zfs.poolimage.object.Content;
import dev.firstboot.zfs.poolimage.object.ObjectSet;
import dev.firstboot.zfs.poolimage.tree.MalformedTreeException;
import dev.firstboot.zfs.poolimage.tree.SparseContent;
import dev.firstboot.zfs.poolimage.tree.TreeEntry;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Writes the bytes of regular files, one record at a time. Not thread-safe. */
final class FileContents {
    private static final int SECTOR = 512;

    private final ObjectSet set;
    private final int recordSize;

    FileContents(ObjectSet set, int recordSize) {
        this.set = set;
        this.recordSize = recordSize;
    }

    /** Takes the blocks of a file, once they are written. */
    @FunctionalInterface
    interface ContentSink {
        void accept(Content content) throws IOException;
    }

    /** Writes a file, as {@code zfs_write} does: one of up to one record into a block that fits it, a larger one into whole records. */
    void write(TreeEntry entry, InputStream content, ContentSink sink) throws IOException {
        long size = entry.size();
        if (size == 0) {
            set.queue().then(() -> sink.accept(Content.empty(1)));
            return;
        }
        int blockSize = size > recordSize ? recordSize : (int) (size + SECTOR - 1) / SECTOR * SECTOR;
        long blocks = (size + blockSize - 1) / blockSize;
        BlockTree tree = set.tree(ObjectType.PLAIN_FILE_CONTENTS, blockSize, blocks, 1);
        long left = size;
        for (long block = 0; block < blocks; block++) {
            long holes = holes(content, left, blockSize);
            if (holes > 0) {
                content.skipNBytes(Math.min(left, holes * blockSize));
                set.queue().then(() -> tree.skip(holes));
                left -= Math.min(left, holes * blockSize);
                block += holes - 1;
                continue;
            }
            int length = (int) Math.min(blockSize, left);
            byte[] record = set.queue().buffers().take(blockSize);
            if (content.readNBytes(record, 0, length) != length) {
                throw new MalformedTreeException(entry.path() + ": its contents end before its " + size + " bytes");
            }
            Arrays.fill(record, length, blockSize, (byte) 0);
            tree.writeLater(record, blockSize);
            set.queue().then(() -> set.queue().buffers().giveBack(record));
            left -= length;
        }
        set.queue().then(() -> sink.accept(tree.finish()));
    }

    /** Returns how many of the next blocks are completely in a hole; the last block of a file may be short. */
    private static long holes(InputStream content, long left, int blockSize) {
        if (!(content instanceof SparseContent sparse)) {
            return 0;
        }
        long hole = Math.min(sparse.hole(), left);
        return hole == left ? (hole + blockSize - 1) / blockSize : hole / blockSize;
    }
}
