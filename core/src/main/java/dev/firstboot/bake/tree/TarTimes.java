package dev.firstboot.bake.tree;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** The times of the entries of a tar archive, changed where they are. */
public final class TarTimes {
    private TarTimes() {}

    /**
     * Gives {@code time} to all that is as young as {@code since} or younger; both in seconds of the Unix epoch. Extended headers are left alone: whole
     * seconds need none.
     *
     * @throws TreeException if the archive is damaged
     */
    public static void replace(Path tar, long since, long time) throws IOException {
        byte[] block = new byte[TarHeader.BLOCK];
        try (RandomAccessFile file = new RandomAccessFile(tar.toFile(), "rw")) {
            long at = 0;
            file.readFully(block);
            while (block[0] != 0) {
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
                file.seek(at);
                file.readFully(block);
            }
        }
    }
}
