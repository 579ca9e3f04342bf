package dev.firstboot.zfs.nvlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NvListTest {
    private static final NvList SAMPLE = NvList.builder()
            .addUint64("guid", -1)
            .addString("name", "tank")
            .addFlag("log")
            .addNvList("inner", NvList.builder().addInt32("x", -7).build())
            .build();

    /** What does not fit, with what the message has to tell. */
    static Stream<Map.Entry<String, Consumer<NvListBuilder>>> misfits() {
        BigInteger tooLarge = BigInteger.ONE.shiftLeft(64);
        return Map.<String, Consumer<NvListBuilder>>of(
                "'it': 256 is out of range for BYTE, 0 to 255", b -> b.addByteValue("it", 256),
                "'it': -1 is out of range for UINT8, 0 to 255", b -> b.addUint8("it", -1),
                "'it': 65536 is out of range for UINT16, 0 to 65535", b -> b.addUint16("it", 65536),
                "'it': 4294967296 is out of range for UINT32, 0 to 4294967295", b -> b.addUint32("it", 1L << 32),
                "'it': -1 is out of range for UINT16_ARRAY, 0 to 65535", b -> b.addUint16Array("it", 0, -1),
                "'it': -1 is out of range for UINT32_ARRAY, 0 to 4294967295", b -> b.addUint32Array("it", 0, -1),
                "'it': 18446744073709551616 is out of range for UINT64", b -> b.addUint64("it", tooLarge),
                "'it': a C string cannot hold a NUL, as at index 1", b -> b.addString("it", "a\0"),
                "'it': the surrogate at index 1 is half a character", b -> b.addStringArray("it", List.of("a\ud800")),
                "a name of 32767 bytes is too long: at most 32766", b -> b.addFlag("n".repeat(32767)))
                .entrySet()
                .stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misfits")
    void add_valueThatDoesNotFit_isRefusedByName(Map.Entry<String, Consumer<NvListBuilder>> misfit) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> misfit.getValue().accept(NvList.builder()))
                .withMessage(misfit.getKey());
    }

    @Test
    void build_sameNameTwice_isRefused() {
        NvListBuilder twice = NvList.builder().addFlag("it").addUint8("it", 1);

        assertThatIllegalArgumentException().isThrownBy(twice::build).withMessageContaining("'it' is there twice");
    }

    @Test
    void build_sameNameTwiceAmongMany_isRefused() {
        NvListBuilder many = NvList.builder();
        for (int i = 0; i < 100; i++) {
            many.addInt32("pair " + i, i);
        }

        assertThatIllegalArgumentException()
                .isThrownBy(many.addFlag("pair 50")::build)
                .withMessageContaining("'pair 50'");
    }

    @Test
    void build_nestedTooDeep_isRefused() {
        NvList deep = NvList.empty();
        for (int i = 0; i < NvList.DEEPEST; i++) {
            deep = NvList.builder().addNvList("l", deep).build();
        }
        NvList deepest = deep;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> NvList.builder().addNvList("l", deepest))
                .withMessageContaining("more than 100 lists inside each other");
    }

    @Test
    void accessors_always_returnWhatWasAdded() {
        assertThat(SAMPLE.uint64("guid")).isEqualTo(-1);
        assertThat(SAMPLE.bigUint64("guid")).isEqualTo(new BigInteger("18446744073709551615"));
        assertThat(SAMPLE.string("name")).isEqualTo("tank");
        assertThat(SAMPLE.flag("log")).isTrue();
        assertThat(SAMPLE.flag("name")).isFalse();
        assertThat(SAMPLE.has("nothing")).isFalse();
        assertThat(SAMPLE.find("name")).map(NvPair::type).hasValue(NvType.STRING);
        assertThat(SAMPLE.nvlist("inner").int32("x")).isEqualTo(-7);
    }

    @Test
    void accessors_anythingElse_tellWhatIsThereInstead() {
        assertThatThrownBy(() -> SAMPLE.uint64("name"))
                .isInstanceOf(NvLookupException.class)
                .hasMessage("'name' is of type STRING, not UINT64");
        assertThatThrownBy(() -> SAMPLE.uint64("guide"))
                .isInstanceOf(NvLookupException.class)
                .hasMessage("there is no 'guide' in the list; it holds guid, name, log, inner");
        NvList twice = NvList.builder(Uniqueness.NONE)
                .addInt8("x", (byte) 1)
                .addInt8("x", (byte) 2)
                .build();
        assertThatThrownBy(() -> twice.int8("x")).hasMessageContaining("more than one INT8 named 'x'");
    }

    @Test
    void arrays_changedOutside_doNotChangeTheList() {
        long[] values = {1, 2};
        NvList list = NvList.builder().addUint64Array("it", values).build();
        values[0] = 9;
        list.uint64Array("it")[1] = 9;
        ((long[]) list.pairs().get(0).value())[1] = 9;

        assertThat(list.uint64Array("it")).containsExactly(1, 2);
    }

    @Test
    void equals_always_goesByValue() {
        for (NvList list : NvListCases.all().values()) {
            NvList copy = list.toBuilder().build();
            assertThat(copy).isEqualTo(list).hasSameHashCodeAs(list);
        }
        assertThat(SAMPLE).isNotEqualTo(SAMPLE.toBuilder().remove("log").build());
        assertThat(NvList.builder(Uniqueness.NONE).build()).isNotEqualTo(NvList.empty());
    }

    @Test
    void toString_always_printsValuesButNoKeys() {
        NvList list = SAMPLE.toBuilder()
                .addUint8Array("wkeydata", (byte) 77, (byte) 78)
                .addStringArray("names", List.of("a", "b"))
                .addNvListArray(
                        "children",
                        List.of(NvList.builder().addBooleanValue("on", true).build(), NvList.empty()))
                .build();

        assertThat(list).hasToString("""
                        guid: 18446744073709551615
                        name: 'tank'
                        log
                        inner:
                            x: -7
                        wkeydata: 2 bytes
                        names: ['a', 'b']
                        children[0]:
                            on: true
                        children[1]: (empty)""");
        assertThat(NvList.empty()).hasToString("(empty)");
        assertThat(list.pairs().get(1)).hasToString("name: 'tank'");
    }

    @Test
    void decode_labelOfAPool_isWhatZdbPrints() throws IOException {
        byte[] label;
        try (InputStream in = new GZIPInputStream(resource("label.xdr.gz"))) {
            label = in.readAllBytes();
        }
        String printed = new String(resource("label.txt").readAllBytes(), StandardCharsets.UTF_8);

        NvList list = NvList.decode(label);

        assertThat(list.toString().indent(4)).isEqualTo(printed);
        byte[] packed = list.encode(NvEncoding.XDR);
        assertThat(label).startsWith(packed);
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(NvListTest.class.getResourceAsStream(name), name);
    }

    @Test
    void decode_bufferWithMoreInIt_movesBehindTheList() {
        for (NvEncoding encoding : NvEncoding.values()) {
            byte[] packed = SAMPLE.encode(encoding);
            ByteBuffer buffer = ByteBuffer.allocateDirect(packed.length + 10);
            buffer.putShort((short) 1).put(packed).put("rest".getBytes(StandardCharsets.US_ASCII));
            buffer.flip().position(2);

            assertThat(NvList.decode(buffer)).isEqualTo(SAMPLE);
            assertThat(buffer.position()).isEqualTo(2 + packed.length);
        }
    }

    @Test
    void cName_always_isThatOfTheHeader() {
        assertThat(NvType.UINT64.cName()).isEqualTo("DATA_TYPE_UINT64");
        assertThat(NvType.UINT64.code()).isEqualTo(8);
        assertThat(NvType.DOUBLE.code()).isEqualTo(27);
        assertThat(NvType.NVLIST_ARRAY.isArray()).isTrue();
        assertThat(NvType.NVLIST.isArray()).isFalse();
    }
}
