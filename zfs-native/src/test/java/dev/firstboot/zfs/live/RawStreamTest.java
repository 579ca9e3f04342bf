package dev.firstboot.zfs.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.zfs.Dataset;
import dev.firstboot.zfs.ReceiveOptions;
import dev.firstboot.zfs.SendOptions;
import dev.firstboot.zfs.StreamTarget;
import dev.firstboot.zfs.property.PropertyEdit;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Streams out of and into encrypted filesystems. */
class RawStreamTest extends StreamsTest {
    private static final byte[] KEY = new byte[32];

    static {
        Arrays.fill(KEY, (byte) 7);
    }

    private static void encrypted(PropertyEdit properties) {
        properties.set("encryption", "aes-256-gcm").set("keyformat", "raw").set("keylocation", "prompt");
    }

    /** Who keeps the copy never sees the key; whoever has it can read the copy. */
    @Test
    void rawStream_receivedWithoutTheKey_opensWithIt() {
        Dataset secret = zfs().createEncryptedFilesystem(pool("fs1/secret"), KEY, RawStreamTest::encrypted);
        Mounted.write(secret.name(), "one", SIZE);
        Path stream = newFile();
        secret.snapshot("first").send(SendOptions.full().raw(), StreamTarget.file(stream));
        Mounted.write(secret.name(), "two", SIZE);
        Path next = newFile();
        secret.snapshot("second")
                .send(
                        SendOptions.since(zfs().snapshot(pool("fs1/secret@first")))
                                .raw(),
                        StreamTarget.file(next));
        receive(stream, pool("copy@first"));
        receive(next, pool("copy@second"));
        Dataset copy = zfs().dataset(pool("copy"));
        assertThat(copy.properties().get("keystatus")).isEqualTo("unavailable");
        copy.loadKey(KEY);
        assertThat(Mounted.isSame(secret.name(), copy.name(), "one")).isTrue();
        assertThat(Mounted.isSame(secret.name(), copy.name(), "two")).isTrue();
        copy.unloadKey();
    }

    @Test
    void receive_withAKey_encryptsHere() {
        Path stream = full();
        receive(
                stream,
                pool("copy@snap1"),
                ReceiveOptions.plain()
                        .encrypted(() -> KEY)
                        .property("encryption", "aes-256-gcm")
                        .property("keyformat", "raw")
                        .property("keylocation", "prompt"));
        Dataset copy = zfs().dataset(pool("copy"));
        assertThat(copy.properties().get("encryption")).isEqualTo("aes-256-gcm");
        assertThat(Mounted.isSame(pool("fs1"), copy.name(), "one")).isTrue();
        copy.unloadKey();
        assertThat(copy.properties().get("keystatus")).isEqualTo("unavailable");
    }
}
