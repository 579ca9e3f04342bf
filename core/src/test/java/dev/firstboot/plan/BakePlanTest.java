package dev.firstboot.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.image.ByteSize;
import dev.firstboot.image.DatasetSpec;
import dev.firstboot.image.Escape;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.Image;
import dev.firstboot.image.InvalidImageException;
import dev.firstboot.image.PackageSource;
import dev.firstboot.image.Probe;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Secret;
import dev.firstboot.image.Template;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BakePlanTest {
    private static Image image(String text, String... packages) {
        return Image.builder()
                .name("web")
                .recipe(Recipe.builder("site")
                        .addPackages(packages)
                        .addFile(FileEntry.text("/etc/motd", text))
                        .build())
                .build();
    }

    private static List<String> changed(BakePlan before, BakePlan after) {
        return before.steps().stream()
                .filter(step -> !after.steps().contains(step))
                .map(Step::name)
                .toList();
    }

    @Test
    void plan_equalImages_equalPlans() {
        assertThat(image("a", "nginx").plan(Disk.qcow2("x")))
                .isEqualTo(image("a", "nginx").plan(Disk.qcow2("x")));
    }

    @Test
    void plan_anotherFile_changesOnlyWhatDependsOnIt() {
        BakePlan before = image("a", "nginx").plan(Disk.qcow2("x"));
        BakePlan after = image("b", "nginx").plan(Disk.qcow2("x"));

        assertThat(changed(before, after)).containsExactly(Steps.CONFIGURE, Steps.DISK);
    }

    @Test
    void plan_anotherPackage_leavesTheModulesAlone() {
        BakePlan before = image("a", "nginx").plan(Disk.qcow2("x"));
        BakePlan after = image("a", "nginx", "jq").plan(Disk.qcow2("x"));

        assertThat(changed(before, after)).contains(Steps.RESOLVE, Steps.ROOTFS, Steps.DISK);
        assertThat(before.step(Steps.MODULES).orElseThrow().ownDigest())
                .isEqualTo(after.step(Steps.MODULES).orElseThrow().ownDigest());
    }

    @Test
    void plan_withoutGuestAgent_isShownAndConcernsDisksOnly() {
        Image before = image("a");
        Image after = before.toBuilder().withoutGuestAgent().build();

        assertThat(before.plan(Disk.qcow2("x")).toString()).contains("qemu-guest-agent");
        assertThat(after.plan(Disk.qcow2("x")).toString()).doesNotContain("qemu-guest-agent");
        assertThat(after.plan(RootfsTar.to("x")).steps())
                .isEqualTo(before.plan(RootfsTar.to("x")).steps());
    }

    @Test
    void plan_anotherPath_changesNoDigest() {
        assertThat(image("a").plan(Disk.qcow2("x")).digest())
                .isEqualTo(image("a").plan(Disk.qcow2("y")).digest());
    }

    /** Where the bytes come from decides nothing: only which they are. */
    @Test
    void plan_fileOfTheHost_isTheSameWorkAsItsBytes(@TempDir Path directory) throws Exception {
        byte[] bytes = {0, 1, 2};
        Path one = Files.write(directory.resolve("one"), bytes);
        Path two = Files.write(directory.resolve("two"), bytes);
        Path other = Files.write(directory.resolve("other"), new byte[] {0, 1, 3});
        List<Step> steps = steps(FileEntry.bytes("/opt/app", bytes));

        assertThat(steps(FileEntry.file("/opt/app", one))).isEqualTo(steps);
        assertThat(steps(FileEntry.file("/opt/app", two))).isEqualTo(steps);
        assertThat(steps(FileEntry.file("/opt/app", other))).isNotEqualTo(steps);
    }

    private static List<Step> steps(FileEntry file) {
        return Image.builder()
                .name("web")
                .recipe(Recipe.builder("app").addFile(file).build())
                .build()
                .plan(RootfsTar.to("x.tar"))
                .steps();
    }

    @Test
    void plan_archive_needsNoKernel() {
        assertThat(image("a").plan(RootfsTar.to("x.tar")).steps().stream().map(Step::name))
                .containsExactly(Steps.RESOLVE, Steps.ROOTFS, Steps.CONFIGURE, Steps.ARCHIVE);
    }

    @Test
    void toString_always_numbersStepsAndNamesInputs() {
        assertThat(image("a", "nginx").plan(Disk.qcow2("web.qcow2")).toString())
                .contains("Plan for web (Debian 13 (trixie)) → QCOW2 disk web.qcow2, 16 GiB")
                .contains(
                        " 1. resolve",
                        " 6. disk",
                        "packages of site: nginx",
                        "reads [resolve/packages.lock, resolve/sources.lock]");
    }

    @Test
    void disk_tooSmall_saysHowMuchItNeeds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Disk.raw("x").size(ByteSize.mebibytes(100)))
                .withMessageContaining("at least 4 GiB");
    }

    @Test
    void planFor_datasetWithAPropertyThatNoImageCanHave_namesItAndTheRecipe() {
        Image image = Image.builder()
                .name("site")
                .recipe(Recipe.builder("site")
                        .addDataset(DatasetSpec.stack("www", "/var/www").property("reservation", "1G"))
                        .build())
                .build();

        assertThatThrownBy(() -> image.plan(Disk.raw("site.raw")))
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContainingAll("dataset www of site", "reservation", "set it on the living pool");
    }

    @Test
    void plan_anotherCheckOfASecret_changesTheConfiguration() {
        List<BakePlan> plans = Stream.of("#!/bin/sh\ncat\n", "#!/bin/sh\nexit 1\n")
                .map(check -> Image.builder()
                        .name("web")
                        .recipe(Recipe.builder("site")
                                .addSecret(Secret.supplied("token").checkedBy(check))
                                .build())
                        .build()
                        .plan(RootfsTar.to("x")))
                .toList();

        assertThat(changed(plans.get(0), plans.get(1))).containsExactly(Steps.CONFIGURE, Steps.ARCHIVE);
    }

    /** Results are found again by what is printed here: no text of one may look like the parts of another. */
    @Test
    void plan_textsThatLookLikeOthers_areToldApart() {
        assertThat(configure(recipe -> recipe.addSecret(Secret.hex("pw", 16))
                        .addFile(FileEntry.template(
                                "/etc/x",
                                Template.builder()
                                        .text("A")
                                        .secret("pw", Escape.YAML)
                                        .text("B")
                                        .build()))))
                .isNotEqualTo(configure(recipe -> recipe.addSecret(Secret.hex("pw", 16))
                        .addFile(FileEntry.template(
                                "/etc/x",
                                Template.builder()
                                        .text("A], SecretValue[secret=pw, escape=YAML], Text[text=B")
                                        .build()))));
        assertThat(configure(recipe -> recipe.addProbe(Probe.command("p", "/x", "a", "b"))))
                .isNotEqualTo(configure(recipe -> recipe.addProbe(Probe.command("p", "/x", "a, b"))));
        assertThat(configure(recipe -> recipe.addDataset(
                        DatasetSpec.stack("d", "/srv/d").property("a:b", "1").property("c:d", "2"))))
                .isNotEqualTo(configure(recipe ->
                        recipe.addDataset(DatasetSpec.stack("d", "/srv/d").property("a:b", "1, c:d=2"))));
    }

    private static List<String> configure(Consumer<Recipe.Builder> parts) {
        Recipe.Builder recipe = Recipe.builder("site");
        parts.accept(recipe);
        return Image.builder()
                .name("web")
                .recipe(recipe.build())
                .build()
                .plan(RootfsTar.to("x"))
                .step(Steps.CONFIGURE)
                .orElseThrow()
                .parameters();
    }

    @Test
    void plan_allowedFile_isShownAndChangesTheConfiguration() {
        Image before = image("a");
        Image after = before.toBuilder()
                .recipe(Recipe.builder("notes").allow("/etc/notes.yml").build())
                .build();

        assertThat(after.plan(RootfsTar.to("x"))
                        .step(Steps.CONFIGURE)
                        .orElseThrow()
                        .parameters())
                .contains("allow /etc/notes.yml (notes)");
        assertThat(changed(before.plan(RootfsTar.to("x")), after.plan(RootfsTar.to("x"))))
                .containsExactly(Steps.CONFIGURE, Steps.ARCHIVE);
    }

    @Test
    void plan_sourceOfItsOwn_tellsThePackagesOfOthersApart() {
        PackageSource source = new PackageSource(
                "ours",
                URI.create("https://deb.example.com/"),
                "./",
                List.of(),
                "-----BEGIN PGP PUBLIC KEY BLOCK-----");
        Image image = Image.builder()
                .name("web")
                .recipe(Recipe.builder("site").addSource(source).build())
                .build();

        assertThat(image.plan(RootfsTar.to("x"))
                        .step(Steps.CONFIGURE)
                        .orElseThrow()
                        .inputs())
                .contains(new Input(Steps.RESOLVE, Steps.PRIVATE_LOCK));
    }
}
