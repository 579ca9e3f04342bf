package dev.firstboot.machine.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class IdBlockTest {
    @Test
    void overlaps_ofOtherUsers_isKnown() {
        IdBlock block = new IdBlock(655_360_000);
        assertThat(block.overlaps(
                        List.of("# a remark", "alice:100000:65536", "bob:655294464:65536", "eve:655425536:1")))
                .isFalse();
        assertThat(block.overlaps(List.of("bob:655294464:65537"))).isTrue();
        assertThat(block.overlaps(List.of("bob:655425535:1"))).isTrue();
        assertThat(block.isWithin(List.of("         0          0 4294967295"))).isTrue();
        assertThat(block.isWithin(List.of("0 1000 1", "1 655360000 65535"))).isFalse();
    }
}
