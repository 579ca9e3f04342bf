package dev.firstboot.machine.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class AcceleratorIT {

    @Test
    void failure_tcg_none() {
        assertThat(AcceleratorProbe.failure(Accelerator.Kind.TCG, Duration.ofSeconds(30)))
                .isEmpty();
    }

    @Test
    void failure_noTime_saysSo() {
        assertThat(AcceleratorProbe.failure(Accelerator.Kind.TCG, Duration.ofMillis(1)))
                .hasValueSatisfying(reason -> assertThat(reason).contains("did not run within"));
    }

    @Test
    void ofThisHost_always_isDecidedOnceWithAReason() {
        Accelerator first = Accelerator.ofThisHost();
        assertThat(Accelerator.ofThisHost()).isSameAs(first);
        assertThat(first.reason()).isNotBlank();
    }

    /** The decision is the probe's: where the device opens but runs nothing, it is TCG. */
    @Test
    void ofThisHost_always_agreesWithTheProbe() {
        boolean runs = AcceleratorProbe.failure(Accelerator.Kind.KVM, Duration.ofSeconds(4))
                .isEmpty();
        assertThat(Accelerator.ofThisHost().kind()).isEqualTo(runs ? Accelerator.Kind.KVM : Accelerator.Kind.TCG);
    }
}
