package dev.firstboot.bake.tree;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** Changes timestamps of tar entries in place. */
public final class TarTimes {
    private TarTimes() {}

    /**
     * Sets {@code time} on every entry whose timestamp is {@code since} or later; both in seconds since the Unix epoch. Leaves extended headers
     * unchanged: whole seconds need none.
     *
     * @throws TreeException if the archive is damaged
     */
    public static void replace(Path tar, long since, long time) throws IOException {
        byte[] block = new byte[TarHeader.BLOCK];
        try (RandomAccessFile file = new RandomAccessFile(tar.toFile(), "rw")) {
            long at = 0;
            for (read(file, at, block, tar); !TarReader.isZero(block); read(file, at, block, tar)) {
                if (!TarHeader.isValid(block)) {
                    throw new TreeException("no tar header at byte " + at + " of " + tar);
                }
                if (TarHeader.time(block) >= since) {
                    TarHeader.time(block, time);
                    file.seek(at);
                    file.write(block);
                }
                long blocks = (TarHeader.size(block) + TarHeader.BLOCK - 1) / TarHeader.BLOCK;
                at += (1 + blocks) * TarHeader.BLOCK;
            }
            for (at += TarHeader.BLOCK; at < file.length(); at += TarHeader.BLOCK) {
                read(file, at, block, tar);
                if (!TarReader.isZero(block)) {
                    throw new TreeException(tar + " goes on behind its end, at byte " + at);
                }
            }
        } catch (IllegalArgumentException e) {
            throw new TreeException(tar + " is damaged: " + e.getMessage(), e);
        }
    }

    private static void read(RandomAccessFile file, long at, byte[] block, Path tar) throws IOException {
        try {
            file.seek(at);
            file.readFully(block);
        } catch (EOFException e) {
            throw new TreeException(tar + " ends in the middle, at byte " + file.length(), e);
        }
    }
}
