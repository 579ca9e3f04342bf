package dev.firstboot.zfs.nvlist;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Lists that between them hold every type at its ends, every length that matters and every way to be nested. */
final class NvListCases {
    private final Map<String, NvList> cases = new LinkedHashMap<>();

    private NvListCases() {}

    static Map<String, NvList> all() {
        NvListCases all = new NvListCases();
        all.numbers();
        all.arrays();
        all.wideArrays();
        all.texts();
        all.nesting();
        all.shapes();
        return all.cases;
    }

    private void add(String name, UnaryOperator<NvListBuilder> pairs) {
        NvList list = pairs.apply(NvList.builder()).build();
        if (cases.put(name, list) != null) {
            throw new AssertionError(name + " is there twice");
        }
    }

    private void numbers() {
        add("boolean", b -> b.addFlag("it"));
        for (boolean value : new boolean[] {false, true}) {
            add("boolean value " + value, b -> b.addBooleanValue("it", value));
        }
        for (int value : new int[] {0, 1, 127, 128, 255}) {
            add("byte " + value, b -> b.addByteValue("it", value));
            add("uint8 " + value, b -> b.addUint8("it", value));
        }
        for (byte value : new byte[] {Byte.MIN_VALUE, -1, 0, 1, Byte.MAX_VALUE}) {
            add("int8 " + value, b -> b.addInt8("it", value));
        }
        for (short value : new short[] {Short.MIN_VALUE, -1, 0, 1, Short.MAX_VALUE}) {
            add("int16 " + value, b -> b.addInt16("it", value));
        }
        for (int value : new int[] {0, 1, 32767, 32768, 65535}) {
            add("uint16 " + value, b -> b.addUint16("it", value));
        }
        for (int value : new int[] {Integer.MIN_VALUE, -1, 0, 1, Integer.MAX_VALUE}) {
            add("int32 " + value, b -> b.addInt32("it", value));
        }
        for (long value : new long[] {0, 1, 1L << 31, (1L << 32) - 1}) {
            add("uint32 " + value, b -> b.addUint32("it", value));
        }
        for (long value : new long[] {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE}) {
            add("int64 " + value, b -> b.addInt64("it", value));
            add("uint64 " + Long.toUnsignedString(value), b -> b.addUint64("it", value));
            add("hrtime " + value, b -> b.addHrtime("it", value));
        }
        for (double value : new double[] {0, -0.0, 1.5, Double.MIN_VALUE, -Double.MAX_VALUE, Double.NaN, 1 / 0.0}) {
            add("double " + value, b -> b.addDouble("it", value));
        }
    }

    private void arrays() {
        byte[] bytes = {Byte.MIN_VALUE, -1, 0, 1, Byte.MAX_VALUE};
        for (int length = 0; length <= bytes.length; length++) {
            byte[] value = java.util.Arrays.copyOf(bytes, length);
            add("byte array of " + length, b -> b.addByteArray("it", value));
            add("int8 array of " + length, b -> b.addInt8Array("it", value));
            add("uint8 array of " + length, b -> b.addUint8Array("it", value));
        }
        add("boolean array of 0", b -> b.addBooleanArray("it"));
        add("boolean array of 3", b -> b.addBooleanArray("it", true, false, true));
        add("int16 array of 0", b -> b.addInt16Array("it"));
        add("int16 array of 3", b -> b.addInt16Array("it", Short.MIN_VALUE, (short) -1, Short.MAX_VALUE));
        add("uint16 array of 0", b -> b.addUint16Array("it"));
        add("uint16 array of 5", b -> b.addUint16Array("it", 0, 1, 32767, 32768, 65535));
    }

    private void wideArrays() {
        add("int32 array of 0", b -> b.addInt32Array("it"));
        add("int32 array of 3", b -> b.addInt32Array("it", Integer.MIN_VALUE, -1, Integer.MAX_VALUE));
        add("uint32 array of 0", b -> b.addUint32Array("it"));
        add("uint32 array of 2", b -> b.addUint32Array("it", 1L << 31, (1L << 32) - 1));
        add("int64 array of 0", b -> b.addInt64Array("it"));
        add("int64 array of 3", b -> b.addInt64Array("it", Long.MIN_VALUE, -1, Long.MAX_VALUE));
        add("uint64 array of 0", b -> b.addUint64Array("it"));
        add("uint64 array of 3", b -> b.addUint64Array("it", 0, -1, Long.MAX_VALUE));
        add("uint64 array of 10000", b -> b.addUint64Array("it", new long[10_000]));
    }

    private void texts() {
        for (int length = 0; length <= 9; length++) {
            String text = "x".repeat(length);
            add("name of " + length, b -> b.addUint8(text, 200));
            add("string of " + length, b -> b.addString("it", text));
        }
        add("string of many bytes a character", b -> b.addString("größe", "日本 𝄞"));
        add("string that is not UTF-8", b -> b.addString("it", "a\udcffb"));
        add("string array of 0", b -> b.addStringArray("it", List.of()));
        add("string array of empty ones", b -> b.addStringArray("it", List.of("", "", "")));
        add("string array", b -> b.addStringArray("it", List.of("one", "", "three", "größe")));
        add("longest name", b -> b.addFlag("n".repeat(NvPair.LONGEST_NAME)));
    }

    private void nesting() {
        NvList inner =
                NvList.builder().addUint64("guid", -2).addInt32Array("empty").build();
        add("nvlist, empty", b -> b.addNvList("it", NvList.empty()));
        add("nvlist", b -> b.addNvList("it", inner));
        add("nvlist array of 0", b -> b.addNvListArray("it", List.of()));
        add(
                "nvlist array",
                b -> b.addNvListArray("it", List.of(inner, NvList.empty(), inner))
                        .addFlag("after"));
        NvList deep = NvList.builder().addFlag("bottom").build();
        for (int i = 0; i < NvList.DEEPEST; i++) {
            deep = i % 2 == 0
                    ? NvList.builder().addNvList("l", deep).build()
                    : NvList.builder().addNvListArray("l", List.of(deep)).build();
        }
        cases.put("nested as deep as can be", deep);
    }

    private void shapes() {
        add("empty", b -> b);
        add(
                "several empty arrays",
                b -> b.addInt8Array("a")
                        .addUint64Array("b")
                        .addStringArray("c", List.of())
                        .addString("d", "after"));
        add("a thousand pairs", b -> {
            for (int i = 0; i < 1000; i++) {
                b.addUint64("pair " + i, i);
            }
            return b;
        });
        NvListBuilder everything = NvList.builder();
        int number = 0;
        for (NvList list : new ArrayList<>(cases.values())) {
            everything.addNvListArray("case " + number++, Collections.nCopies(1 + number % 3, shallow(list)));
        }
        cases.put("everything at once", everything.build());
        for (Uniqueness uniqueness : List.of(Uniqueness.NONE, Uniqueness.NAME_AND_TYPE)) {
            NvList inner =
                    NvList.builder(uniqueness).addFlag("x").addUint8("x", 1).build();
            cases.put(
                    "same name twice, " + uniqueness,
                    inner.toBuilder().addNvList("inner", inner).build());
        }
    }

    private static NvList shallow(NvList list) {
        return list.depth() < NvList.DEEPEST ? list : NvList.empty();
    }
}
