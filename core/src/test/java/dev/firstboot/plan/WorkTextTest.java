package dev.firstboot.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.image.ByteSize;
import dev.firstboot.image.DatasetSpec;
import dev.firstboot.image.Download;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.FirstBootStep;
import dev.firstboot.image.Image;
import dev.firstboot.image.Kernel;
import dev.firstboot.image.PackageSource;
import dev.firstboot.image.Port;
import dev.firstboot.image.Probe;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Release;
import dev.firstboot.image.Secret;
import dev.firstboot.image.Unit;
import dev.firstboot.image.UnixPath;
import dev.firstboot.image.User;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WorkTextTest {
    private static Image.Builder image() {
        return Image.builder()
                .name("web")
                .recipe(Recipe.builder("site").addPackage("nginx").build());
    }

    private static Step step(Image image, String name) {
        return image.plan(Disk.raw("x")).step(name).orElseThrow();
    }

    @Test
    void lines_ofADisk_areAllThatItsRunnerUses() {
        assertThat(WorkText.lines(new WriteDisk(
                        "web", Release.DEBIAN_13, ByteSize.gibibytes(16), ByteSize.bytes(512), List.of())))
                .containsExactly("name web", "release \"Debian 13 (trixie)\"", "size 17179869184", "sectorSize 512");
    }

    /** A size is printed in short for people elsewhere: here it decides. */
    @Test
    void lines_sizesThatLookAlike_areToldApart() {
        Image image = image().build();
        ByteSize size = ByteSize.gibibytes(1000);
        ByteSize larger = ByteSize.bytes(size.bytes() + ByteSize.mebibytes(1).bytes());

        assertThat(image.plan(Disk.raw("x").size(size)).digest())
                .isNotEqualTo(image.plan(Disk.raw("x").size(larger)).digest());
        assertThat(image.plan(Disk.raw("x").sectorSize(ByteSize.kibibytes(4))).digest())
                .isNotEqualTo(image.plan(Disk.raw("x")).digest());
    }

    /** What the build of kernel modules does not use makes it no work. */
    @Test
    void ownDigest_ofTheModules_followsTheReleaseAndWhatTheBuildTakesOfBackports() {
        Step modules = step(image().build(), Steps.MODULES);

        assertThat(step(image().kernel(Kernel.GENERIC).backport("nginx").build(), Steps.MODULES)
                        .ownDigest())
                .isEqualTo(modules.ownDigest());
        assertThat(step(image().backport("zfs-linux").build(), Steps.MODULES).ownDigest())
                .isNotEqualTo(modules.ownDigest());
        assertThat(step(image().release(Release.DEBIAN_12).build(), Steps.MODULES)
                        .ownDigest())
                .isNotEqualTo(modules.ownDigest());
    }

    @Test
    void lines_partsOfARecipe_nameItAndEachOfTheirComponents() {
        Recipe recipe = Recipe.builder("chat")
                .addUser(new User("chat", UnixPath.of("/var/lib/chat"), List.of()))
                .addUnit(Unit.named("chat.service").set("Service", "ExecStart", "/usr/bin/chat"))
                .build();

        List<String> lines = WorkText.lines(new Configure("web", true, List.of(recipe)));
        assertThat(lines)
                .contains("name web", "boots true")
                .anySatisfy(line -> assertThat(line)
                        .startsWith("unit chat.service state ")
                        .contains("{Service key ExecStart value /usr/bin/chat}")
                        .endsWith(" (chat)"));
        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("user chat home /var/lib/chat")
                        .endsWith(" (chat)"));
    }

    /** Each part that a recipe can have is told in a step's lines: whoever adds one adds it there, to {@link WorkText} or {@link PackageChoice}. */
    @Test
    void lines_eachPartThatARecipeCanHave_isTold() throws ReflectiveOperationException {
        Recipe everything = Recipe.builder("all")
                .addPackage("word-of-packages")
                .addBackports("word-of-backports")
                .addSource(new PackageSource(
                        "word-of-sources",
                        URI.create("copy:/x"),
                        "./",
                        List.of(),
                        "-----BEGIN PGP PUBLIC KEY BLOCK-----"))
                .addDownload(Download.of("https://example.com/x", "0".repeat(64), "/srv/word-of-downloads"))
                .addUser(User.system("word-of-users"))
                .addRemoval("/etc/word-of-removals")
                .allow("/etc/word-of-allowed")
                .addFile(FileEntry.text("/etc/word-of-files", ""))
                .addUnit(Unit.named("word-of-units.service").set("Service", "ExecStart", "/bin/true"))
                .addDataset(DatasetSpec.stack("word-of-datasets", "/srv/data"))
                .addSecret(Secret.hex("word-of-secrets", 16))
                .addStep(FirstBootStep.script("word-of-steps", "#!/bin/sh\n"))
                .addPort(Port.tcp(80, "word-of-ports"))
                .addProbe(Probe.command("word-of-probes", "/bin/true"))
                .build();
        Image image = Image.builder().name("all").recipe(everything).build();
        String told = image.plan(Disk.raw("x")).steps().stream()
                .flatMap(step -> WorkText.lines(step.work()).stream())
                .collect(Collectors.joining("\n"));

        for (Method part : Recipe.class.getMethods()) {
            // The needs of an image are answered.
            if (part.getReturnType() == List.class && !part.getName().equals("needs")) {
                assertThat((List<?>) part.invoke(everything)).as(part.getName()).isNotEmpty();
                assertThat(told).contains("word-of-" + part.getName());
            }
        }
    }
}
