package dev.firstboot.bake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.bake.step.StepContext;
import dev.firstboot.bake.tree.TarEntry;
import dev.firstboot.bake.tree.TarReader;
import dev.firstboot.image.Image;
import dev.firstboot.image.Recipe;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.plan.RootfsTar;
import dev.firstboot.plan.Steps;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packages that put the host's name into their configuration when they are installed. */
class HostNameIT {
    private static final String NAME = "build-host-7f3a";

    @TempDir
    Path directory;

    /** Run on a host of that name: prints the files of an installed tree that tell it, then {@code looked}. */
    static final class Install {
        public static void main(String[] arguments) {
            Image image = Image.builder()
                    .name("mail")
                    .recipe(Recipe.builder("mail").addPackage(arguments[0]).build())
                    .build();
            try (Bakery bakery = Bakery.builder()
                    .cacheDirectory(RealSteps.sharedCache())
                    .runners(RealSteps.before(Steps.CONFIGURE, Install::look))
                    .build()) {
                bakery.bake(image, RootfsTar.to(Path.of(arguments[1])));
            }
        }

        private static void look(StepContext context) throws IOException {
            try (TarReader reader = TarReader.open(context.input(Steps.ROOTFS, Steps.ROOTFS_TAR))) {
                for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
                    if (entry.isFile() && new String(reader.bytes(), StandardCharsets.ISO_8859_1).contains(NAME)) {
                        System.out.println(entry.path());
                    }
                }
            }
            System.out.println("looked");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"postfix", "exim4-daemon-light"})
    void bake_packageThatAsksForTheHostsName_doesNotGetIt(String name) {
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();

        assertThat(Tool.of("unshare", "util-linux")
                        .run("--uts", "sh", "-euc", "hostname " + NAME + "; exec \"$@\"", "host")
                        .add(java, "-cp", System.getProperty("java.class.path"), Install.class.getName())
                        .add(name, directory.resolve("mail.tar").toString())
                        .text())
                .isEqualTo("looked\n");
    }
}
