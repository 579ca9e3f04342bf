package dev.firstboot.bake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.image.Image;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Release;
import dev.firstboot.plan.Disk;
import dev.firstboot.plan.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real road from package names to a tree that boots, on the older release; the newer one is booted in DiskIT. */
class SystemIT {
    @TempDir
    Path directory;

    @Test
    void system_ofDebian12_hasKernelModulesAndNoIdentity() {
        Set<String> names = new TreeSet<>();
        Image image = Image.builder()
                .name("site")
                .release(Release.DEBIAN_12)
                .recipe(Recipe.builder("site").addPackage("nginx-light").build())
                .build();
        try (Bakery bakery = Bakery.builder()
                .cacheDirectory(RealSteps.sharedCache())
                .runners(RealSteps.before(Steps.CONFIGURE, context -> {
                    names.addAll(entries(context.input(Steps.SYSTEM, Steps.SYSTEM_TAR)));
                }))
                .build()) {
            bakery.bake(image, Disk.qcow2(directory.resolve("site.qcow2")));
        }
        assertThat(names).anyMatch(name -> name.endsWith("/updates/zfs.ko"));
        assertThat(names).anyMatch(name -> name.startsWith("boot/initrd.img-"));
        assertThat(names).noneMatch(name -> name.startsWith("usr/bin/gcc"));
        assertThat(names).doesNotContain("etc/hostid", "etc/zfs/zpool.cache", "etc/hostname");
    }

    private static Set<String> entries(Path tar) throws IOException {
        Set<String> names = new TreeSet<>();
        try (TarArchiveInputStream in = new TarArchiveInputStream(Files.newInputStream(tar))) {
            TarArchiveEntry entry = in.getNextEntry();
            while (entry != null) {
                names.add(entry.getName().replaceFirst("^\\./", ""));
                entry = in.getNextEntry();
            }
        }
        return names;
    }
}
