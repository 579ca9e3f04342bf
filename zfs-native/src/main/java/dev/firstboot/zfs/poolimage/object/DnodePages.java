package dev.firstboot.zfs.poolimage.object;

import dev.firstboot.zfs.poolimage.block.PoolFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Blocks of dnodes: the few used last are in memory, the others in a separate file next to the image. So a filesystem with millions of files takes no more
 * memory than one with thousands. Not thread-safe.
 */
final class DnodePages {
    /** 4 MiB. */
    private static final int IN_MEMORY = 256;

    private final PoolFile pool;
    private final LinkedHashMap<Integer, byte[]> pages = new LinkedHashMap<>(IN_MEMORY * 2, 0.75f, true);
    private @Nullable FileChannel others;
    private int count;

    DnodePages(PoolFile pool) {
        this.pool = pool;
    }

    int count() {
        return count;
    }

    /** Creates pages up to this number. */
    void ensure(int number) throws IOException {
        while (count <= number) {
            pages.put(count++, new byte[ObjectSet.DNODE_BLOCK_SIZE]);
            evict();
        }
    }

    /** Returns an existing page. It may be changed only until the next call. */
    byte[] get(int number) throws IOException {
        byte[] page = pages.get(number);
        if (page == null) {
            page = new byte[ObjectSet.DNODE_BLOCK_SIZE];
            ByteBuffer buffer = ByteBuffer.wrap(page);
            while (buffer.hasRemaining()) {
                if (others().read(buffer, at(number) + buffer.position()) < 0) {
                    throw new IOException("the file of dnodes ends early");
                }
            }
            pages.put(number, page);
            evict();
        }
        return page;
    }

    private void evict() throws IOException {
        if (pages.size() <= IN_MEMORY) {
            return;
        }
        Map.Entry<Integer, byte[]> eldest = pages.entrySet().iterator().next();
        ByteBuffer buffer = ByteBuffer.wrap(eldest.getValue());
        while (buffer.hasRemaining()) {
            others().write(buffer, at(eldest.getKey()) + buffer.position());
        }
        pages.remove(eldest.getKey());
    }

    private static long at(int number) {
        return (long) number * ObjectSet.DNODE_BLOCK_SIZE;
    }

    private FileChannel others() throws IOException {
        if (others == null) {
            others = pool.scratch();
        }
        return others;
    }
}
