package dev.firstboot.zfs.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.zfs.Dataset;
import dev.firstboot.zfs.Verifier;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class VerifierTest extends PoolsTest {
    @Test
    void run_onAPool_comparesAndLeavesNothing() throws IOException {
        Verifier.Result result = Verifier.run(zfs(), pool("fs1"), Duration.ofSeconds(4));
        assertThat(result.rounds()).isPositive();
        assertThat(result.bytes()).isPositive();
        assertAbsent(pool("fs1/firstboot-verifier"));
    }

    @Test
    void run_whatItMakesIsThereAlready_isRefusedAndUntouched() {
        Dataset theirs = zfs().createFilesystem(pool("fs1/firstboot-verifier"));
        theirs.snapshot("precious");
        assertThatThrownBy(() -> Verifier.run(zfs(), pool("fs1"), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("exists already", "zfs destroy -r " + theirs.name());
        assertThat(zfs().exists(theirs.name() + "@precious")).isTrue();
    }
}
