package dev.firstboot.bake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.artifact.DiskImage;
import dev.firstboot.bake.cache.DigestedCopy;
import dev.firstboot.image.Image;
import dev.firstboot.image.Probe;
import dev.firstboot.image.Recipe;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.machine.Machine;
import dev.firstboot.plan.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Baking and booting a disk takes no root, only user namespaces. */
class OrdinaryUserIT {
    @TempDir
    Path directory;

    /** Run as that user: bakes into the directory given, and boots what it has baked. */
    static final class BakeAndBoot {
        private static Image site() {
            return Image.builder()
                    .name("site")
                    .recipe(Recipe.builder("site")
                            .addPackages("sudo", "ca-certificates") // the second has names that are not ASCII
                            .addProbe(Probe.command("sudo", "/usr/bin/sudo", "-n", "true"))
                            .build())
                    .build();
        }

        public static void main(String[] arguments) throws IOException {
            Path home = Path.of(arguments[0]);
            System.out.println("user " + System.getProperty("user.name"));
            try (Bakery bakery =
                    Bakery.builder().cacheDirectory(home.resolve("cache")).build()) {
                Path file = home.resolve("site.qcow2");
                DiskImage disk = bakery.bake(site(), Disk.qcow2(file));
                System.out.println("disk " + DigestedCopy.digest(file));
                try (Machine machine = disk.boot()) {
                    machine.awaitReady();
                    System.out.println(machine.run(
                                    "sh", "-c", "stat -c 'mode %a of %U' /usr/bin/sudo; stat -c 'mode %a of %U' /root")
                            .output());
                }
            } catch (BakeException e) {
                System.out.println("refused " + e.getMessage() + " " + e.hint());
            }
        }
    }

    /** Bakes to a directory that is root's. */
    static final class BakeToAForeignDirectory {
        public static void main(String[] arguments) {
            try (Bakery bakery = Bakery.builder()
                    .cacheDirectory(Path.of(arguments[0], "cache"))
                    .listener(event -> System.out.println(event))
                    .build()) {
                bakery.bake(BakeAndBoot.site(), Disk.qcow2("/usr/site.qcow2"));
            } catch (BakeException e) {
                System.out.println("refused " + e.getMessage() + " " + e.hint());
            }
        }
    }

    @Test
    void bake_toADirectoryOfAnotherUser_isRefusedBeforeAnyWork() throws IOException {
        try (OrdinaryUser user = OrdinaryUser.withoutNamespaces()) {
            assertThat(user.java(BakeToAForeignDirectory.class, user.home().toString()))
                    .contains("refused", "/usr cannot be written to")
                    .doesNotContain("resolve");
        }
    }

    /** Opens a cache that somebody else filled, and lets be read. */
    static final class ReadOnlyCache {
        public static void main(String[] arguments) throws IOException {
            Path cache = Path.of(arguments[0], "cache");
            for (String directory : List.of("steps", "locks", "work")) {
                Files.createDirectories(cache.resolve(directory));
                Files.setPosixFilePermissions(cache.resolve(directory), PosixFilePermissions.fromString("r-xr-xr-x"));
            }
            try (Bakery bakery = Bakery.builder().cacheDirectory(cache).build()) {
                System.out.println("opened " + bakery);
            } catch (UncheckedIOException e) {
                System.out.println("refused " + e.getMessage());
            }
        }
    }

    @Test
    void build_cacheCannotBeWrittenTo_isRefusedBeforeAnyWork() throws IOException {
        try (OrdinaryUser user = OrdinaryUser.withoutNamespaces()) {
            assertThat(user.java(ReadOnlyCache.class, user.home().toString()))
                    .contains("refused cannot use", "cannot be written to by this user", "cacheDirectory(...)");
        }
    }

    @Test
    void bake_byAnOrdinaryUserElsewhere_givesTheSameDiskAndItBootsWithTheRightOwners() throws IOException {
        try (OrdinaryUser user = OrdinaryUser.create()) {
            Path byRoot = bakeAndLendModules(user.home().resolve("cache"));

            assertThat(user.java(BakeAndBoot.class, user.home().toString()))
                    .contains("user firstboot-test", "mode 4755 of root", "mode 700 of root")
                    .contains("disk " + DigestedCopy.digest(byRoot));
            try (Stream<Path> work = Files.list(user.home().resolve("cache/work"))) {
                assertThat(work).isEmpty();
            }
        }
    }

    @Test
    void bake_neitherRootNorNamespaces_saysWhatToDo() throws IOException {
        try (OrdinaryUser user = OrdinaryUser.withoutNamespaces()) {
            assertThat(user.java(BakeAndBoot.class, user.home().toString()))
                    .contains("refused", "Run as root", "/etc/subuid")
                    .doesNotContain("use strict"); // of the script that makes the namespaces
            assertThat(user.home().resolve("site.qcow2")).doesNotExist();
        }
    }

    /** Bakes the same by root, and gives {@code cache} the kernel modules that all tests share, so that they are not compiled again; all else is made anew, of the
     * packages that the archive has at this moment. */
    private Path bakeAndLendModules(Path cache) throws IOException {
        Path disk = directory.resolve("site.qcow2");
        try (Bakery bakery = Bakery.builder()
                .cacheDirectory(RealSteps.sharedCache())
                .refreshPackages()
                .build()) {
            bakery.bake(BakeAndBoot.site(), Disk.qcow2(disk));
        }
        Path modules = RealSteps.sharedCache().resolve("steps/modules");
        Files.createDirectories(cache.resolve("steps"));
        Tool.of("cp", "coreutils")
                .run("-r", modules.toString(), cache.resolve("steps/modules").toString())
                .execute();
        return disk;
    }
}
