package dev.firstboot.zfs.nvlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NvListFuzzTest {
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    private NvList randomList(int depth) {
        NvListBuilder list = NvList.builder();
        int pairs = random.nextInt(12);
        for (int i = 0; i < pairs; i++) {
            String name = i + randomText();
            switch (random.nextInt(depth > 0 ? 12 : 10)) {
                case 0 -> list.addFlag(name);
                case 1 -> list.addUint8(name, random.nextInt(256));
                case 2 -> list.addInt16(name, (short) random.nextInt());
                case 3 -> list.addUint64(name, random.nextLong());
                case 4 -> list.addDouble(name, random.nextDouble());
                case 5 -> list.addString(name, randomText());
                case 6 -> list.addByteArray(name, new byte[random.nextInt(9)]);
                case 7 -> list.addInt8Array(name, (byte) random.nextInt(), (byte) random.nextInt());
                case 8 ->
                    list.addInt64Array(name, random.longs(random.nextInt(4)).toArray());
                case 9 -> list.addStringArray(name, List.of(randomText(), randomText()));
                case 10 -> list.addNvList(name, randomList(depth - 1));
                default -> list.addNvListArray(name, List.of(randomList(depth - 1), randomList(depth - 1)));
            }
        }
        return list.build();
    }

    private String randomText() {
        return random.ints(random.nextInt(10), 1, 0xd7ff)
                .mapToObj(Character::toString)
                .reduce("", String::concat);
    }

    @ParameterizedTest
    @EnumSource(NvEncoding.class)
    void encode_randomLists_isWhatLibnvpairPacks(NvEncoding encoding) {
        for (int round = 0; round < 200; round++) {
            NvList list = randomList(3);
            byte[] packed = list.encode(encoding);

            assertThat(NvList.decode(packed))
                    .as("seed %s, round %s", seed, round)
                    .isEqualTo(list);
            assertThat(LibNvpair.repack(packed, encoding))
                    .as("seed %s, round %s", seed, round)
                    .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(packed));
        }
    }

    /** Whatever the bytes: a list that libnvpair reads too, or the one exception. */
    @ParameterizedTest
    @EnumSource(NvEncoding.class)
    void decode_damagedBytes_isAListOrRefused(NvEncoding encoding) {
        int read = 0;
        for (int round = 0; round < 4_000; round++) {
            byte[] damaged = damaged(randomList(2).encode(encoding));
            try {
                NvList list = NvList.decode(damaged);
                read++;
                assertThat(LibNvpair.repack(damaged, encoding))
                        .as("seed %s, round %s: %s", seed, round, list)
                        .hasValueSatisfying(
                                bytes -> assertThat(NvList.decode(bytes)).isEqualTo(list));
            } catch (MalformedNvListException expected) {
                assertThat(expected.offset()).isBetween(0, damaged.length);
            }
        }
        assertThat(read).as("seed %s", seed).isPositive();
    }

    private byte[] damaged(byte[] packed) {
        byte[] damaged = Arrays.copyOf(packed, random.nextInt(8) == 0 ? random.nextInt(packed.length) : packed.length);
        int changes = random.nextInt(3);
        for (int i = 0; i < changes && damaged.length > 4; i++) {
            // The encoding stays: the other one is tried too, and native bytes of the other order are not libnvpair's.
            int at = 4 + random.nextInt(damaged.length - 4);
            damaged[at] = (byte) (random.nextBoolean() ? random.nextInt() : random.nextInt(4));
        }
        return damaged;
    }

    @ParameterizedTest
    @EnumSource(NvEncoding.class)
    void decode_cutAnywhere_isRefused(NvEncoding encoding) {
        byte[] packed = NvListCases.all().get("everything at once").encode(encoding);
        // Behind the end are the zeros that libnvpair counts for empty arrays.
        int end = NvList.decode(packed).encode(encoding).length - (encoding == NvEncoding.XDR ? phantom(packed) : 0);
        for (int length = 0; length < end; length += 1 + length / 50) {
            byte[] cut = Arrays.copyOf(packed, length);
            assertThatThrownBy(() -> NvList.decode(cut)).isInstanceOf(MalformedNvListException.class);
        }
    }

    private static int phantom(byte[] packed) {
        int zeros = 0;
        while (packed[packed.length - 1 - zeros] == 0) {
            zeros++;
        }
        return zeros;
    }

    /** All of one hash: the classic way to make a parser hang. */
    @ParameterizedTest
    @EnumSource(Uniqueness.class)
    void decode_namesChosenToCollide_takesNoLonger(Uniqueness uniqueness) {
        NvListBuilder list = NvList.builder(uniqueness);
        for (int i = 0; i < 1 << 16; i++) {
            StringBuilder name = new StringBuilder();
            for (int bit = 0; bit < 16; bit++) {
                name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            list.addFlag(name.toString());
        }
        byte[] packed = list.build().encode(NvEncoding.XDR);

        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> NvList.decode(packed));
    }

    /** Each of these asks for gigabytes, or for a stack without end, with a few bytes. */
    @Test
    void decode_hostileClaims_costNothing() {
        List<byte[]> hostile = new ArrayList<>();
        for (NvType type : NvType.values()) {
            hostile.add(claim(NvEncoding.XDR, type));
            hostile.add(claim(NvEncoding.NATIVE, type));
        }
        hostile.add(nestedWithoutEnd());
        Assertions.assertTimeout(Duration.ofSeconds(10), () -> {
            for (byte[] bytes : hostile) {
                assertThatThrownBy(() -> NvList.decode(bytes)).isInstanceOf(MalformedNvListException.class);
            }
        });
    }

    /** One pair "x" of that type with two billion elements. */
    private static byte[] claim(NvEncoding encoding, NvType type) {
        if (encoding == NvEncoding.XDR) {
            return ByteBuffer.allocate(100)
                    .putInt(0x01010000)
                    .putLong(1)
                    .putInt(80)
                    .putInt(Integer.MAX_VALUE)
                    .putInt(1)
                    .putInt('x' << 24)
                    .putInt(type.code())
                    .putInt(Integer.MAX_VALUE)
                    .putInt(Integer.MAX_VALUE)
                    .array();
        }
        return ByteBuffer.allocate(100)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0x0100)
                .putLong(1L << 32)
                .putInt(80)
                .putInt(2)
                .putInt(Integer.MAX_VALUE)
                .putInt(type.code())
                .putShort((short) 'x')
                .array();
    }

    private static byte[] nestedWithoutEnd() {
        ByteBuffer bytes = ByteBuffer.allocate(40_000).putInt(0x01010000);
        while (bytes.remaining() >= 32) {
            bytes.putLong(1)
                    .putInt(1000)
                    .putInt(48)
                    .putInt(1)
                    .putInt('x' << 24)
                    .putInt(NvType.NVLIST.code())
                    .putInt(1);
        }
        return bytes.array();
    }
}
