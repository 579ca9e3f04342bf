package dev.firstboot.bake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.artifact.Manifest;
import dev.firstboot.bake.step.StepRunner;
import dev.firstboot.image.Image;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Release;
import dev.firstboot.plan.Disk;
import dev.firstboot.plan.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Asks the real archive. */
class ResolveIT {
    private static final String AGENT = "qemu-guest-agent=";

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(Release.class)
    void resolve_ofEachRelease_pinsKernelAndZfsTogether(Release release) throws IOException {
        List<String> kernel = new ArrayList<>();
        List<String> packages = new ArrayList<>();
        List<String> system = new ArrayList<>();
        Map<String, StepRunner<?>> runners = RealSteps.before(Steps.MODULES, context -> {});
        runners.put(Steps.SYSTEM, RealSteps.look(context -> {
            kernel.addAll(Files.readAllLines(context.input(Steps.RESOLVE, Steps.KERNEL_LOCK)));
            system.addAll(Files.readAllLines(context.input(Steps.RESOLVE, Steps.SYSTEM_LOCK)));
        }));
        runners.put(
                Steps.ROOTFS,
                RealSteps.look(context ->
                        packages.addAll(Files.readAllLines(context.input(Steps.RESOLVE, Steps.PACKAGES_LOCK)))));

        Image image = image(release, "nginx-light");
        Manifest manifest;
        try (Bakery bakery = bakery(Bakery.builder().runners(runners))) {
            manifest =
                    bakery.bake(image, Disk.qcow2(directory.resolve("a.qcow2"))).manifest();
        }
        List<String> pinnedKernel = new ArrayList<>();
        runners.put(
                Steps.SYSTEM,
                RealSteps.look(context ->
                        pinnedKernel.addAll(Files.readAllLines(context.input(Steps.RESOLVE, Steps.KERNEL_LOCK)))));
        try (Bakery pinned = Bakery.builder()
                .cacheDirectory(directory.resolve("empty"))
                .runners(runners)
                .packagesOf(manifest)
                .build()) {
            assertThat(pinned.bake(image, Disk.qcow2(directory.resolve("b.qcow2")))
                            .manifest())
                    .isEqualTo(manifest);
        }

        assertThat(pinnedKernel).isEqualTo(kernel);
        assertThat(manifest.installed())
                .hasSameSizeAs(manifest.packages().keySet())
                .anyMatch(one -> one.name().equals("libzfs6linux") || one.name().equals("libzfs4linux"))
                .filteredOn(one -> one.name().startsWith("libzfs"))
                .allMatch(one -> one.source().equals("zfs-linux"));
        assertThat(kernel)
                .hasSize(4)
                .first()
                .asString()
                .startsWith("package=linux-image-")
                .endsWith("-cloud-amd64");
        assertThat(kernel.get(3)).matches("zfs=2\\..*");
        assertThat(packages)
                .anyMatch(line -> line.startsWith("nginx-light="))
                .anyMatch(line -> line.startsWith("dash="))
                .noneMatch(line -> line.startsWith("linux-image"));
        assertThat(system)
                .anyMatch(line -> line.startsWith("zfs-initramfs="))
                .noneMatch(line -> line.startsWith("zfs-dkms") || line.startsWith("gcc"));
    }

    @Test
    void resolve_withABackport_takesThisOneFromThere() throws IOException {
        List<String> kernel = new ArrayList<>();
        List<String> system = new ArrayList<>();
        List<String> sources = new ArrayList<>();
        Map<String, StepRunner<?>> runners = RealSteps.before(Steps.MODULES, context -> {});
        runners.put(Steps.SYSTEM, RealSteps.look(context -> {
            kernel.addAll(Files.readAllLines(context.input(Steps.RESOLVE, Steps.KERNEL_LOCK)));
            system.addAll(Files.readAllLines(context.input(Steps.RESOLVE, Steps.SYSTEM_LOCK)));
        }));
        runners.put(
                Steps.ROOTFS,
                RealSteps.look(context ->
                        sources.addAll(Files.readAllLines(context.input(Steps.RESOLVE, Steps.SOURCES_LOCK)))));
        Image image = image(Release.DEBIAN_13, "nginx-light").toBuilder()
                .backport("zfs-linux")
                .build();

        try (Bakery bakery = bakery(Bakery.builder().runners(runners))) {
            bakery.bake(image, Disk.qcow2(directory.resolve("a.qcow2")));
        }

        assertThat(kernel.get(3)).startsWith("zfs=").contains("~bpo13+");
        assertThat(system)
                .filteredOn(line -> line.contains("~bpo13+"))
                .isNotEmpty()
                .allMatch(line -> line.matches("(zfs|libzfs|libnvpair|libuutil|libzpool).*"));
        assertThat(sources).anyMatch(line -> line.contains(" trixie-backports "));
    }

    @Test
    void resolve_withoutGuestAgent_leavesItOut() throws IOException {
        Image image = image(Release.DEBIAN_13, "nginx-light");

        assertThat(system(image)).anyMatch(line -> line.startsWith(AGENT));
        assertThat(system(image.toBuilder().withoutGuestAgent().build()))
                .isNotEmpty()
                .noneMatch(line -> line.startsWith(AGENT));
    }

    private List<String> system(Image image) throws IOException {
        List<String> system = new ArrayList<>();
        Map<String, StepRunner<?>> runners = RealSteps.before(Steps.MODULES, context -> {});
        runners.put(
                Steps.SYSTEM,
                RealSteps.look(
                        context -> system.addAll(Files.readAllLines(context.input(Steps.RESOLVE, Steps.SYSTEM_LOCK)))));
        try (Bakery bakery = bakery(Bakery.builder().runners(runners))) {
            bakery.bake(image, Disk.qcow2(directory.resolve("a.qcow2")).replaceExisting());
        }
        return system;
    }

    private Bakery bakery(Bakery.Builder builder) {
        return builder.cacheDirectory(directory.resolve("cache")).build();
    }

    private static Image image(Release release, String packageName) {
        return Image.builder()
                .name("site")
                .release(release)
                .recipe(Recipe.builder("site").addPackage(packageName).build())
                .build();
    }
}
