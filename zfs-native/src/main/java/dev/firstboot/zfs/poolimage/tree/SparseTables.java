package dev.firstboot.zfs.poolimage.tree;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;

/** Reads the tables of holes that GNU tar writes: in its old format, and in versions 0.1 and 1.0 of its extended headers ("Sparse Formats" in its manual). */
final class SparseTables {
    private static final int BLOCK = UstarHeader.SIZE;

    /** Digits of a number of 63 bits. */
    private static final int MAX_DIGITS = 19;

    private SparseTables() {}

    /** A table, and how many of the archived bytes it took. */
    record Read(SparseMap map, long taken) {}

    /** Reads the old format: four parts in the header, then blocks, each of which says whether another follows. */
    static Read old(UstarHeader header, InputStream in, SparseMap map) throws IOException {
        boolean more = header.addParts(map);
        while (more) {
            byte[] block = in.readNBytes(BLOCK);
            if (block.length < BLOCK) {
                throw map.damaged();
            }
            more = header.addParts(block, map);
        }
        return new Read(map, 0);
    }

    /** Reads version 0.1: one record with all numbers, {@code GNU.sparse.map}. */
    static Read ofRecord(byte[] record, SparseMap map) {
        String[] numbers = new String(record, StandardCharsets.ISO_8859_1).split(",", -1);
        if (numbers.length % 2 != 0) {
            throw map.damaged();
        }
        for (int i = 0; i < numbers.length; i += 2) {
            map.add(number(numbers[i], map), number(numbers[i + 1], map));
        }
        return new Read(map, 0);
    }

    /** Reads version 1.0: numbers in lines before the bytes of the file, padded to a whole block. */
    static Read inFront(InputStream in, SparseMap map) throws IOException {
        long[] taken = new long[1];
        LongSupplier next = () -> line(in, map, taken);
        for (long left = next.getAsLong(); left > 0; left--) {
            map.add(next.getAsLong(), next.getAsLong());
        }
        long rest = -taken[0] & (BLOCK - 1);
        try {
            in.skipNBytes(rest);
        } catch (EOFException e) {
            throw map.damaged();
        }
        return new Read(map, taken[0] + rest);
    }

    private static long line(InputStream in, SparseMap map, long[] taken) {
        StringBuilder digits = new StringBuilder();
        try {
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0 || digits.length() > MAX_DIGITS) {
                    throw map.damaged();
                }
                digits.append((char) b);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        taken[0] += digits.length() + 1;
        return number(digits.toString(), map);
    }

    private static long number(String digits, SparseMap map) {
        try {
            long number = Long.parseLong(digits);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw map.damaged();
    }
}
