package dev.firstboot.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

public class ImageTest {
    static final Recipe SITE = Recipe.builder("site")
            .addPackages("nginx")
            .addDownload(Download.of("https://example.com/x", "0".repeat(64), "/srv/x"))
            .addUser(User.system("site").groups("www-data"))
            .addRemoval("/etc/nginx/sites-enabled/default")
            .allow("/etc/notes.yml")
            .addFile(FileEntry.text("/srv/www/index.html", "hello"))
            .addFile(FileEntry.bytes("/srv/www/favicon.ico", new byte[] {0, 1, (byte) 0xff}))
            .addFile(FileEntry.directory("/srv/www/empty").owner("site", "site").mode(02750))
            .addFile(FileEntry.symlink("/srv/www/home", "index.html"))
            .addFile(FileEntry.template(
                    "/etc/site.conf",
                    Template.builder()
                            .text("password: ")
                            .secret("admin-password", Escape.YAML)
                            .fact(Template.Fact.HOSTNAME, Escape.NONE)
                            .build()))
            .addUnit(Unit.dropIn("nginx.service", "limits").set("Service", "LimitNOFILE", "65536"))
            .addDataset(DatasetSpec.stack("www", "/srv/www").recordSize(ByteSize.kibibytes(128)))
            .addSecret(Secret.password("admin-password", 24).checkedBy("#!/bin/sh\ncat\n"))
            .addStep(FirstBootStep.script("prepare", "#!/bin/sh\ntrue\n").before("nginx.service"))
            .addPort(Port.tcp(80, "web"))
            .addProbe(Probe.http("web", "http://localhost/", 200))
            .addProbe(Probe.command("own", "/bin/true"))
            .build();

    private static Image.Builder image() {
        return Image.builder().name("web");
    }

    @Test
    void toJson_everyPart_roundTrips() {
        Image image = image().release(Release.DEBIAN_12)
                .kernel(Kernel.GENERIC)
                .withoutGuestAgent()
                .backport("zfs-linux")
                .backport("nginx")
                .backport("zfs-linux")
                .recipe(SITE)
                .build();

        assertThat(image.backports()).containsExactly(PackageName.of("zfs-linux"), PackageName.of("nginx"));
        assertThat(image.guestAgent()).isFalse();
        assertThat(Image.fromJson(image.toJson())).isEqualTo(image).hasToString(image.toString());
        assertThat(Image.fromJson(image.toJson()).toJson()).isEqualTo(image.toJson());
        assertThat(image.toBuilder().build()).isEqualTo(image);
        assertThat(SITE.toBuilder().build()).isEqualTo(SITE).hasSameHashCodeAs(SITE);
    }

    @Test
    void secret_checkWithoutInterpreter_isRefusedByName() {
        assertThatThrownBy(() -> Secret.supplied("token").checkedBy("cat"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("check of secret token")
                .hasMessageContaining("'#!'");
    }

    @Test
    void toBuilder_nameAndKernel_canBeReplaced() {
        Image image =
                Image.builder().name("one").kernel(Kernel.CLOUD).recipe(SITE).build();
        Image changed = image.toBuilder().name("two").kernel(Kernel.GENERIC).build();
        assertThat(changed.name()).isEqualTo("two");
        assertThat(changed.kernel()).isEqualTo(Kernel.GENERIC);
        assertThat(changed.recipes()).isEqualTo(image.recipes());
        assertThatThrownBy(() -> image.toBuilder().release(Release.DEBIAN_12))
                .hasMessageContaining("release is set twice");
    }

    @Test
    void fromJson_unknownField_isNamed() {
        String json = image().recipe(SITE).build().toJson().replaceFirst("\"number\"", "\"speed\" : 9, \"number\"");

        assertThatThrownBy(() -> Image.fromJson(json))
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContaining("unknown field 'speed'")
                .hasMessageContaining("recipes[0].ports[0]");
    }

    @Test
    void fromJson_ofBeforeTheGuestAgentCouldBeLeftOut_hasIt() {
        Image image = image().recipe(SITE).build();
        String old = image.toJson().replaceFirst(" *\"guestAgent\" : true,\n", "");

        assertThat(old).doesNotContain("guestAgent");
        assertThat(Image.fromJson(old)).isEqualTo(image);
        assertThat(image.guestAgent()).isTrue();
    }

    /** The version is told, whatever else a later one has that this one does not know. */
    @Test
    void fromJson_ofALaterSchema_tellsTheVersion() {
        String json = image().recipe(SITE).build().toJson().replace("\"schemaVersion\" : 1", "\"schemaVersion\" : 2");

        for (String later :
                List.of(json, json.replace("\"release\"", "\"base\""), json.replace("\"bytes\"", "\"blob\""))) {
            assertThatThrownBy(() -> Image.fromJson(later))
                    .isInstanceOf(InvalidImageException.class)
                    .hasMessageContainingAll("schemaVersion 2 is not known", "reads 1", "a newer one wrote this");
        }
    }

    @Test
    void fromJson_badValueInside_isToldWithItsPlace() {
        String json = image().recipe(SITE).build().toJson().replaceFirst("\"/srv/www/index.html\"", "\"srv/../x\"");

        assertThatThrownBy(() -> Image.fromJson(json))
                .hasMessageContaining("'srv/../x' must be absolute")
                .hasMessageContaining("recipes[0].files[0].path");
    }

    @Test
    void fromJson_notJson_isToldWithLine() {
        assertThatThrownBy(() -> Image.fromJson("{\n oops")).hasMessageContaining("line 2");
    }

    @Test
    void build_withoutName_saysHowToGiveOne() {
        assertThatThrownBy(() -> Image.builder().build()).hasMessageContaining("name(");
    }

    @Test
    void build_workloadWithoutRecipe_isNamed() {
        Workload empty = new Workload() {
            @Override
            public Recipe recipe(Release release) {
                return nothing();
            }
        };

        assertThatThrownBy(() -> image().workload(empty).build())
                .isInstanceOf(NullPointerException.class)
                .hasMessageContainingAll(
                        "the recipe of workload", empty.getClass().getName());
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }

    @Test
    void name_setTwice_isRefused() {
        assertThatThrownBy(() -> image().name("other"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("first web, then other");
    }

    @Test
    void build_twoWorkloadsClaimTheSame_allConflictsAreTold() {
        Recipe rival = Recipe.builder("rival")
                .addUser(User.system("site"))
                .addFile(FileEntry.text("/srv/www/index.html", "mine"))
                .addDataset(DatasetSpec.stack("www", "/var/www"))
                .addPort(Port.tcp(80, "also web"))
                .build();

        assertThatThrownBy(() -> image().recipe(SITE).recipe(rival).build())
                .isInstanceOfSatisfying(
                        InvalidImageException.class,
                        e -> assertThat(e.problems())
                                .containsExactly(
                                        "port 80/tcp is claimed by both site and rival",
                                        "file /srv/www/index.html is claimed by both site and rival",
                                        "user site is claimed by both site and rival",
                                        "dataset www is claimed by both site and rival"));
    }

    @Test
    void build_sameWorkloadTwice_isRefused() {
        assertThatThrownBy(() -> image().recipe(SITE).recipe(SITE).build())
                .hasMessageContaining("two workloads have a recipe named site: give each a name of its own");
    }

    @Test
    void build_samePortOnTcpAndUdp_isFine() {
        Recipe dns = Recipe.builder("dns")
                .addPort(Port.tcp(53, "dns"))
                .addPort(Port.udp(53, "dns"))
                .build();

        assertThat(image().recipe(dns).build().recipes()).containsExactly(dns);
    }

    @Test
    void build_templateWithUndeclaredSecret_isRefused() {
        Recipe recipe = Recipe.builder("app")
                .addFile(FileEntry.template(
                        "/etc/a",
                        Template.builder().secret("token", Escape.NONE).build()))
                .build();

        assertThatThrownBy(() -> image().recipe(recipe).build()).hasMessageContaining("secret token");
    }

    @Test
    void build_probeOfAPortNobodyHas_isRefused() {
        Recipe recipe = Recipe.builder("app")
                .addProbe(Probe.http("web", "https://localhost/", 200))
                .build();

        assertThatThrownBy(() -> image().recipe(recipe).build()).hasMessageContaining("port 443/tcp");
    }

    @Test
    void build_fileInTheEnginesPlace_isRefused() {
        Recipe recipe = Recipe.builder("app")
                .addFile(FileEntry.text("/etc/firstboot/x", ""))
                .build();

        assertThatThrownBy(() -> image().recipe(recipe).build()).hasMessageContaining("/etc/firstboot/x");
    }

    @Test
    void allow_fileOrDirectory_isKeptButNotAWholeTopDirectory() {
        Recipe.Builder recipe = Recipe.builder("site").allow("/etc/notes.yml").allow("/var/lib/site");

        assertThat(recipe.build().allowed())
                .containsExactly(UnixPath.of("/etc/notes.yml"), UnixPath.of("/var/lib/site"));
        assertThatThrownBy(() -> recipe.allow("/etc"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("to allow /etc would allow too much");
        assertThatThrownBy(() -> recipe.allow("/")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void build_brokenInManyWays_allAreToldAtOnce() {
        Recipe recipe = Recipe.builder("app")
                .addUser(User.system("root"))
                .addFile(FileEntry.text("/usr/bin", "x"))
                .addFile(FileEntry.text("/sbin", "x"))
                .addFile(FileEntry.text("/srv/app", "x"))
                .addFile(FileEntry.text("/srv/app/below", "x"))
                .addFile(FileEntry.symlink("/etc/link", "/srv"))
                .addDownload(Download.of("https://example.com/x", "0".repeat(64), "/etc/link/x"))
                .addFile(FileEntry.text("/proc/app", "x"))
                .addFile(FileEntry.text("/etc/shadow", "x"))
                .addFile(FileEntry.script("/srv/windows", "#!/bin/sh\r\ntrue\r\n"))
                .addDataset(DatasetSpec.stack("app", "/srv/app"))
                .addDataset(DatasetSpec.stack("data", "/srv/data").property("compresion", "lz4"))
                .addUnit(Unit.named("app.service").set("Service", "Restart", "always"))
                .addUnit(Unit.named("app.timer").set("Install", "WantedBy", "timers.target"))
                .build();

        assertThatThrownBy(() -> image().recipe(recipe).build())
                .isInstanceOfSatisfying(
                        InvalidImageException.class,
                        e -> assertThat(e.problems())
                                .satisfiesExactly(
                                        problem -> assertThat(problem).contains("user root of app"),
                                        problem -> assertThat(problem)
                                                .contains(
                                                        "file /usr/bin of app would replace a directory of the system"),
                                        problem -> assertThat(problem)
                                                .contains(
                                                        "file /sbin of app would replace a link that every Debian has"),
                                        problem -> assertThat(problem)
                                                .contains("file /proc/app of app would not be there on a machine"),
                                        problem -> assertThat(problem)
                                                .contains("file /etc/shadow of app is written by the image itself"),
                                        problem -> assertThat(problem)
                                                .contains("file /srv/windows of app has lines that end"),
                                        problem -> assertThat(problem)
                                                .contains(
                                                        "file /srv/app/below of app would lie below file /srv/app of app"),
                                        problem -> assertThat(problem)
                                                .contains(
                                                        "file /etc/link/x of app would lie below file /etc/link of app"),
                                        problem -> assertThat(problem)
                                                .contains(
                                                        "dataset app of app, at /srv/app, is a directory, where file /srv/app"),
                                        problem -> assertThat(problem)
                                                .contains("dataset data of app: compresion is no property")
                                                .endsWith("compression is one"),
                                        problem -> assertThat(problem)
                                                .contains("unit app.service of app has no ExecStart="),
                                        problem -> assertThat(problem)
                                                .contains("unit app.timer of app has no OnCalendar=")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/run/app.conf",
                "/tmp/app.conf",
                "/proc/app",
                "/sys/app",
                "/dev/app",
                "/var/run/x",
                "/var/lock/x"
            })
    void build_fileWhereEveryBootBeginsEmpty_isRefused(String path) {
        Template template = Template.builder().text("x").build();
        for (FileEntry file : List.of(FileEntry.template(path, template), FileEntry.text(path, "x"))) {
            assertThatThrownBy(() -> image().recipe(
                                    Recipe.builder("app").addFile(file).build())
                            .build())
                    .isInstanceOf(InvalidImageException.class)
                    .hasMessageContaining("is filled anew at every boot")
                    .hasMessageContaining("tmpfiles.d");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "STACK, /",
        "STACK, /etc",
        "STACK, /usr",
        "STACK, /boot",
        "STACK, /boot/efi",
        "STACK, /run",
        "STACK, /run/app",
        "STACK, /proc",
        "STACK, /dev",
        "STACK, /tmp",
        "STACK, /lib/plugins",
        "STACK, /bin",
        "STACK, /var/run/app",
        "STACK, /var/lib/firstboot",
        "KEEP, /",
        "KEEP, /usr",
        "KEEP, /etc",
        "KEEP, /var",
        "KEEP, /var/lib",
        "KEEP, /var/lib/dpkg",
        "KEEP, /tmp",
        "KEEP, /lib/plugins",
    })
    void build_datasetWhereNoneCanBe_isRefused(DatasetSpec.Placement placement, String path) {
        assertThatThrownBy(() -> withDataset(new DatasetSpec("d", UnixPath.of(path), placement, Map.of())))
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContaining("dataset d of app cannot be at " + path + ": ");
    }

    @ParameterizedTest
    @CsvSource({
        "STACK, /var",
        "STACK, /var/lib",
        "STACK, /var/log/app",
        "STACK, /home/chat",
        "STACK, /usr/lib/plugins",
        "STACK, /etc/app",
        "STACK, /var/tmp",
        "STACK, /srv/two words",
        "KEEP, /usr/local",
        "KEEP, /var/lib/app",
        "KEEP, /var/log",
        "KEEP, /root",
    })
    void build_datasetWhereOneCanBe_isTaken(DatasetSpec.Placement placement, String path) {
        DatasetSpec dataset = new DatasetSpec("d", UnixPath.of(path), placement, Map.of());
        assertThat(withDataset(dataset).recipes().get(0).datasets()).containsExactly(dataset);
    }

    @Test
    void build_datasetWithTheNameOfOneThatEveryDiskHas_isRefused() {
        assertThatThrownBy(() -> withDataset(DatasetSpec.keep("log", "/srv/log")))
                .hasMessageContaining("the name of the one that every disk has at /var/log");
        assertThat(withDataset(DatasetSpec.keep("log", "/var/log")).name()).isEqualTo("web");
    }

    @Test
    void build_recordsizeThatNoDiskIsWrittenWith_isRefusedAtOnce() {
        for (String value : List.of("4M", "2m", "2048K", "2097152", "16MiB")) {
            assertThatThrownBy(
                            () -> withDataset(DatasetSpec.stack("d", "/srv/d").property("recordsize", value)))
                    .isInstanceOf(InvalidImageException.class)
                    .hasMessageContaining("dataset d of app: recordsize " + value + " is more than 1M");
        }
        for (String value : List.of("1M", "1024k", "1048576", "512", "1MB")) {
            DatasetSpec dataset = DatasetSpec.stack("d", "/srv/d").property("recordsize", value);
            assertThat(withDataset(dataset).name()).isEqualTo("web");
        }
    }

    @Test
    void build_propertyOfALaterZfs_isRefusedWhereItIsNotInstalled() {
        Recipe recipe = Recipe.builder("app")
                .addDataset(DatasetSpec.stack("d", "/srv/d")
                        .property("direct", "always")
                        .property("x:y", "z"))
                .build();
        assertThatThrownBy(
                        () -> image().release(Release.DEBIAN_12).recipe(recipe).build())
                .hasMessageContaining("direct is no property of a filesystem in ZFS 2.1");
        assertThat(image().recipe(recipe).build().recipes()).containsExactly(recipe);
        assertThat(image().release(Release.DEBIAN_12)
                        .backport("zfs-linux")
                        .recipe(recipe)
                        .build()
                        .recipes())
                .containsExactly(recipe);
    }

    @Test
    void build_oneFileUnderTwoNames_isRefused() {
        Recipe one =
                Recipe.builder("one").addFile(FileEntry.text("/bin/hello", "x")).build();
        Recipe two = Recipe.builder("two")
                .addFile(FileEntry.text("/usr/bin/hello", "x"))
                .build();

        assertThatThrownBy(() -> image().recipe(one).recipe(two).build())
                .hasMessageContaining("file /usr/bin/hello is claimed by both one and two");
    }

    @Test
    void build_serviceThatGetsItsCommandFromADropIn_isTaken() {
        Recipe recipe = Recipe.builder("app")
                .addUnit(Unit.named("a.service").set("Service", "Type", "oneshot"))
                .addUnit(Unit.dropIn("a.service", "more").set("Service", "ExecStart", "/bin/true"))
                .addUnit(Unit.named("b.service")
                        .set("Service", "RemainAfterExit", "yes")
                        .set("Service", "ExecStop", "/bin/true"))
                .addUnit(Unit.named("c.target").set("Unit", "Description", "c"))
                .build();

        assertThat(image().recipe(recipe).build().recipes()).containsExactly(recipe);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/usr", "/bin", "/etc", "/var/lib", "/usr/lib"})
    void build_removalThatBreaksEveryDebian_isRefused(String path) {
        Recipe recipe = Recipe.builder("app").addRemoval(path).build();

        assertThatThrownBy(() -> image().recipe(recipe).build())
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContaining("without " + path + ", which app leaves out, no Debian works");
    }

    @Test
    void build_stepsThatWaitForEachOther_areRefused() {
        Recipe recipe = Recipe.builder("chat")
                .addStep(FirstBootStep.script("a", "#!/bin/sh\n").after("nginx.service"))
                .addStep(FirstBootStep.script("b", "#!/bin/sh\n").before("nginx.service"))
                .build();

        assertThatThrownBy(() -> image().recipe(recipe).build())
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContaining(
                        "units wait for each other at boot: nginx.service, before firstboot-chat-a.service,"
                                + " before firstboot-chat-b.service, before nginx.service;");
    }

    /** Neither of the two recipes is wrong by itself. */
    @Test
    void build_stepsOfTwoRecipesThatWaitForEachOther_areRefused() {
        Recipe one = Recipe.builder("one")
                .addStep(FirstBootStep.script("a", "#!/bin/sh\n")
                        .after("x.service")
                        .before("y.service"))
                .build();
        Recipe two = Recipe.builder("two")
                .addStep(FirstBootStep.script("b", "#!/bin/sh\n").after("y.service"))
                .addUnit(Unit.named("x.service")
                        .set("Unit", "After", "network.target firstboot-two-b.service")
                        .set("Service", "ExecStart", "/bin/true"))
                .build();

        assertThat(image().recipe(one).build()).isNotNull();
        assertThat(image().recipe(two).build()).isNotNull();
        assertThatThrownBy(() -> image().recipe(one).recipe(two).build())
                .isInstanceOfSatisfying(
                        InvalidImageException.class,
                        e -> assertThat(e.problems())
                                .singleElement()
                                .asString()
                                .contains(
                                        "firstboot-one-a.service",
                                        "y.service",
                                        "firstboot-two-b.service",
                                        "x.service"));
    }

    @Test
    void build_stepThatWaitsForWhatStartsOnceTheMachineIsReady_isRefused() {
        Recipe recipe = Recipe.builder("late")
                .addStep(FirstBootStep.script("a", "#!/bin/sh\n").after("late.service"))
                .addUnit(Unit.named("late.service")
                        .set("Unit", "After", "firstboot-ready.target")
                        .set("Service", "ExecStart", "/bin/true"))
                .build();

        assertThatThrownBy(() -> image().recipe(recipe).build())
                .hasMessageContaining("before firstboot-ready.target, before late.service");
    }

    @Test
    void build_stepsThatWouldBeOneUnit_namesBoth() {
        Recipe one = Recipe.builder("a")
                .addStep(FirstBootStep.script("b-c", "#!/bin/sh\n"))
                .build();
        Recipe two = Recipe.builder("a-b")
                .addStep(FirstBootStep.script("c", "#!/bin/sh\n"))
                .build();

        assertThatThrownBy(() -> image().recipe(one).recipe(two).build())
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContaining("first-boot steps a/b-c and a-b/c would both be firstboot-a-b-c.service");
    }

    @Test
    void build_unitEnabledAndDisabled_namesBothRecipes() {
        Recipe one = Recipe.builder("a").addUnit(Unit.enabled("nginx.service")).build();
        Recipe two = Recipe.builder("b").addUnit(Unit.disabled("nginx.service")).build();

        assertThatThrownBy(() -> image().recipe(one).recipe(two).build())
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContaining("unit nginx.service is to be ENABLED for a, but DISABLED for b");
    }

    private static Image withDataset(DatasetSpec dataset) {
        return image().recipe(Recipe.builder("app").addDataset(dataset).build()).build();
    }
}
