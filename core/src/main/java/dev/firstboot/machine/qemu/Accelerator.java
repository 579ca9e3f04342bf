package dev.firstboot.machine.qemu;

import dev.firstboot.machine.MachineException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How virtual machines run on this host, and why. Determined once per JVM, on first use, by running guest instructions under a time limit: even a
 * {@code /dev/kvm} that opens may be unable to run a guest.
 *
 * @param kind the kind
 * @param reason why, for display
 */
public record Accelerator(Kind kind, String reason) {
    private static final Object DECISION = new Object();
    private static volatile @Nullable Accelerator decided;

    public Accelerator {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(reason, "reason");
    }

    /** What runs the guest's instructions. */
    public enum Kind {
        /** The processor itself. */
        KVM("kvm", "host"),
        /**
         * QEMU's translator: works everywhere, about ten times slower. With a plain processor, because guests choose slow code paths on one with many
         * features.
         */
        TCG("tcg,thread=multi", "qemu64");

        private final String option;
        private final String processor;

        Kind(String option, String processor) {
            this.option = option;
            this.processor = processor;
        }

        /** Returns the value of QEMU's option {@code -accel}. */
        public String option() {
            return option;
        }

        /** Returns the value of QEMU's option {@code -cpu}. */
        public String processor() {
            return processor;
        }
    }

    /**
     * Returns the accelerator of this host. The first call takes up to a few seconds.
     *
     * @throws MachineException if not even TCG runs, or the thread is interrupted; the next call tries again
     */
    public static Accelerator ofThisHost() {
        Accelerator known = decided;
        if (known == null) {
            synchronized (DECISION) {
                known = decided;
                if (known == null) {
                    known = AcceleratorProbe.decide();
                    decided = known;
                }
            }
        }
        return known;
    }

    @Override
    public String toString() {
        return kind + " (" + reason + ")";
    }
}
