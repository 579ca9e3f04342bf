package dev.firstboot.zfs.nvlist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is packed here is what libnvpair packs, and what libnvpair packs is understood here. */
class NvListOracleTest {
    static Stream<Arguments> cases() {
        return NvListCases.all().entrySet().stream()
                .flatMap(entry -> Stream.of(NvEncoding.values())
                        .map(encoding -> Arguments.of(entry.getKey(), encoding, entry.getValue())));
    }

    @ParameterizedTest(name = "{0} as {1}")
    @MethodSource("cases")
    void encode_anyList_isWhatLibnvpairPacks(String name, NvEncoding encoding, NvList list) {
        byte[] packed = list.encode(encoding);

        for (NvEncoding other : NvEncoding.values()) {
            assertThat(LibNvpair.repack(packed, other))
                    .as("packed by libnvpair as %s", other)
                    .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(list.encode(other)));
        }
    }

    @ParameterizedTest(name = "{0} as {1}")
    @MethodSource("cases")
    void decode_packedList_isTheList(String name, NvEncoding encoding, NvList list) {
        assertThat(NvList.decode(list.encode(encoding))).isEqualTo(list);
    }
}
