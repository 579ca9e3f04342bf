package dev.firstboot.machine.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.image.ByteSize;
import dev.firstboot.machine.Credential;
import dev.firstboot.machine.MachineException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiskBootTest {
    private static final Path DISK = Path.of("/images/chat.qcow2");

    @Test
    void build_nothingSet_hasSaneDefaults() {
        DiskBoot spec = DiskBoot.builder(DISK).build();
        assertThat(spec.memory()).isEqualTo(ByteSize.gibibytes(2));
        assertThat(spec.cpus()).isEqualTo(2);
        assertThat(spec.persistent()).isFalse();
        assertThat(spec.outsideNetwork()).isFalse();
        assertThat(spec.ports()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Chat", "a b", "-a", "a-", "a.b", "a,b", "../x"})
    void name_thatIsNoLabel_isRefused(String name) {
        assertThatThrownBy(() -> DiskBoot.builder(DISK).name(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "'");
    }

    @Test
    void setters_badValues_areNamed() {
        assertThatThrownBy(() -> DiskBoot.builder(DISK).memory(ByteSize.mebibytes(1)))
                .hasMessageContaining("1 MiB");
        assertThatThrownBy(() -> DiskBoot.builder(DISK).cpus(0)).hasMessageContaining("0");
        assertThatThrownBy(() -> DiskBoot.builder(DISK).addPort(70000)).hasMessageContaining("70000");
        assertThatThrownBy(() -> DiskBoot.builder(DISK).addPort(22, -1)).hasMessageContaining("-1");
    }

    @Test
    void setters_calledTwice_areAnError() {
        assertThatThrownBy(() -> DiskBoot.builder(DISK).cpus(1).cpus(2)).hasMessageContaining("cpus is set twice");
        assertThatThrownBy(() ->
                        DiskBoot.builder(DISK).addPort(22).addPort(22, 2222).addPort(22, 2223))
                .hasMessageContaining("port 22 is set twice");
        assertThatThrownBy(() -> DiskBoot.builder(DISK)
                        .addCredential(Credential.of("a", "secret"))
                        .addCredential(Credential.of("a", "other")))
                .hasMessageContaining("credential a is set twice")
                .hasMessageNotContaining("secret");
    }

    @Test
    void build_persistentWithOneFileAsTwoDisks_isRefused() {
        assertThatThrownBy(
                        () -> DiskBoot.builder(DISK).addDisk(DISK).persistent().build())
                .hasMessageContaining("one file as two disks");
        assertThat(DiskBoot.builder(DISK).addDisk(DISK).build().furtherDisks()).containsExactly(DISK);
    }

    /** Root of a machine can write such a header onto its raw disk, and QEMU would open whatever file it names at the next start. */
    @Test
    void disk_namesAnotherFile_isRefused(@TempDir Path directory) throws Exception {
        byte[] backed = new byte[1 << 16];
        ByteBuffer.wrap(backed).putInt(0x514649fb).putInt(2).putLong(512);
        byte[] data = new byte[1 << 16];
        ByteBuffer.wrap(data).putInt(0x514649fb).putInt(3).putLong(72, 1 << 2);
        for (byte[] header : List.of(backed, data)) {
            Path disk = Files.write(directory.resolve("disk"), header);
            assertThatThrownBy(() -> DiskFile.of("chat", disk, directory))
                    .isInstanceOf(MachineException.class)
                    .hasMessageContainingAll("names another file", "qemu-img convert");
        }
    }

    @Test
    void build_persistentWithASize_isRefused() {
        assertThatThrownBy(() -> DiskBoot.builder(DISK)
                        .persistent()
                        .diskSize(ByteSize.gibibytes(9))
                        .build())
                .hasMessageContaining("diskSize is for the overlay");
    }

    @Test
    void toBuilder_always_holdsEverything() {
        DiskBoot spec = DiskBoot.builder(DISK)
                .name("chat")
                .memory(ByteSize.gibibytes(1))
                .cpus(1)
                .outsideNetwork(true)
                .withoutGuestAgent()
                .diskSize(ByteSize.gibibytes(20))
                .directory(Path.of("/x"))
                .addPort(22)
                .addCredential(Credential.of("a", "b"))
                .build();
        assertThat(spec.toBuilder().build()).usingRecursiveComparison().isEqualTo(spec);
    }

    @Test
    void bootSector_always_hasItsTableBehindItsProgram() {
        assertThat(BootSector.bytes()).hasSize(512).endsWith(0x55, 0xaa);
        assertThat(BootSector.programLength()).isEqualTo(0x79);
    }

    @Test
    void start_diskSizeBelowTheImages_isRefusedWithBothFigures(@TempDir Path directory) throws Exception {
        ByteBuffer header =
                ByteBuffer.allocate(512).putInt(0x514649fb).putInt(3).putLong(24, 16L << 30);
        Path qcow2 = Files.write(directory.resolve("chat.qcow2"), header.array());
        Path raw = Files.write(directory.resolve("chat.raw"), new byte[2 << 20]);

        assertThatThrownBy(() ->
                        DiskBoot.builder(qcow2).diskSize(ByteSize.gibibytes(8)).start())
                .isInstanceOf(MachineException.class)
                .hasMessageContainingAll("diskSize 8 GiB", "less than the 16 GiB", qcow2.toString());
        assertThatThrownBy(() ->
                        DiskBoot.builder(raw).diskSize(ByteSize.mebibytes(1)).start())
                .hasMessageContainingAll("diskSize 1 MiB", "less than the 2 MiB");
    }

    /** An overlay over another image is a damaged disk, of which nobody would have been told. */
    @Test
    void backing_replacedChangedOrGone_isRefusedByName(@TempDir Path directory) throws Exception {
        Path image = Files.writeString(directory.resolve("disk.raw"), "one");
        Backing backing = Backing.of("chat", image);
        backing.requireSame("chat");

        Files.setLastModifiedTime(image, FileTime.fromMillis(0));
        assertThatThrownBy(() -> backing.requireSame("chat")).hasMessageContaining(image + " was replaced or changed");

        Backing next = Backing.of("chat", image);
        Path other = Files.writeString(directory.resolve("other"), "two");
        Files.setLastModifiedTime(other, FileTime.fromMillis(0));
        Files.move(other, image, StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> next.requireSame("chat"))
                .isInstanceOf(MachineException.class)
                .hasMessageContainingAll(image + " was replaced", "close() it and boot the new one");

        Files.delete(image);
        assertThatThrownBy(() -> next.requireSame("chat")).hasMessageContaining(image + " is not there");
    }
}
