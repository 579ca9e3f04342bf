package dev.firstboot.bake.tree;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergedTreeTest {
    @TempDir
    private Path directory;

    private final Overlay overlay = new Overlay();
    private final Removals removals = new Removals();
    private Path merged;

    @BeforeEach
    void name() {
        merged = directory.resolve("merged.tar");
    }

    @Test
    void writeTo_nothingLaidOver_keepsEveryEntryByteForByte() throws IOException {
        Path base = TestTar.debian()
                .text("/usr/" + "long/".repeat(60) + "file", "deep")
                .file("/usr/bin/capable", new byte[70_000], Map.of("SCHILY.xattr.user.note", "é"))
                .hardLink("/usr/bin/same", "/usr/bin/capable")
                .device("/usr/lib/null")
                .to(directory.resolve("base.tar"));

        merge(base);

        byte[] before = Files.readAllBytes(base);
        byte[] after = Files.readAllBytes(merged);
        assertThat(after).startsWith(Arrays.copyOf(before, endOfEntries(base)));
    }

    @Test
    void writeTo_binaryXattr_passesUnchanged() throws IOException {
        // security.capability of cap_net_bind_service=ep: bytes that are no UTF-8.
        byte[] value = HexFormat.of().parseHex("010000020004000000000000000000000000ff80");
        Path base = directory.resolve("base.tar");
        Files.write(base, withXattr(value));

        merge(base);

        assertThat(HexFormat.of().formatHex(Files.readAllBytes(merged)))
                .contains(HexFormat.of().formatHex(value));
    }

    @Test
    void writeTo_overlayAndRemovals_replaceAndTakeOut() {
        Path base = TestTar.debian()
                .text("/etc/keep", "old")
                .text("/etc/replaced", "old")
                .directory("/etc/gone")
                .text("/etc/gone/file", "old")
                .directory("/etc/wasdir")
                .text("/etc/wasdir/file", "old")
                .to(directory.resolve("base.tar"));
        overlay.text("/etc/replaced", 0600, "new");
        overlay.link("/etc/wasdir", "/usr");
        overlay.directory("/usr/lib", 0700, 1, 2);
        removals.add("/etc/gone");

        merge(base);

        assertThat(list(merged))
                .contains("/etc/keep FILE 644 old", "/etc/replaced FILE 600 new", "/etc/wasdir SYMLINK 777 ")
                .contains("/usr/lib DIRECTORY 700 ", "/usr/lib/systemd DIRECTORY 755 ")
                .doesNotContain("/etc/replaced FILE 644 old", "/usr/lib DIRECTORY 755 ")
                .noneMatch(line -> line.startsWith("/etc/gone") || line.startsWith("/etc/wasdir/"));
    }

    @Test
    void writeTo_replacedFileWithAnotherName_otherNameKeepsOldContent() {
        Path base = TestTar.debian()
                .text("/usr/bin/a", "old")
                .hardLink("/usr/bin/b", "/usr/bin/a")
                .to(directory.resolve("base.tar"));
        overlay.text("/usr/bin/a", 0755, "new");

        merge(base);

        assertThat(list(merged))
                .containsSubsequence("/usr/bin/a FILE 644 old", "/usr/bin/b HARD_LINK 644 ", "/usr/bin/a FILE 755 new");
    }

    @Test
    void new_removedFileWithAnotherName_namesBoth() {
        Path base = TestTar.debian()
                .text("/usr/bin/a", "old")
                .hardLink("/usr/bin/b", "/usr/bin/a")
                .to(directory.resolve("base.tar"));
        removals.add("/usr/bin/a");

        assertThatThrownBy(() -> merge(base))
                .isInstanceOf(TreeException.class)
                .hasMessageContaining("/usr/bin/a")
                .hasMessageContaining("/usr/bin/b");
    }

    @Test
    void writeTo_cutOffArchive_saysWhichAndWhere() throws IOException {
        Path base = TestTar.debian().text("/etc/big", "x".repeat(5000)).to(directory.resolve("base.tar"));
        byte[] bytes = Files.readAllBytes(base);
        Files.write(base, Arrays.copyOf(bytes, endOfEntries(base) - 3000));

        assertThatThrownBy(() -> merge(base))
                .isInstanceOf(TreeException.class)
                .hasMessageContaining("base.tar is not a whole tar archive");
    }

    @Test
    void writeTo_noArchive_saysSo() throws IOException {
        Path base = Files.writeString(directory.resolve("base.tar"), "no tar\n".repeat(200));

        assertThatThrownBy(() -> merge(base)).hasMessageContaining("there is no tar header at byte 0");
    }

    @Test
    void overlay_otherOrder_sameBytes() throws IOException {
        Overlay other = new Overlay();
        overlay.text("/a", 0644, "1");
        overlay.link("/b", "a");
        overlay.directory("/" + "ü".repeat(80), 0755, 300, 300);
        other.directory("/" + "ü".repeat(80), 0755, 300, 300);
        other.link("/b", "a");
        other.text("/a", 0644, "1");
        overlay.write(directory.resolve("one.tar"));
        other.write(directory.resolve("two.tar"));

        assertThat(directory.resolve("one.tar")).hasSameBinaryContentAs(directory.resolve("two.tar"));
        assertThat(list(directory.resolve("one.tar"))).contains("/" + "ü".repeat(80) + " DIRECTORY 755 ");
    }

    @Test
    void removals_nested_onlyTheTop() {
        removals.addAll(List.of("/a/b/c", "/a/b", "/a/bc"));

        assertThat(removals.paths()).containsExactly("/a/b", "/a/bc");
        assertThat(removals.covers("/a/b/x/y")).isTrue();
        assertThat(removals.covers("/a")).isFalse();
        removals.write(directory.resolve("removals"));
        assertThat(Removals.read(directory.resolve("removals")).paths()).isEqualTo(removals.paths());
    }

    @Test
    void tree_linkedDirectories_resolvesParents() {
        Path base = TestTar.debian().directory("/run").link("/var/run", "/run").to(directory.resolve("base.tar"));
        Tree tree = Tree.read(base, path -> path.equals("/etc/group"));

        assertThat(tree.resolve("/bin/x")).isEqualTo("/usr/bin/x");
        assertThat(tree.resolve("/var/run/a/b")).isEqualTo("/run/a/b");
        assertThat(tree.resolve("/bin")).isEqualTo("/bin");
        assertThat(tree.text("/etc/group"))
                .hasValueSatisfying(text -> assertThat(text).contains("www-data"));
        assertThat(tree.text("/etc/passwd")).isEmpty();
    }

    private void merge(Path base) {
        Path laid = directory.resolve("overlay.tar");
        overlay.write(laid);
        new MergedTree(base, laid, removals).writeTo(merged, done -> {});
    }

    private static List<String> list(Path tar) {
        List<String> lines = new ArrayList<>();
        try (TarReader reader = TarReader.open(tar)) {
            for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
                lines.add(entry.path() + " " + entry.kind() + " " + Integer.toOctalString(entry.mode()) + " "
                        + (entry.isFile() ? new String(reader.bytes(), UTF_8) : ""));
            }
        }
        return lines;
    }

    private static int endOfEntries(Path tar) {
        try (TarReader reader = TarReader.open(tar)) {
            TarEntry entry = reader.next();
            while (entry != null) {
                entry = reader.next();
            }
            return (int) reader.position() - 512;
        }
    }

    /** An archive whose one entry has an extended header with a binary value, as GNU tar writes it. */
    private byte[] withXattr(byte[] value) throws IOException {
        String key = "SCHILY.xattr.security.capability=";
        int length = key.length() + value.length + 4;
        byte[] bytes = Files.readAllBytes(TestTar.debian()
                .file(
                        "/usr/bin/x",
                        new byte[] {1},
                        Map.of("SCHILY.xattr.security.capability", "#".repeat(value.length)))
                .to(directory.resolve("plain.tar")));
        String all = new String(bytes, ISO_8859_1);
        int at = all.indexOf(length + " " + key + "#") + key.length() + 3;
        System.arraycopy(value, 0, bytes, at, value.length);
        return bytes;
    }
}
