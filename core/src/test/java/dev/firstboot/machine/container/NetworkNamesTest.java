package dev.firstboot.machine.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.machine.MachineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkNamesTest {
    @TempDir
    Path directory;

    @Test
    void join_oneAfterTheOther_allKnowAll() throws IOException {
        NetworkNames names = new NetworkNames();
        Path one = Files.writeString(directory.resolve("one"), "127.0.0.1 localhost");
        Path two = Files.writeString(directory.resolve("two"), "");
        names.join(one, "one", "198.18.0.2");
        Object inode = Files.getAttribute(one, "unix:ino");
        names.join(two, "two", "198.18.0.3");
        names.join(two, "two", "198.18.0.3");

        assertThat(one).content().startsWith("127.0.0.1 localhost\n").containsOnlyOnce("198.18.0.3 two\n");
        assertThat(one).content().containsOnlyOnce("198.18.0.2 one\n");
        assertThat(two).content().containsOnlyOnce("198.18.0.2 one\n").containsOnlyOnce("198.18.0.3 two\n");
        assertThat(Files.getAttribute(one, "unix:ino")).as("written in place").isEqualTo(inode);

        names.leave(two);
        assertThat(one).content().contains("198.18.0.2 one\n").doesNotContain("198.18.0.3");
    }

    @Test
    void join_machineWroteToTheFile_itsLinesStay() throws IOException {
        NetworkNames names = new NetworkNames();
        Path one = Files.writeString(directory.resolve("one"), "127.0.0.1 localhost\n");
        names.join(one, "one", "198.18.0.2");
        Files.writeString(one, Files.readString(one) + "192.0.2.1 own\n");
        Path two = Files.writeString(directory.resolve("two"), "");
        names.join(two, "two", "198.18.0.3");
        assertThat(one).content().contains("127.0.0.1 localhost\n", "192.0.2.1 own\n", "198.18.0.3 two\n");
    }

    /** Root of a machine may do to its file what it likes; the others' names come to those who can be told. */
    @Test
    void join_anothersFileCannotBeWritten_isNoHindrance() throws IOException {
        NetworkNames names = new NetworkNames();
        Path one = Files.writeString(directory.resolve("one"), "");
        names.join(one, "one", "198.18.0.2");
        Files.write(one, new byte[2 << 20]);
        Path gone = Files.writeString(directory.resolve("gone"), "");
        names.join(gone, "gone", "198.18.0.4");
        Files.delete(gone);
        Path two = Files.writeString(directory.resolve("two"), "");
        names.join(two, "two", "198.18.0.3");
        assertThat(two).content().contains("198.18.0.2 one\n", "198.18.0.3 two\n");
    }

    @Test
    void join_anotherMachineHasThatName_isRefused() throws IOException {
        NetworkNames names = new NetworkNames();
        Path one = Files.writeString(directory.resolve("one"), "");
        Path two = Files.writeString(directory.resolve("two"), "");
        names.join(one, "chat", "198.18.0.2");

        assertThatThrownBy(() -> names.join(two, "chat", "198.18.0.3"))
                .isInstanceOf(MachineException.class)
                .hasMessageContainingAll("machine chat", "another machine on its network has that name", "name(...)");
        assertThat(one).content().doesNotContain("198.18.0.3");

        names.leave(two);
        names.leave(one);
        names.join(two, "chat", "198.18.0.3");
        assertThat(two).content().contains("198.18.0.3 chat\n");
    }
}
