package dev.firstboot.bake.firstboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.bake.step.HostSettings;
import dev.firstboot.bake.step.StepContext;
import dev.firstboot.bake.step.StepException;
import dev.firstboot.bake.tree.ArchiveStep;
import dev.firstboot.bake.tree.TestTar;
import dev.firstboot.bake.tree.Tree;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.Image;
import dev.firstboot.image.Recipe;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.plan.Configure;
import dev.firstboot.plan.Input;
import dev.firstboot.plan.MergeArchive;
import dev.firstboot.plan.Steps;
import dev.firstboot.plan.Work;
import dev.firstboot.plan.Works;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigureStepTest {
    @TempDir
    private Path directory;

    @Test
    void run_thenArchive_mergesSystemAndConfiguration() throws Exception {
        TestTar.debian().text("/etc/hostid", "abcd").to(output(Steps.ROOTFS, Steps.ROOTFS_TAR));
        Image image = image(Recipe.builder("chat").addFile(FileEntry.text("/etc/chat.conf", "hello")));

        configure(image);
        new ArchiveStep().run(new MergeArchive(), context(new MergeArchive()));

        Tree tree = Tree.read(output(Steps.ARCHIVE, Steps.ARCHIVE_TAR), path -> path.equals("/etc/chat.conf"));
        assertThat(tree.text("/etc/chat.conf")).hasValue("hello");
        assertThat(tree.exists("/etc/hostid")).isFalse();
        assertThat(tree.exists("/usr/lib/firstboot/probe")).isTrue();
    }

    @Test
    void run_secretInTheImage_isRefusedWithPathAndRemedy() throws Exception {
        TestTar.debian().text("/var/lib/app/.erlang.cookie", "COOKIE").to(output(Steps.ROOTFS, Steps.ROOTFS_TAR));
        Image image = image(Recipe.builder("chat")
                .addFile(FileEntry.text("/root/.netrc", "machine example.com login joe password hunter2\n")));

        assertThatThrownBy(() -> configure(image))
                .isInstanceOf(StepException.class)
                .hasMessageContaining("/root/.netrc holds a password: declare a secret")
                .hasMessageContaining("/var/lib/app/.erlang.cookie holds an Erlang cookie")
                .hasMessageNotContaining("hunter2")
                .hasMessageNotContaining("COOKIE");
    }

    @Test
    void run_fileThatNobodyExplains_isRefusedUnlessAllowed() throws Exception {
        TestTar.debian()
                .text("/etc/app/state", "made here")
                .text("/var/lib/dpkg/status", "Package: app\n")
                .text("/var/lib/dpkg/info/app.list", "/.\n/etc/app\n")
                .to(output(Steps.ROOTFS, Steps.ROOTFS_TAR));

        assertThatThrownBy(() -> configure(image(Recipe.builder("chat"))))
                .isInstanceOfSatisfying(StepException.class, refused -> {
                    assertThat(refused)
                            .hasMessageContaining("/etc/app/state comes from no package, no recipe and no rule")
                            .hasMessageContaining("in a directory of app");
                    assertThat(refused.hint()).contains("Recipe.Builder.addRemoval(", "Recipe.Builder.allow(");
                });
        configure(image(Recipe.builder("chat").allow("/etc/app/state")));
    }

    @Test
    void run_fileOfTheHost_isLaidOut() throws Exception {
        Path jar = Files.writeString(directory.resolve("app.jar"), "many bytes");
        TestTar.debian().to(output(Steps.ROOTFS, Steps.ROOTFS_TAR));

        configure(withJar(jar));

        Tree tree = Tree.read(output(Steps.CONFIGURE, Steps.OVERLAY_TAR), path -> path.equals("/opt/app.jar"));
        assertThat(tree.text("/opt/app.jar")).hasValue("many bytes");
    }

    /** Null stands for a file that is gone. */
    @ParameterizedTest
    @CsvSource({
        "more bytes than before, it is longer than 10 bytes",
        "few, 'it has 3 bytes, and had 10'",
        "MANY BYTES, its digest is not sha256:",
        ", cannot be read: java.nio.file.NoSuchFileException",
    })
    void run_fileOfTheHostChanged_isRefusedByName(@Nullable String now, String problem) throws Exception {
        Path jar = Files.writeString(directory.resolve("app.jar"), "many bytes");
        TestTar.debian().to(output(Steps.ROOTFS, Steps.ROOTFS_TAR));
        Image image = withJar(jar);
        if (now == null) {
            Files.delete(jar);
        } else {
            Files.writeString(jar, now);
        }

        assertThatThrownBy(() -> configure(image))
                .isInstanceOfSatisfying(
                        StepException.class, e -> assertThat(e.hint()).contains("build the image again"))
                .hasMessageContainingAll(jar.toString(), "recipe app puts at /opt/app.jar", problem);
    }

    /** Who opens a pipe waits for whoever writes to it, and nothing could cancel that bake. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void run_fileOfTheHostHasBecomeAPipe_isRefusedAndNotWaitedFor() throws Exception {
        Path jar = Files.writeString(directory.resolve("app.jar"), "many bytes");
        TestTar.debian().to(output(Steps.ROOTFS, Steps.ROOTFS_TAR));
        Image image = withJar(jar);
        Files.delete(jar);
        Tool.of("mkfifo", "coreutils").run(jar.toString()).execute();

        assertThatThrownBy(() -> configure(image))
                .isInstanceOf(StepException.class)
                .hasMessageContainingAll(
                        jar.toString(), "recipe app puts at /opt/app.jar", "is no regular file any more");
    }

    private static Image withJar(Path jar) {
        return image(Recipe.builder("app").addFile(FileEntry.file("/opt/app.jar", jar)));
    }

    @Test
    void fingerprint_always_isOfTheCodeItself() {
        assertThat(new ConfigureStep().fingerprint())
                .startsWith("sha256:")
                .isEqualTo(new ConfigureStep().fingerprint());
    }

    private static Image image(Recipe.Builder recipe) {
        return Image.builder().name("tiny").recipe(recipe.build()).build();
    }

    private void configure(Image image) throws Exception {
        Files.writeString(output(Steps.RESOLVE, Steps.PRIVATE_LOCK), "");
        Configure work = Works.configure(image, false);
        new ConfigureStep().run(work, context(work));
    }

    private StepContext context(Work work) throws IOException {
        Map<Input, Path> inputs = work.inputs().stream()
                .collect(Collectors.toMap(input -> input, input -> output(input.step(), input.output())));
        Map<String, Path> outputs =
                work.outputs().stream().collect(Collectors.toMap(name -> name, name -> output(work.step(), name)));
        Path scratch = Files.createDirectories(directory.resolve("scratch"));
        return new StepContext(inputs, outputs, scratch, HostSettings.usual(), new Silent());
    }

    private Path output(String step, String name) {
        try {
            return Files.createDirectories(directory.resolve(step)).resolve(name);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
