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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The real road from package names to a tree that boots, on real packages. */
class SystemIT {
    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(Release.class)
    void system_ofEachRelease_hasKernelModulesAndNoIdentity(Release release) {
        Set<String> names = new TreeSet<>();
        List<BakeEvent> events = Collections.synchronizedList(new ArrayList<>());
        Image image = Image.builder()
                .name("site")
                .release(release)
                .recipe(Recipe.builder("site").addPackage("nginx-light").build())
                .build();
        try (Bakery bakery = Bakery.builder()
                .cacheDirectory(RealSteps.sharedCache())
                .listener(events::add)
                .runners(RealSteps.before(Steps.CONFIGURE, context -> {
                    names.addAll(entries(context.input(Steps.SYSTEM, Steps.SYSTEM_TAR)));
                }))
                .build()) {
            bakery.bake(image, Disk.raw(directory.resolve("site.raw")).replaceExisting());
        }
        assertThat(names).anyMatch(name -> name.endsWith("/updates/zfs.ko"));
        assertThat(names).anyMatch(name -> name.startsWith("boot/initrd.img-"));
        assertThat(names).noneMatch(name -> name.startsWith("usr/bin/gcc"));
        assertThat(names).doesNotContain("etc/hostid", "etc/zfs/zpool.cache", "etc/hostname");
        events.stream().filter(BakeEvent.Finished.class::isInstance).forEach(System.out::println);
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
