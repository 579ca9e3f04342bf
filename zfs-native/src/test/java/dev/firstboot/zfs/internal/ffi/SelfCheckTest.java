package dev.firstboot.zfs.internal.ffi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.error.ZfsCallException;
import dev.firstboot.zfs.internal.ffi.SelfCheck.Answer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelfCheckTest {
    /** Trials that find this, one after another. */
    private static SelfCheck finding(Answer... answers) {
        Deque<Answer> left = new ArrayDeque<>(List.of(answers));
        return new SelfCheck(left::remove);
    }

    @Test
    void problem_nothingToLookAtYet_isLookedForAgain() {
        SelfCheck check = finding(Answer.FINE_SO_FAR, new Answer("told of in another place", true));
        assertThat(check.problem()).isEmpty();
        assertThat(check.problem()).isEqualTo("told of in another place");
    }

    @Test
    void problem_lastingAnswer_isKept() {
        SelfCheck check = finding(Answer.FINE, new Answer("another", true));
        assertThat(check.problem()).isEmpty();
        assertThat(check.problem()).isEmpty();
    }

    @Test
    void problem_trialFails_isTriedAgain() {
        Deque<Runnable> trials = new ArrayDeque<>(List.of(
                () -> {
                    throw ZfsCallException.of("mmap", "", new Errno(12), List.of());
                },
                () -> {}));
        SelfCheck check = new SelfCheck(() -> {
            trials.remove().run();
            return Answer.FINE;
        });
        assertThatThrownBy(check::problem).isInstanceOf(ZfsCallException.class);
        assertThat(check.problem()).isEmpty();
    }

    /** More than an address has bits for: the kernel has no such memory. */
    @Test
    void map_whereThereIsNoMemory_saysSo() {
        assertThatThrownBy(() -> GuardedMemory.map(1L << 60))
                .isInstanceOf(ZfsCallException.class)
                .hasMessageContainingAll("mmap", "ENOMEM");
    }

    @Test
    void map_memory_isZeroedAndCanBeUsedToItsLastByte() {
        try (GuardedMemory memory = GuardedMemory.map(ZfsCommand.SIZE)) {
            assertThat(memory.last(1).getByte(0)).isZero();
            memory.last(ZfsCommand.SIZE).putByte(ZfsCommand.SIZE - 1, (byte) 7);
            assertThat(memory.last(1).getByte(0)).isEqualTo((byte) 7);
        }
    }
}
