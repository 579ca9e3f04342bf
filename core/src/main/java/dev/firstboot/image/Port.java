package dev.firstboot.image;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.firstboot.internal.check.Limits;
import java.util.Locale;
import java.util.Objects;

/**
 * A port that a workload listens on. Every port is closed to the outside until the machine is ready; then the {@link Exposure#OPEN} ones are opened.
 *
 * @param number 1 to 65535
 * @param protocol TCP or UDP
 * @param exposure who may connect
 * @param purpose a word or two for display
 */
@CheckReturnValue
@SuppressWarnings("exports") // the annotation is for the compiler alone
public record Port(int number, Protocol protocol, Exposure exposure, String purpose) {
    public Port {
        Limits.port(number);
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(exposure, "exposure");
        Names.line("purpose of port " + number, purpose);
    }

    /** The transport. */
    public enum Protocol {
        TCP,
        UDP
    }

    /** Who may connect. */
    public enum Exposure {
        /** Anyone, once the machine is ready. */
        OPEN,
        /** Only the machine itself. */
        LOOPBACK
    }

    /** Returns a TCP port that anyone may use once the machine is ready. */
    public static Port tcp(int number, String purpose) {
        return new Port(number, Protocol.TCP, Exposure.OPEN, purpose);
    }

    /** Returns a UDP port that anyone may use once the machine is ready. */
    public static Port udp(int number, String purpose) {
        return new Port(number, Protocol.UDP, Exposure.OPEN, purpose);
    }

    /** Returns a copy that only the machine itself may use. */
    public Port loopback() {
        return new Port(number, protocol, Exposure.LOOPBACK, purpose);
    }

    @Override
    public String toString() {
        return number + "/" + protocol.name().toLowerCase(Locale.ROOT);
    }
}
