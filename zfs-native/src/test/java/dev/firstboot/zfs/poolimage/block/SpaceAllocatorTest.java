package dev.firstboot.zfs.poolimage.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firstboot.zfs.error.PoolFullException;
import dev.firstboot.zfs.poolimage.block.SpaceAllocator.Extent;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpaceAllocatorTest {
    private static final VdevGeometry SMALL = new VdevGeometry(64L << 20, 12);

    /** The sizes of a pool's partition on disks of 8 and 16 GiB, and what OpenZFS 2.3.9 wrote into its labels. */
    @ParameterizedTest
    @CsvSource({"8051998208, 8047034368, 29, 14", "16641932800, 16636968960, 29, 30"})
    void geometry_sizeOfARealDisk_isWhatOpenZfsChose(long size, long allocatable, int metaslabShift, int metaslabs) {
        VdevGeometry disk = new VdevGeometry(size, 12);
        assertThat(disk.allocatableSize()).isEqualTo(allocatable);
        assertThat(disk.metaslabShift()).isEqualTo(metaslabShift);
        assertThat(disk.metaslabCount()).isEqualTo(metaslabs);
    }

    @Test
    void allocate_copies_liesInDifferentMetaslabs() {
        SpaceAllocator space = new SpaceAllocator(new VdevGeometry(1L << 30, 12));
        Set<Long> metaslabs = new HashSet<>();
        for (int copy = 0; copy < SpaceAllocator.MAX_COPIES; copy++) {
            metaslabs.add(space.allocate(4096, copy) >> 26);
        }
        assertThat(metaslabs).hasSize(3);
    }

    @Test
    void allocate_untilFull_neverOverlapsNorCrossesAMetaslab() {
        SpaceAllocator space = new SpaceAllocator(SMALL);
        Random random = new Random(1);
        boolean[] taken = new boolean[(int) ((SMALL.metaslabCount() * SMALL.metaslabSize()) >> 12)];
        long sum = 0;
        while (true) {
            int sectors = 1 + random.nextInt(32);
            int at = (int) (space.allocate(sectors * 4096L, random.nextInt(3)) >> 12);
            if (space.isFull()) {
                break;
            }
            long perMetaslab = SMALL.metaslabSize() >> 12;
            assertThat(at / perMetaslab).isEqualTo((at + sectors - 1) / perMetaslab);
            for (int sector = at; sector < at + sectors; sector++) {
                assertThat(taken[sector]).isFalse();
                taken[sector] = true;
            }
            sum += sectors * 4096L;
        }
        long counted = 0;
        for (int metaslab = 0; metaslab < SMALL.metaslabCount(); metaslab++) {
            List<Extent> extents = space.allocatedIn(metaslab);
            counted += extents.stream().mapToLong(Extent::size).sum();
            long free = space.freeIn(metaslab).stream().mapToLong(Extent::size).sum();
            assertThat(extents.stream().mapToLong(Extent::size).sum() + free).isEqualTo(SMALL.metaslabSize());
        }
        assertThat(counted).isEqualTo(sum);
    }

    @Test
    void check_whatFits_isSilent() {
        SpaceAllocator space = new SpaceAllocator(SMALL);
        space.allocate(SMALL.capacity(), 0);
        space.check();
        assertThat(space.isFull()).isFalse();
    }

    @Test
    void check_tooMuch_tellsAllThatIsNeeded() {
        SpaceAllocator space = new SpaceAllocator(SMALL);
        space.allocate(1L << 30, 0);
        space.allocate(4096, 0);
        PoolFullException full = catchThrowableOfType(PoolFullException.class, space::check);
        assertThat(full.needed()).isEqualTo((1L << 30) + 4096);
        assertThat(full.capacity()).isEqualTo(SMALL.capacity());
        assertThat(new VdevGeometry(full.imageSize(), 12).capacity()).isGreaterThan(full.needed());
        assertThat(full).hasMessageContaining("make the image " + full.imageSize() + " bytes large");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 40L << 20, 1L << 30, 5_000_000_000L, 100_000_000_000L, 3L << 40})
    void forCapacity_anySize_isEnoughAndNotMuchMore(long bytes) {
        VdevGeometry enough = SMALL.forCapacity(bytes);
        assertThat(enough.capacity()).isGreaterThanOrEqualTo(bytes);
        assertThat(enough.fileSize()).isLessThan(bytes * 6 / 5 + (300L << 20));
    }
}
