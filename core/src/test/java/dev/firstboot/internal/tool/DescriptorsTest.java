package dev.firstboot.internal.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DescriptorsTest {
    private static final String LIMITS = """
            Limit                     Soft Limit           Hard Limit           Units
            Max processes             62858                62858                processes
            Max open files            64                   1048576              files
            """;

    @Test
    void shortage_fewAreLeft_namesBothNumbersAndTheWayOut() {
        assertThat(Descriptors.shortage(50, LIMITS))
                .isEqualTo("; this process has 50 files open and may have 64: raise that limit (ulimit -n)");
    }

    @Test
    void shortage_enoughAreLeftOrNobodyKnows_isNotSpokenOf() {
        assertThat(Descriptors.shortage(30, LIMITS)).isEmpty();
        assertThat(Descriptors.shortage(50, LIMITS.replace("64 ", "unlimited"))).isEmpty();
        assertThat(Descriptors.shortage()).isEmpty();
    }
}
