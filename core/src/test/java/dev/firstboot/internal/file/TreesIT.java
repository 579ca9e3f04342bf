package dev.firstboot.internal.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.internal.tool.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deleting a tree in which something is mounted, in a mount namespace of the test's own. */
class TreesIT {
    @TempDir
    Path directory;

    /** Run in that namespace: deletes a tree and prints what became of it. */
    static final class Delete {
        public static void main(String[] arguments) throws IOException {
            try {
                Trees.delete(Path.of(arguments[0]));
                System.out.println("deleted");
            } catch (IOException e) {
                System.out.println("refused " + e.getMessage());
            }
            try (var lines = Files.lines(Path.of(arguments[1]))) {
                lines.forEach(System.out::println);
            }
        }
    }

    private Path tree() throws IOException {
        Path tree = directory.resolve("tree");
        Files.createDirectories(tree.resolve("root/dev/shm"));
        Files.writeString(tree.resolve("root/file"), "of the tree");
        return tree;
    }

    private String deleteAfter(String mount, Path tree, Path canary) {
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        return Tool.of("unshare", "util-linux")
                .run("--mount", "sh", "-euc", mount + "\nexec \"$@\"", tree.toString())
                .add(java, "-cp", System.getProperty("java.class.path"), Delete.class.getName())
                .add(tree.toString(), canary.toString())
                .text();
    }

    @Test
    void delete_anotherFileSystemIsMountedInside_namesItAndDeletesNothing() throws IOException {
        Path tree = tree();

        assertThat(deleteAfter(
                        "mount -t tmpfs none \"$0/root/dev/shm\"; echo alive >\"$0/root/dev/shm/canary\"",
                        tree,
                        tree.resolve("root/dev/shm/canary")))
                .contains("refused", "umount " + tree.toRealPath().resolve("root/dev/shm"), "alive");
        assertThat(tree.resolve("root/file")).exists();
    }

    /** The same device: st_dev tells nothing. */
    @Test
    void delete_directoryOfTheSameFileSystemIsBoundInside_namesItAndDeletesNothing() throws IOException {
        Path tree = tree();
        Path canary = Files.writeString(
                Files.createDirectory(directory.resolve("precious")).resolve("canary"), "alive\n");

        assertThat(deleteAfter("mount --bind \"$0/../precious\" \"$0/root/dev/shm\"", tree, canary))
                .contains("refused", "umount " + tree.toRealPath().resolve("root/dev/shm"), "alive");
        assertThat(tree.resolve("root/file")).exists();
    }

    /** As when something is mounted after the table was read: here the table is empty. */
    @Test
    void delete_mountIsNotInTheTable_stopsAtTheOtherDevice() throws IOException {
        Path tree = tree();

        assertThat(deleteAfter(
                        "mount -t tmpfs none \"$0/root/dev/shm\"; echo alive >\"$0/root/dev/shm/canary\"\n"
                                + "mount --bind /dev/null /proc/$$/mountinfo",
                        tree,
                        tree.resolve("root/dev/shm/canary")))
                .contains("refused", tree.toRealPath().resolve("root/dev/shm") + ": is another file system", "alive");
    }
}
