package dev.firstboot.zfs.poolimage.tree;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads an archive from front to back. Not thread-safe. */
final class TarTreeReader {
    private static final int BLOCK = UstarHeader.SIZE;

    private final InputStream in;
    private final String source;
    private final PaxRecords global = PaxRecords.forAll();
    private PaxRecords local = PaxRecords.forOne(global);
    private byte @Nullable [] longName;
    private byte @Nullable [] longLink;

    TarTreeReader(InputStream in, String source) {
        this.in = in;
        this.source = source;
    }

    void read(TreeSink sink) throws IOException {
        for (byte[] block = block(); !isZero(block); block = block()) {
            UstarHeader header = UstarHeader.of(block, source);
            switch (header.type()) {
                case 'x' -> local.add(extra(header), source);
                case 'g' -> global.add(extra(header), source);
                case 'L' -> longName = withoutFinalZero(extra(header));
                case 'K' -> longLink = withoutFinalZero(extra(header));
                case 'V' -> skip(padded(header.size()));
                default -> accept(header, sink);
            }
        }
        refuseMore();
    }

    /** Checks that only zeros follow the block of zeros that ends an archive; writers pad with any number of them. */
    private void refuseMore() throws IOException {
        byte[] rest = new byte[1 << 13];
        for (int count = in.read(rest); count >= 0; count = in.read(rest)) {
            for (int i = 0; i < count; i++) {
                if (rest[i] != 0) {
                    throw new MalformedTreeException(source + " goes on behind its end, perhaps with another archive;"
                            + " join archives with 'tar --concatenate'");
                }
            }
        }
    }

    private void accept(UstarHeader header, TreeSink sink) throws IOException {
        TarEntry told = new TarEntry(header, local, longName, longLink, source);
        TreeEntry entry = told.build();
        local = PaxRecords.forOne(global);
        longName = null;
        longLink = null;
        long archived = told.archivedSize();
        Limited content = new Limited(in, archived);
        Optional<SparseTables.Read> holes = told.readHoles(header.isSparse() ? in : content, entry);
        if (holes.isPresent()) {
            SparseMap map = holes.get().map();
            map.check(entry.size(), archived - holes.get().taken());
            sink.accept(entry, new SparseStream(content, map, entry.size()));
        } else {
            sink.accept(entry, content);
        }
        skip(padded(archived) - (archived - content.left));
    }

    private byte[] extra(UstarHeader header) throws IOException {
        if (header.size() > PaxRecords.MAX_BYTES) {
            throw new MalformedTreeException(source + ": an extended header of " + header.size() + " bytes");
        }
        byte[] data = in.readNBytes((int) header.size());
        if (data.length < header.size()) {
            throw truncated();
        }
        skip(padded(header.size()) - header.size());
        return data;
    }

    private byte[] block() throws IOException {
        byte[] block = in.readNBytes(BLOCK);
        if (block.length < BLOCK) {
            throw truncated();
        }
        return block;
    }

    private void skip(long bytes) throws IOException {
        try {
            in.skipNBytes(bytes);
        } catch (java.io.EOFException e) {
            throw truncated();
        }
    }

    private MalformedTreeException truncated() {
        return new MalformedTreeException(source + " ends in the middle: the archive is truncated");
    }

    private static long padded(long size) {
        return (size + BLOCK - 1) / BLOCK * BLOCK;
    }

    private static byte[] withoutFinalZero(byte[] name) {
        return name.length > 0 && name[name.length - 1] == 0 ? Arrays.copyOf(name, name.length - 1) : name;
    }

    private static boolean isZero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    /** The bytes of one entry. */
    private static final class Limited extends FilterInputStream {
        long left;

        Limited(InputStream in, long size) {
            super(in);
            left = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left == 0 && length > 0) {
                return -1;
            }
            int count = in.read(target, offset, (int) Math.min(length, left));
            left -= Math.max(0, count);
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = in.skip(Math.min(count, left));
            left -= skipped;
            return skipped;
        }

        @Override
        public int available() throws IOException {
            return (int) Math.min(left, in.available());
        }

        @Override
        public void close() {
            // the archive is read on
        }
    }
}
