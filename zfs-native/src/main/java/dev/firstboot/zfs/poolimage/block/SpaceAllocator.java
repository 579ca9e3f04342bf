package dev.firstboot.zfs.poolimage.block;

import dev.firstboot.zfs.error.PoolFullException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Allocates space on the vdev, next fit, and reports afterwards what is allocated. Not thread-safe.
 *
 * <p>Copies of a block are in different thirds of the vdev. Each third is filled from its start, so that data is written in order and a damaged stretch
 * destroys at most one copy. When a third is full, its rover continues in the next. No block crosses from one metaslab into the next, because each metaslab has
 * its own space map.
 */
public final class SpaceAllocator {
    /** {@code SPA_DVAS_PER_BP}: the most copies of one block. */
    public static final int MAX_COPIES = 3;

    /** What a larger vdev needs besides, to describe its additional metaslabs: 1/64 and 4 MiB. */
    private static final int SPARE_SHIFT = 6;

    private static final long SPARE = 4L << 20;

    private final VdevGeometry geometry;
    private final TreeMap<Long, Long> free = new TreeMap<>();
    private final long[] rover = new long[MAX_COPIES];
    private long allocated;
    private boolean full;

    /** Starts with an empty vdev. */
    public SpaceAllocator(VdevGeometry geometry) {
        this.geometry = geometry;
        int count = geometry.metaslabCount();
        long size = geometry.metaslabSize();
        free.put(0L, count * size);
        for (int copy = 0; copy < MAX_COPIES; copy++) {
            rover[copy] = (long) count * copy / MAX_COPIES * size;
        }
    }

    /**
     * Allocates {@code size} bytes, a whole number of sectors, for copy number {@code copy}; returns the offset. Once something does not fit, it only counts
     * what is requested; see {@link #isFull}.
     */
    public long allocate(long size, int copy) {
        allocated += size;
        if (full || allocated > geometry.capacity()) {
            full = true;
            return 0;
        }
        long at = firstFit(rover[copy], size);
        if (at < 0) {
            at = firstFit(0, size);
        }
        if (at < 0) {
            full = true;
            return 0;
        }
        take(at, size);
        rover[copy] = at + size;
        return at;
    }

    /** Returns whether more was requested than there is. Returned offsets are then meaningless. */
    public boolean isFull() {
        return full;
    }

    /**
     * Throws if more was requested than there is. Call it after all requests.
     *
     * @throws PoolFullException with the size of an image in which everything fits
     */
    public void check() {
        if (full) {
            long capacity = geometry.capacity();
            long needed = Math.max(allocated, capacity + 1);
            long enough = geometry.forCapacity(needed + (needed >> SPARE_SHIFT) + SPARE)
                    .fileSize();
            throw new PoolFullException(needed, capacity, enough);
        }
    }

    private long firstFit(long from, long size) {
        Map.Entry<Long, Long> around = free.floorEntry(from);
        if (around != null && around.getValue() > from) {
            long at = fitWithinMetaslab(from, around.getValue(), size);
            if (at >= 0) {
                return at;
            }
        }
        for (Map.Entry<Long, Long> range : free.tailMap(from, true).entrySet()) {
            long at = fitWithinMetaslab(range.getKey(), range.getValue(), size);
            if (at >= 0) {
                return at;
            }
        }
        return -1;
    }

    private long fitWithinMetaslab(long start, long end, long size) {
        long metaslab = geometry.metaslabSize();
        long at = start;
        if (at / metaslab != (at + size - 1) / metaslab) {
            at = (at / metaslab + 1) * metaslab;
        }
        return at + size <= end ? at : -1;
    }

    private void take(long at, long size) {
        Map.Entry<Long, Long> range = free.floorEntry(at);
        long start = range.getKey();
        long end = range.getValue();
        if (at > start) {
            free.put(start, at);
        } else {
            free.remove(start);
        }
        if (at + size < end) {
            free.put(at + size, end);
        }
    }

    /** Returns how many bytes were requested so far. */
    public long allocated() {
        return allocated;
    }

    /** A range of bytes, with offsets from the start of its metaslab. */
    public record Extent(long start, long end) {
        /** Returns its size, in bytes. */
        public long size() {
            return end - start;
        }
    }

    /** Returns the allocated ranges of a metaslab, in order. */
    public List<Extent> allocatedIn(int metaslab) {
        List<Extent> taken = new ArrayList<>();
        long at = 0;
        for (Extent hole : freeIn(metaslab)) {
            if (hole.start() > at) {
                taken.add(new Extent(at, hole.start()));
            }
            at = hole.end();
        }
        if (at < geometry.metaslabSize()) {
            taken.add(new Extent(at, geometry.metaslabSize()));
        }
        return taken;
    }

    /** Returns the free ranges of a metaslab, in order. */
    public List<Extent> freeIn(int metaslab) {
        long start = metaslab * geometry.metaslabSize();
        long end = start + geometry.metaslabSize();
        List<Extent> holes = new ArrayList<>();
        Long first = free.floorKey(start);
        for (Map.Entry<Long, Long> range :
                free.tailMap(first == null ? start : first, true).entrySet()) {
            if (range.getKey() >= end) {
                break;
            }
            if (range.getValue() > start) {
                holes.add(new Extent(Math.max(range.getKey(), start) - start, Math.min(range.getValue(), end) - start));
            }
        }
        return holes;
    }
}
