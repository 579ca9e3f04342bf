package dev.firstboot.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TransferOptionsTest {
    @Test
    void fields_ofOptionsAndEndpoints_areFinal() {
        for (Class<?> type :
                new Class<?>[] {SendOptions.class, ReceiveOptions.class, StreamTarget.class, StreamSource.class}) {
            assertThat(Stream.of(type.getDeclaredFields()).map(Field::getModifiers))
                    .as(type.getName())
                    .isNotEmpty()
                    .allMatch(Modifier::isFinal);
        }
    }

    @Test
    void send_changed_leavesTheFirstAlone() {
        SendOptions first = SendOptions.full().raw();
        SendOptions second = first.compressed().redacted("hidden").atMost(10);
        assertThat(first).hasToString("send(raw)");
        assertThat(second).hasToString("send(compressed, raw, redacted hidden, atMost 10 bytes/s)");
        assertThat(SendOptions.full()).hasToString("send()");
    }

    @Test
    void receive_changed_leavesTheFirstAlone() {
        ReceiveOptions first = ReceiveOptions.plain().force().property("atime", "off");
        ReceiveOptions second = first.property("exec", "off")
                .receivedProperty("atime", "on")
                .resumable()
                .heal()
                .atMost(10);
        assertThat(first).hasToString("receive(force, set {atime=off})");
        assertThat(second)
                .hasToString("receive(force, resumable, heal, received {atime=on}, set {atime=off, exec=off},"
                        + " atMost 10 bytes/s)");
        assertThat(ReceiveOptions.plain()).hasToString("receive()");
    }

    @Test
    void receive_propertySetTwice_keepsTheSecond() {
        assertThat(ReceiveOptions.plain().property("atime", "off").property("atime", "on"))
                .hasToString("receive(set {atime=on})");
    }

    /** No secret is in a value that may be kept, shared or logged. */
    @Test
    void encrypted_always_asksForTheKeyLateAndShowsNone() {
        byte[] key = {1, 2, 3};
        ReceiveOptions options = ReceiveOptions.plain().encrypted(() -> key);
        assertThat(options).hasToString("receive(encrypted)");
        key[0] = 9;
        assertThat(options.key()).containsExactly(9, 2, 3);
        assertThat(ReceiveOptions.plain().key()).isNull();
    }

    @Test
    void atMost_notPositive_isRefused() {
        for (long rate : new long[] {0, -1}) {
            assertThatThrownBy(() -> SendOptions.full().atMost(rate)).hasMessageContaining("more than 0");
            assertThatThrownBy(() -> ReceiveOptions.plain().atMost(rate)).hasMessageContaining("more than 0");
        }
    }

    @Test
    void endpoints_always_tellWhatTheyAre() {
        assertThat(StreamTarget.file(Path.of("/srv/a"))).hasToString("file /srv/a");
        assertThat(StreamSource.file(Path.of("/srv/a"))).hasToString("file /srv/a");
        assertThat(StreamTarget.descriptor(Descriptor.of(3))).hasToString("descriptor 3");
        assertThat(StreamSource.descriptor(Descriptor.of(3))).hasToString("descriptor 3");
    }

    @Test
    @SuppressWarnings("NullAway")
    void endpoints_null_isToldByName() {
        assertThatThrownBy(() -> StreamTarget.file(null)).hasMessage("file");
        assertThatThrownBy(() -> StreamTarget.channel(null)).hasMessage("channel");
        assertThatThrownBy(() -> StreamTarget.descriptor(null)).hasMessage("descriptor");
        assertThatThrownBy(() -> StreamSource.file(null)).hasMessage("file");
        assertThatThrownBy(() -> StreamSource.channel(null)).hasMessage("channel");
        assertThatThrownBy(() -> StreamSource.descriptor(null)).hasMessage("descriptor");
    }
}
