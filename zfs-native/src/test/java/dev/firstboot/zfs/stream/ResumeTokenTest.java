package dev.firstboot.zfs.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.zfs.nvlist.NvEncoding;
import dev.firstboot.zfs.nvlist.NvList;
import dev.firstboot.zfs.nvlist.NvListBuilder;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeTokenTest {
    private static NvListBuilder contents() {
        return NvList.builder()
                .addUint64("object", 3)
                .addUint64("offset", -4096)
                .addUint64("bytes", 135568)
                .addUint64("toguid", -1)
                .addString("toname", "tank/a@1");
    }

    private static String token(String stream) throws IOException {
        return RealStreams.cuts().stream()
                .filter(cut -> cut.stream().equals(stream))
                .findFirst()
                .orElseThrow()
                .token();
    }

    @Test
    void parse_tokenOfRawStream_isRead() throws IOException {
        ResumeToken token = ResumeToken.parse(token("raw"));

        assertThat(token.toName()).isEqualTo("tank/secret@1");
        assertThat(token.from()).isEmpty();
        assertThat(token.rawOk()).isTrue();
        assertThat(token.compressOk()).isTrue();
        assertThat(token.embedOk()).isFalse();
        assertThat(token.largeBlockOk()).isFalse();
        assertThat(token.redactedFor()).isEmpty();
    }

    @Test
    void parse_tokenOfOtherStreams_isRead() throws IOException {
        assertThat(ResumeToken.parse(token("large")))
                .returns(true, ResumeToken::largeBlockOk)
                .returns(true, ResumeToken::embedOk)
                .returns(true, ResumeToken::compressOk);
        assertThat(ResumeToken.parse(token("incremental")).from()).isPresent();
        assertThat(ResumeToken.parse(token("redacted")).redactedFor())
                .hasValueSatisfying(guids -> assertThat(guids).hasSize(1));
        assertThat(ResumeToken.parse(token("redacted")).fromRedactedFor()).isEmpty();
    }

    @Test
    void toString_always_printsNumbersUnsigned() {
        assertThat(ResumeToken.of(contents().build()))
                .hasToString("tank/a@1 (guid 18446744073709551615) from object 3, offset 18446744073709547520 on;"
                        + " 135568 bytes are there");
    }

    @Test
    void encode_contentsNobodyKnows_areKept() {
        NvList contents =
                contents().addFlag("savedok").addString("tomorrow", "x").build();

        assertThat(ResumeToken.parse(ResumeToken.of(contents).encode()).contents())
                .isEqualTo(contents);
    }

    @Test
    void of_missingOrWrongPairs_isRefusedWithTheirNames() {
        assertThatThrownBy(() -> ResumeToken.of(contents().remove("toname").build()))
                .isInstanceOf(MalformedTokenException.class)
                .hasMessageContaining("toname");
        assertThatThrownBy(() ->
                        ResumeToken.of(contents().addString("fromguid", "7").build()))
                .isInstanceOf(MalformedTokenException.class)
                .hasMessageContaining("'fromguid'")
                .hasMessageContaining("STRING");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "1",
                "1-2-3",
                "1-2-3-xy",
                "2-0-0-",
                "1-0-0-",
                "1-0-0-0",
                "99999999999-0-0-00",
                "1-0-fffffff-00",
                "1--1-0-00",
                "1-0-10-789c",
                "1-0-0-0\n"
            })
    void parse_somethingElse_isRefused(String text) {
        assertThatExceptionOfType(MalformedTokenException.class).isThrownBy(() -> ResumeToken.parse(text));
    }

    @Test
    void parse_hugeToken_isRefusedUnread() {
        assertThatThrownBy(() -> ResumeToken.parse("1-0-0-" + "00".repeat(40_000)))
                .isInstanceOf(MalformedTokenException.class)
                .hasMessageContaining("characters");
    }

    /** A little that inflates to a lot is cut off at what the token says, which may not be a lot. */
    @Test
    void parse_bomb_isRefused() {
        NvList bomb = contents().addByteArray("zeros", new byte[2 << 20]).build();

        assertThatExceptionOfType(MalformedTokenException.class)
                .isThrownBy(() -> ResumeToken.parse(TokenText.encode(bomb)))
                .withMessageContaining("more than 1048576");
    }

    @Test
    void parse_damagedToken_isRefusedWhateverTheDamage() throws IOException {
        String token = token("full");
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            StringBuilder damaged = new StringBuilder(token);
            int at = random.nextInt(token.length());
            switch (random.nextInt(3)) {
                case 0 -> damaged.setCharAt(at, (char) (' ' + random.nextInt(95)));
                case 1 -> damaged.deleteCharAt(at);
                default -> damaged.setLength(at);
            }
            try {
                ResumeToken same = ResumeToken.parse(damaged.toString());
                assertThat(same).as("seed %s, round %s", seed, i).isEqualTo(ResumeToken.parse(token));
            } catch (MalformedTokenException expected) {
                assertThat(expected).hasMessageStartingWith("not a resume token: ");
            }
        }
    }

    /** With the right checksum around it, what is inside may be anything. */
    @Test
    void parse_fuzzedContents_isReadOrRefused() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] packed = contents().build().encode(NvEncoding.NATIVE);
        for (int i = 0; i < 2000; i++) {
            byte[] fuzzed = packed.clone();
            fuzzed[random.nextInt(fuzzed.length)] = (byte) random.nextInt();
            try {
                assertThat(ResumeToken.parse(TokenText.encode(fuzzed)).toName()).isNotNull();
            } catch (MalformedTokenException expected) {
                assertThat(expected).as("seed %s, round %s", seed, i).hasMessageStartingWith("not a resume token: ");
            }
        }
    }
}
