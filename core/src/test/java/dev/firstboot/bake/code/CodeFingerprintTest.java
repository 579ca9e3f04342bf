package dev.firstboot.bake.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.bake.Bakery;
import dev.firstboot.bake.disk.DiskStep;
import dev.firstboot.bake.firstboot.ConfigureStep;
import dev.firstboot.bake.rootfs.ModulesStep;
import dev.firstboot.bake.rootfs.ResolveStep;
import dev.firstboot.bake.rootfs.RootfsStep;
import dev.firstboot.bake.rootfs.SystemStep;
import dev.firstboot.bake.tree.ArchiveStep;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CodeFingerprintTest {
    private static final List<Class<?>> STEPS = List.of(
            ResolveStep.class,
            RootfsStep.class,
            ModulesStep.class,
            SystemStep.class,
            ConfigureStep.class,
            DiskStep.class,
            ArchiveStep.class);

    static List<Class<?>> steps() {
        return STEPS;
    }

    private static CodeFingerprint real(Class<?> step) {
        return new CodeFingerprint(step.getName(), CodeFiles.of(step));
    }

    /** Other bytes at one path: a class that was compiled from other source, or a script that was edited. */
    private static CodeFiles changed(CodeFiles files, String path) {
        return each -> files.read(each).map(bytes -> {
            byte[] other = bytes.clone();
            if (each.equals(path)) {
                other[other.length - 1] ^= 1;
            }
            return other;
        });
    }

    @ParameterizedTest
    @MethodSource("steps")
    void value_anyFileBelowAStepChanges_isAnother(Class<?> step) {
        CodeFiles files = CodeFiles.of(step);
        CodeFingerprint before = real(step);

        assertThat(before.reached()).hasSizeGreaterThan(10);
        for (String path : before.reached()) {
            assertThat(new CodeFingerprint(step.getName(), changed(files, path)).value())
                    .as(path)
                    .isNotEqualTo(before.value());
        }
    }

    @ParameterizedTest
    @MethodSource("steps")
    void value_codeThatNoStepCallsChanges_isTheSame(Class<?> step) {
        for (String unrelated :
                List.of("dev/firstboot/bake/Bakery.class", "dev/firstboot/machine/qemu/QemuMachine.class")) {
            assertThat(new CodeFingerprint(step.getName(), changed(CodeFiles.of(step), unrelated)).value())
                    .isEqualTo(CodeFingerprint.of(step));
        }
    }

    /** What hand-written lists and lists of packages had missed, and what their steps ship. */
    @ParameterizedTest
    @CsvSource({
        "dev.firstboot.bake.firstboot.ConfigureStep, bake/tree/Removals.class",
        "dev.firstboot.bake.firstboot.ConfigureStep, bake/tree/TarEntry.class",
        "dev.firstboot.bake.firstboot.ConfigureStep, bake/tree/MergedStream.class",
        "dev.firstboot.bake.firstboot.ConfigureStep, bake/firstboot/Fetch.class",
        "dev.firstboot.bake.firstboot.ConfigureStep, bake/firstboot/Identities$Identity.class",
        "dev.firstboot.bake.firstboot.ConfigureStep, image/Probe$Tls.class",
        "dev.firstboot.bake.firstboot.ConfigureStep, bake/firstboot/units/firstboot-ssh-keys.service",
        "dev.firstboot.bake.firstboot.ConfigureStep, bake/firstboot/disk/grow",
        "dev.firstboot.bake.firstboot.ConfigureStep, bake/firstboot/lib.sh",
        "dev.firstboot.bake.disk.DiskStep, bake/tree/Removals.class",
        "dev.firstboot.bake.disk.DiskStep, bake/tree/TarEntry.class",
        "dev.firstboot.bake.disk.DiskStep, bake/tree/MergedStream.class",
        "dev.firstboot.bake.disk.DiskStep, stack/PoolLayout$Filesystem.class",
        "dev.firstboot.bake.disk.DiskStep, zfs/nvlist/NvList.class",
        "dev.firstboot.bake.tree.ArchiveStep, bake/tree/Removals.class",
        "dev.firstboot.bake.tree.ArchiveStep, bake/tree/TarEntry.class",
        "dev.firstboot.bake.tree.ArchiveStep, bake/tree/MergedStream.class",
        "dev.firstboot.bake.rootfs.ModulesStep, bake/rootfs/modules.sh",
        "dev.firstboot.bake.rootfs.ModulesStep, bake/rootfs/ModulesStep$Compilation.class",
        "dev.firstboot.bake.rootfs.ModulesStep, bake/sandbox/inside.sh",
        "dev.firstboot.bake.rootfs.SystemStep, bake/rootfs/initramfs/root-disk",
        "dev.firstboot.bake.rootfs.RootfsStep, bake/tree/TarTimes.class",
        "dev.firstboot.bake.rootfs.RootfsStep, bake/sandbox/ids.pl",
        "dev.firstboot.bake.rootfs.RootfsStep, internal/tool/leash.pl",
        "dev.firstboot.bake.rootfs.ResolveStep, bake/rootfs/AptRoot.class",
    })
    void reached_ofAStep_hasWhatItCallsAndShips(String step, String path) throws ClassNotFoundException {
        assertThat(real(Class.forName(step)).reached()).contains("dev/firstboot/" + path);
    }

    /** A change to what is far from a step makes it no work: a module build takes minutes. */
    @ParameterizedTest
    @MethodSource("steps")
    void reached_ofAnyStep_isNothingOfTheMachinesNorOfTheBakery(Class<?> step) {
        assertThat(real(step).reached())
                .noneMatch(path -> path.startsWith("dev/firstboot/machine/"))
                .noneMatch(path -> path.startsWith("dev/firstboot/artifact/"))
                .noneMatch(path -> path.matches("dev/firstboot/bake/[^/]+"))
                .filteredOn(path -> !step.equals(DiskStep.class) && path.startsWith("dev/firstboot/zfs/"))
                .isEmpty();
    }

    /**
     * A resource whose name is put together of parts, or read by a class that does not name it, would be missed: here it is told. So is a directory that has the name of a
     * constant: it is read as a file from directories, and not from jars.
     */
    @Test
    void reached_ofAllSteps_hasEveryResourceOfTheirs() throws Exception {
        Path root = Path.of(URI.create(Bakery.class
                        .getResource("/dev/firstboot/bake/rootfs/modules.sh")
                        .toString()))
                .getParent()
                .getParent()
                .getParent()
                .getParent()
                .getParent();
        Set<String> resources = new TreeSet<>();
        for (String directory : List.of("dev/firstboot/bake", "dev/firstboot/internal")) {
            try (Stream<Path> files = Files.walk(root.resolve(directory))) {
                files.filter(Files::isRegularFile)
                        .map(file -> root.relativize(file).toString())
                        .filter(path -> !path.endsWith(".class"))
                        .forEach(resources::add);
            }
        }
        Set<String> reached = STEPS.stream()
                .flatMap(step -> real(step).reached().stream())
                .filter(path -> !path.endsWith(".class"))
                .collect(Collectors.toSet());
        assertThat(new TreeSet<>(reached)).hasSizeGreaterThan(30).isEqualTo(resources);
    }

    @Test
    void of_fromJars_isTheSameAsFromDirectories(@TempDir Path directory) throws Exception {
        URL jar = jarOf(real(RootfsStep.class).reached(), directory.resolve("some.jar"));
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar}, ClassLoader.getPlatformClassLoader())) {
            CodeFiles files = path -> {
                try (var in = loader.getResourceAsStream(path)) {
                    return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            };
            assertThat(new CodeFingerprint(RootfsStep.class.getName(), files).value())
                    .isEqualTo(CodeFingerprint.of(RootfsStep.class));
        }
    }

    private static URL jarOf(Set<String> paths, Path jar) throws IOException {
        CodeFiles files = CodeFiles.of(RootfsStep.class);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (String path : paths) {
                out.putNextEntry(new ZipEntry(path));
                out.write(files.read(path).orElseThrow());
            }
        }
        return jar.toUri().toURL();
    }

    @Test
    void of_classFilesAreNotThere_saysSo() {
        assertThatThrownBy(() -> new CodeFingerprint("dev.firstboot.Gone", path -> Optional.empty()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("dev/firstboot/Gone.class", "keep class files");
    }
}
