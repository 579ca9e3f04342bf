package dev.firstboot.machine.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.image.Resources;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.internal.tool.ToolException;
import dev.firstboot.internal.tool.ToolProcess;
import dev.firstboot.internal.tool.ToolRun;
import dev.firstboot.machine.life.Janitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How archives get into the cache and leave it, with small trees instead of archives. */
class UnpackScriptIT {
    private static final Tool SH = Tool.of("sh", "dash");
    private static final long LIMIT = 1000;

    @TempDir
    Path store;

    private ToolRun unpack(String name, String script) {
        return SH.run("-c", Resources.text(UnpackedArchives.class, "unpack.sh"), "firstboot-unpack", store.toString())
                .add(name, "0", Long.toString(LIMIT), "", "sh", "-euc", script);
    }

    private void unpacked(String name, int kibibytes) {
        unpack(name, "head -c " + kibibytes + "K /dev/zero >file").execute();
    }

    private void notUsedForAnHour(String name) throws IOException {
        Files.setLastModifiedTime(
                store.resolve(name), FileTime.from(Instant.now().minusSeconds(3600)));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> paths = Files.list(store)) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void unpack_killedInTheMiddle_isDoneAnewAndNeverSeenHalf() throws Exception {
        ToolProcess half = unpack("b1-half", "echo half >file; sleep 4715").start();
        Path file = store.resolve("b1-half.new/tree/file");
        while (!Files.exists(file)) {
            Thread.sleep(20);
        }
        half.kill();
        assertThat(store.resolve("b1-half")).doesNotExist();

        unpack("b1-half", "[ ! -e file ]; echo whole >whole").execute();
        assertThat(names()).containsExactly("b1-half");
        assertThat(store.resolve("b1-half/tree")).isDirectoryContaining("glob:**/whole");
    }

    @Test
    void unpack_twiceAtOnce_isDoneOnce() throws Exception {
        String script = "echo once >>" + store.resolve("../" + store.getFileName() + "-count") + "; sleep 1";
        Path count = store.resolveSibling(store.getFileName() + "-count");
        try (ToolProcess one = unpack("b1-same", script).start();
                ToolProcess two = unpack("b1-same", script).start()) {
            one.await();
            two.await();
            assertThat(count).hasContent("once");
        } finally {
            Files.deleteIfExists(count);
        }
        assertThat(names()).containsExactly("b1-same");
    }

    @Test
    void unpack_fails_leavesNothing() throws IOException {
        Assertions.assertThatThrownBy(
                        () -> unpack("b1-bad", "echo half >file; false").execute())
                .isInstanceOf(ToolException.class);
        assertThat(names()).isEmpty();
    }

    @Test
    void limit_reached_theLongestUnusedGo() throws IOException {
        unpacked("b1-old", 400);
        unpacked("b1-older", 400);
        notUsedForAnHour("b1-old");
        Files.setLastModifiedTime(
                store.resolve("b1-older"), FileTime.from(Instant.now().minusSeconds(7200)));
        unpacked("b1-new", 400);
        assertThat(names()).containsExactly("b1-new", "b1-old");
    }

    @Test
    void limit_reached_whatIsUsedStays() throws IOException {
        unpacked("b1-used", 800);
        Janitor janitor =
                new Janitor.Duties("test").hold(store.resolve("b1-used")).begin();
        try {
            notUsedForAnHour("b1-used");
            unpacked("b1-new", 800);
            assertThat(names()).containsExactly("b1-new", "b1-used");
        } finally {
            janitor.close();
        }
        notUsedForAnHour("b1-used");
        unpacked("b1-newer", 8);
        assertThat(names()).containsExactly("b1-new", "b1-newer");
    }

    @Test
    void unpacking_directoriesCalledDev_keepTheirFilesExceptTheTopmost() throws IOException {
        Path in = store.resolve("in");
        for (String directory : List.of("dev", "usr/dev")) {
            Files.writeString(Files.createDirectories(in.resolve(directory)).resolve("file"), "");
        }
        Path tar = store.resolve("archive.tar");
        Path out = Files.createDirectory(store.resolve("out"));
        Files.setAttribute(out, "unix:uid", Math.toIntExact(IdBlock.UNPACKED.base()));
        Tool.of("tar", "tar")
                .run("-C", in.toString(), "-cf", tar.toString(), ".")
                .execute();

        SH.run("-euc", "cd \"$1\"; shift; exec \"$@\"", "unpack", out.toString())
                .addAll(UnpackedArchives.unpacking("test", tar, IdBlock.UNPACKED))
                .stdin(tar)
                .execute();

        assertThat(out.resolve("usr/dev/file")).exists();
        assertThat(out.resolve("dev")).isEmptyDirectory();
    }

    @Test
    void unpack_archiveIsAnotherByNow_isNotFoundUnderItsName() throws IOException {
        Path archive = Files.writeString(store.resolveSibling(store.getFileName() + "-archive"), "second");
        try {
            ToolRun late = SH.run("-c", Resources.text(UnpackedArchives.class, "unpack.sh"), "firstboot-unpack")
                    .add(store.toString(), "b1-late", "0", Long.toString(LIMIT), "1 2 3.000000000 4.000000000")
                    .add("sh", "-euc", "cat >file")
                    .stdin(archive);
            assertThatThrownBy(late::execute)
                    .isInstanceOf(ToolException.class)
                    .hasMessageContaining("changed meanwhile");
            assertThat(names()).isEmpty();
        } finally {
            Files.delete(archive);
        }
    }

    @Test
    void limit_anotherIsBeingUnpacked_takesNothingFromTheOthers() throws IOException {
        unpacked("b1-unused", 400);
        notUsedForAnHour("b1-unused");
        Files.createDirectories(store.resolve("b1-half.new/tree"));
        unpacked("b1-new", 400);
        assertThat(names()).containsExactly("b1-half.new", "b1-new", "b1-unused");
    }

    @Test
    void leftovers_ofKilledOnesAndEarlierBoots_go() throws IOException {
        unpacked("b1-kept", 8);
        for (String left : List.of("b1-half.new", "b1-gone.old", "b0-before")) {
            Files.createDirectories(store.resolve(left).resolve("tree"));
            notUsedForAnHour(left);
        }
        unpacked("b1-new", 8);
        assertThat(names()).containsExactly("b1-kept", "b1-new");
    }
}
