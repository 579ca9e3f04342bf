package dev.firstboot.machine.qemu;

import dev.firstboot.machine.MachineException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How virtual machines run on this host, and why. Decided once in the life of a JVM, when first asked, by running guest instructions
 * under a time limit: a {@code /dev/kvm} that opens may still never run a guest.
 *
 * @param kind the kind
 * @param reason why, for people
 */
public record Accelerator(Kind kind, String reason) {
    private static final Object DECISION = new Object();
    private static volatile @Nullable Accelerator decided;

    public Accelerator {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(reason, "reason");
    }

    /** Who runs the guest's instructions. */
    public enum Kind {
        /** The processor itself. */
        KVM("kvm", "host"),
        /** QEMU's translator: works everywhere, about ten times slower. A plain processor, as guests pick slow paths on a rich one. */
        TCG("tcg,thread=multi", "qemu64");

        private final String option;
        private final String processor;

        Kind(String option, String processor) {
            this.option = option;
            this.processor = processor;
        }

        /** The value of QEMU's option {@code -accel}. */
        public String option() {
            return option;
        }

        /** The value of QEMU's option {@code -cpu}. */
        public String processor() {
            return processor;
        }
    }

    /**
     * What this host has. The first call takes up to some seconds.
     *
     * @throws MachineException when not even TCG runs, or the thread is interrupted; the next call tries again
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
