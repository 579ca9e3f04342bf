package dev.firstboot.bake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code kill -9} of the JVM leaves of a bake, and what the next one does to it. {@code ./dev soak bake} does more of it. */
class BakeKilledIT {
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void kill_inEveryStep_destroysNothingAndTheNextBakeWorks(boolean root) throws IOException {
        long seed = System.nanoTime();

        List<String> rounds = KillField.kill(root, seed, 0, round -> {});

        assertThat(rounds).as("seed %d", seed).allMatch(round -> round.startsWith("ok "));
        assertThat(rounds).hasSize(DoomedBake.STEPS.size() + 1);
    }
}
