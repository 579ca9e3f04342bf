package dev.firstboot.bake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.image.Image;
import dev.firstboot.image.Recipe;
import dev.firstboot.plan.Disk;
import dev.firstboot.plan.RootfsTar;
import dev.firstboot.plan.Steps;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Extended attributes, and access control lists among them, on their way into a container and onto a disk. */
class AttributesIT {
    private static final String XATTR = "SCHILY.xattr.";
    private static final String ACCESS = XATTR + "system.posix_acl_access";
    private static final String DEFAULT = XATTR + "system.posix_acl_default";

    /** Sets attributes as setfacl and setfattr do, with what every Debian has: user 5 may write, the mask is rw. */
    private static final String POSTINST = """
            #!/usr/bin/perl
            use strict;
            sub set { my ($path, $name, $value) = @_; syscall(188, $path, $name, $value, length $value, 0) == 0 or die "$path: $!" }
            my $list = pack('V(vvV)*', 2, 1,7,0xffffffff, 2,6,5, 4,4,0xffffffff, 16,6,0xffffffff, 32,4,0xffffffff);
            mkdir '/srv/ours' or die;
            open my $file, '>', '/srv/ours/file' or die;
            close $file;
            set('/srv/ours/file', 'system.posix_acl_access', $list);
            set('/srv/ours/file', 'user.note', "\\0\\xff=%25\\n");
            mkdir '/srv/ours/open' or die;
            set('/srv/ours/open', 'system.posix_acl_access', $list);
            set('/srv/ours/open', 'system.posix_acl_default', $list);
            mkdir '/srv/ours/plain' or die;
            """;

    @TempDir
    private Path directory;

    @Test
    void bake_filesWithAttributes_areTheSameInAContainerAndOnADisk() throws Exception {
        OwnRepository repository = new OwnRepository(directory);
        repository.add("ours", "1", Map.of("DEBIAN/postinst", POSTINST));
        Image image = Image.builder()
                .name("site")
                .recipe(Recipe.builder("site")
                        .addSource(repository.source())
                        .addPackage("ours")
                        .build())
                .build();
        Path tar = directory.resolve("site.tar");
        try (Bakery bakery =
                Bakery.builder().cacheDirectory(RealSteps.sharedCache()).build()) {
            bakery.bake(image, RootfsTar.to(tar));
        }
        SortedMap<String, String> container = attributes(tar);
        assertThat(container.get("./srv/ours/file")).contains("764", ACCESS, XATTR + "user.note");
        assertThat(container.get("./srv/ours/open/")).contains(ACCESS, DEFAULT);

        RealSteps.lookBefore(
                Steps.DISK,
                image,
                Disk.qcow2(directory.resolve("site.qcow2")),
                context -> assertThat(attributes(context.input(Steps.SYSTEM, Steps.SYSTEM_TAR)))
                        .containsAllEntriesOf(container));
    }

    /** Mode and attributes of each entry that has attributes, by path. */
    private static SortedMap<String, String> attributes(Path tar) throws IOException {
        SortedMap<String, String> found = new TreeMap<>();
        try (TarArchiveInputStream in = new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(tar)))) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Map<String, String> attributes = entry.getExtraPaxHeaders().entrySet().stream()
                        .filter(header -> header.getKey().startsWith(XATTR))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> b, TreeMap::new));
                if (!attributes.isEmpty()) {
                    found.put(entry.getName(), Integer.toOctalString(entry.getMode() & 07777) + " " + attributes);
                }
            }
        }
        return found;
    }
}
