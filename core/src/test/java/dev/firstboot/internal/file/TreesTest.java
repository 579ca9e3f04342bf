package dev.firstboot.internal.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreesTest {
    @TempDir
    Path directory;

    private Path canary;

    @BeforeEach
    void canary() throws IOException {
        canary = Files.writeString(
                Files.createDirectory(directory.resolve("precious")).resolve("canary"), "alive");
    }

    @Test
    void delete_treeWithLinks_leavesWhatTheyNameAlone() throws IOException {
        Path tree = Files.createDirectories(directory.resolve("tree/a/b"));
        Files.createSymbolicLink(tree.resolve("up"), canary.getParent());
        Files.createSymbolicLink(tree.resolve("file"), canary);
        Files.createSymbolicLink(tree.resolve("dangling"), directory.resolve("nothing"));

        Trees.delete(directory.resolve("tree"));

        assertThat(directory.resolve("tree")).doesNotExist();
        assertThat(canary).hasContent("alive");
    }

    @Test
    void delete_link_removesTheLinkAlone() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), canary.getParent());

        Trees.delete(link);

        assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isFalse();
        assertThat(canary).hasContent("alive");
    }

    @Test
    void delete_nothingThere_isDone() throws IOException {
        Trees.delete(directory.resolve("no"));
        Trees.delete(directory.resolve("no/such/tree"));

        assertThat(canary).hasContent("alive");
    }

    @Test
    void mountsIn_table_areTheTreesOwnLastFirst() {
        List<String> table = List.of(
                "27 1 254:0 / / rw - ext4 /dev/vda rw",
                "40 27 0:39 / /c/work/x/dev rw,relatime - tmpfs none rw",
                "41 40 254:0 /home /c/work/x/dev/two\\040words rw,relatime shared:1 - ext4 /dev/vda rw",
                "42 27 0:40 / /c/workshop rw - proc proc rw");

        assertThat(Mounts.in(Path.of("/c/work"), table))
                .containsExactly(Path.of("/c/work/x/dev/two words"), Path.of("/c/work/x/dev"));
    }
}
