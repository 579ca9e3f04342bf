package dev.firstboot.bake.firstboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.bake.tree.Overlay;
import dev.firstboot.bake.tree.TarEntry;
import dev.firstboot.bake.tree.TestTar;
import dev.firstboot.bake.tree.Tree;
import dev.firstboot.image.DatasetSpec;
import dev.firstboot.image.DomainName;
import dev.firstboot.image.Download;
import dev.firstboot.image.Escape;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.FirstBootStep;
import dev.firstboot.image.Image;
import dev.firstboot.image.Port;
import dev.firstboot.image.Probe;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Secret;
import dev.firstboot.image.Template;
import dev.firstboot.image.Unit;
import dev.firstboot.image.UnixPath;
import dev.firstboot.image.User;
import dev.firstboot.plan.Configure;
import dev.firstboot.plan.Works;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstBootTest {
    private static final String UNITS = "/usr/lib/systemd/system/";
    private static final String ETC = "/etc/systemd/system/";

    @TempDir
    private Path directory;

    private final TestTar tar = TestTar.debian()
            .text(
                    UNITS + "nginx.service",
                    "[Service]\nExecStart=/usr/sbin/nginx\n[Install]\nWantedBy=multi-user.target\n")
            .directory(ETC + "multi-user.target.wants")
            .link(ETC + "multi-user.target.wants/nginx.service", UNITS + "nginx.service");

    private Layout layout;

    @Test
    void layOut_same_sameBytes() throws Exception {
        Recipe recipe = Recipe.builder("chat")
                .addFile(FileEntry.text("/etc/chat.conf", "x"))
                .addStep(FirstBootStep.script("init", "#!/bin/sh\n"))
                .build();
        layOut(recipe);
        layout.overlay().write(directory.resolve("one.tar"));
        layOut(recipe);
        layout.overlay().write(directory.resolve("two.tar"));

        assertThat(directory.resolve("one.tar")).hasSameBinaryContentAs(directory.resolve("two.tar"));
    }

    @Test
    void layOut_anyImage_hasNoIdentity() {
        tar.text("/etc/hostid", "abcd")
                .text("/etc/machine-id", "0123\n")
                .text("/var/lib/dbus/machine-id", "0123\n")
                .text("/etc/ssh/ssh_host_rsa_key", "x")
                .text("/etc/ssl/private/ssl-cert-snakeoil.key", "x")
                .link("/etc/ssl/certs/abc.0", "ssl-cert-snakeoil.pem")
                .text("/etc/shadow-", "root:$y$x:1\n")
                .text("/var/log/dpkg.log", "x")
                .text("/var/log/btmp", "")
                .text("/var/lib/apt/lists/deb_dists_InRelease", "x")
                .directory("/var/lib/apt/lists/partial");

        layOut(Recipe.builder("chat").build());

        assertThat(layout.removals().paths())
                .contains(
                        "/etc/hostid",
                        "/var/lib/dbus/machine-id",
                        "/etc/ssh/ssh_host_rsa_key",
                        "/etc/ssl/private/ssl-cert-snakeoil.key",
                        "/etc/ssl/certs/abc.0",
                        "/etc/shadow-",
                        "/var/log/dpkg.log",
                        "/var/lib/apt/lists/deb_dists_InRelease")
                .doesNotContain("/var/log/btmp", "/var/lib/apt/lists/partial");
        assertThat(layout.overlay().contains("/etc/machine-id")).isTrue();
        assertThat(text("/etc/machine-id")).isEmpty();
        assertThat(text("/etc/hostname")).isEqualTo("tiny\n");
        assertThat(text("/etc/hosts")).contains("127.0.1.1 tiny\n");
    }

    /** A drop-in of systemd's is named by both, and a label has an end. */
    @Test
    void layOut_longNamesOfRecipeAndStep_areShortenedApart() {
        String recipe = "r".repeat(30);
        layOut(Recipe.builder(recipe)
                .addStep(FirstBootStep.script("s".repeat(40) + "-one", "#!/bin/sh\n")
                        .before("a.service"))
                .addStep(FirstBootStep.script("s".repeat(40) + "-two", "#!/bin/sh\n")
                        .before("a.service"))
                .addUnit(Unit.named("a.service").set("Service", "ExecStart", "/bin/true"))
                .build());

        assertThat(layout.overlay().paths().stream()
                        .filter(path -> path.contains("/a.service.d/05-firstboot-" + recipe)))
                .hasSize(2);
    }

    @Test
    void layOut_withoutPackagesThatMakeIdentities_hasNothingForThem() {
        layOut(Recipe.builder("chat").build());

        assertThat(layout.overlay().paths())
                .doesNotContain("/usr/lib/firstboot/ssh-keys", "/usr/lib/firstboot/snakeoil");
    }

    @Test
    void layOut_whatTheScrubTakesFromPackages_isMadeAtFirstBoot() {
        tar.directory("/usr/sbin").program("/usr/sbin/sshd").program("/usr/sbin/make-ssl-cert");
        layOut(Recipe.builder("chat").build());
        assertThat(layout.overlay().paths())
                .contains(
                        "/usr/lib/firstboot/ssh-keys",
                        ETC + "ssh.service.wants/firstboot-ssh-keys.service",
                        "/usr/lib/firstboot/snakeoil",
                        ETC + "sysinit.target.wants/firstboot-snakeoil.service");
        assertThat(text("/usr/lib/firstboot/units"))
                .contains("firstboot-ssh-keys.service\nfirstboot-snakeoil.service\n");
    }

    @Test
    void layOut_logOfAnotherUser_isEmptyAndStillTheirs() {
        tar.directory("/var/log").file("/var/log/app.log", 33, "made while it was installed");
        layOut(Recipe.builder("chat").build());

        TarEntry log = written().entry("/var/log/app.log").orElseThrow();
        assertThat(log.size()).isZero();
        assertThat(log.uid()).isEqualTo(33);
    }

    @Test
    void layOut_bootable_mountsTheSystemPartition() {
        layOut(Recipe.builder("chat").build());
        assertThat(layout.overlay().contains("/etc/fstab")).isFalse();

        layOut(true, Recipe.builder("chat").build());
        assertThat(text("/etc/fstab"))
                .contains("/run/firstboot/esp /boot/efi vfat")
                .contains("nofail");
    }

    @Test
    void layOut_files_haveTheirOwnersAndParents() {
        layOut(Recipe.builder("chat")
                .addUser(User.system("chat").groups("www-data"))
                .addFile(FileEntry.text("/srv/chat/a/b.conf", "x")
                        .owner("chat", "www-data")
                        .mode(0640))
                .addFile(FileEntry.symlink("/bin/chat", "/srv/chat/run"))
                .addDataset(DatasetSpec.stack("chat", "/srv/chat/data"))
                .build());

        Tree tree = written();
        assertThat(tree.entry("/srv/chat/a")).get().matches(TarEntry::isDirectory);
        assertThat(tree.entry("/srv/chat/data")).get().matches(TarEntry::isDirectory);
        TarEntry file = tree.entry("/srv/chat/a/b.conf").orElseThrow();
        assertThat(file.uid()).isEqualTo(300);
        assertThat(file.gid()).isEqualTo(33);
        assertThat(file.mode()).isEqualTo(0640);
        assertThat(file.time()).isEqualTo(Overlay.TIME);
        assertThat(tree.entry("/usr/bin/chat")).get().extracting(TarEntry::link).isEqualTo("/srv/chat/run");
    }

    @Test
    void layOut_unknownOwner_namesFileRecipeAndWayOut() {
        Recipe recipe = Recipe.builder("chat")
                .addFile(FileEntry.text("/etc/chat.conf", "x").owner("ejabberd", "root"))
                .build();

        assertThatThrownBy(() -> layOut(recipe))
                .isInstanceOf(LayoutException.class)
                .hasMessage("file /etc/chat.conf of chat belongs to user 'ejabberd', which the image does not have:"
                        + " add the package that makes it, or the user to the recipe");
    }

    @Test
    void layOut_userOfAPackageWithAnotherHome_isRefused() {
        layOut(Recipe.builder("chat").addUser(User.system("www-data")).build());
        layOut(Recipe.builder("chat")
                .addUser(User.system("www-data").home("/var/www"))
                .build());

        Recipe recipe = Recipe.builder("chat")
                .addUser(User.system("www-data").home("/srv/chat"))
                .build();
        assertThatThrownBy(() -> layOut(recipe))
                .hasMessageContaining(
                        "user www-data of chat is to have the home /srv/chat, but a package made it with /var/www");
    }

    @Test
    void layOut_unknownStepUser_isRefused() {
        Recipe recipe = Recipe.builder("chat")
                .addStep(FirstBootStep.script("init", "#!/bin/sh\n").user("postgres"))
                .build();

        assertThatThrownBy(() -> layOut(recipe))
                .hasMessageContaining("first-boot step init of chat runs as user 'postgres'");
    }

    @Test
    void layOut_template_isWrittenByTheMachine() {
        tar.text("/etc/chat.yml", "as shipped");
        layOut(Recipe.builder("chat")
                .addSecret(Secret.password("pw", 32).readableBy("www-data"))
                .addFile(FileEntry.template(
                                "/etc/chat.yml",
                                Template.builder()
                                        .text("a: 100%\n")
                                        .secret("pw", Escape.YAML)
                                        .fact(Template.Fact.MACHINE_ID, Escape.NONE)
                                        .build())
                        .owner("root", "www-data"))
                .build());

        assertThat(layout.overlay().contains("/etc/chat.yml")).isFalse();
        assertThat(layout.removals().paths()).contains("/etc/chat.yml");
        assertThat(text("/usr/lib/firstboot/templates/chat/000-chat.yml")).isEqualTo("""
                path /etc/chat.yml
                owner root www-data
                mode 0600
                text a: 100%25%0A
                secret pw yaml
                fact machine-id none
                """);
        assertThat(text("/usr/lib/firstboot/secrets.list")).isEqualTo("chat pw password 32 www-data text\n");
    }

    @Test
    void layOut_timeZoneOfARecipe_isThatOfEveryFile() {
        tar.text("/etc/timezone", "Etc/UTC\n");
        layOut(Recipe.builder("chat")
                .addFile(FileEntry.symlink("/etc/localtime", "../usr/share/zoneinfo/America/Argentina/Ushuaia"))
                .build());

        assertThat(text("/etc/timezone")).isEqualTo("America/Argentina/Ushuaia\n");
    }

    @Test
    void layOut_secretsOfEachForm_areListedWithTheirChecks() {
        String check = "#!/bin/sh\ncat\n";
        layOut(Recipe.builder("chat")
                .addSecret(Secret.password("pw", 32))
                .addSecret(Secret.supplied("token").checkedBy(check))
                .addSecret(Secret.supplied("key"))
                .addFile(FileEntry.template(
                        "/etc/chat.conf",
                        Template.builder()
                                .secret("token", Escape.SHELL)
                                .secret("token", Escape.NONE)
                                .secret("pw", Escape.SQL)
                                .build()))
                .build());

        assertThat(text("/usr/lib/firstboot/secrets.list")).isEqualTo("""
                chat pw password 32 root text
                chat token supplied 0 root line
                chat key supplied 0 root bytes
                """);
        assertThat(text("/usr/lib/firstboot/checks/chat/token")).isEqualTo(check);
        assertThat(layout.overlay().contains("/usr/lib/firstboot/checks/chat/key"))
                .isFalse();
    }

    @Test
    void layOut_rootsTemplateBelowAnotherUsersDirectory_isRefused() {
        Recipe.Builder recipe = Recipe.builder("chat")
                .addFile(FileEntry.directory("/var/lib/chat").owner("www-data", "www-data"))
                .addFile(FileEntry.template(
                        "/var/lib/chat/sub/key", Template.builder().text("x").build()));

        assertThatThrownBy(() -> layOut(recipe.build()))
                .isInstanceOf(LayoutException.class)
                .hasMessageContaining("file /var/lib/chat/sub/key of chat belongs to root, but user ID 33 owns");
    }

    @Test
    void layOut_step_isAUnitThatHoldsOthersBack() {
        layOut(Recipe.builder("chat")
                .addStep(FirstBootStep.script("first", "#!/bin/sh\n"))
                .addStep(FirstBootStep.script("second", "#!/bin/sh\n")
                        .user("www-data")
                        .everyBoot()
                        .after("postgresql@17-main.service")
                        .before("nginx.service"))
                .build());

        assertThat(text(ETC + "firstboot-chat-first.service")).isEqualTo("""
                [Unit]
                Description=Firstboot: chat: first
                Requires=firstboot-secrets.service firstboot-render.service
                After=firstboot-secrets.service firstboot-render.service
                Before=firstboot-probe.service
                StartLimitIntervalSec=0
                ConditionPathExists=!/var/lib/firstboot/done/chat.first

                [Service]
                Type=oneshot
                RemainAfterExit=yes
                User=root
                Environment=FIRSTBOOT_RECIPE=chat
                Environment=FIRSTBOOT_SECRETS=/var/lib/firstboot/secrets/chat
                Environment=FIRSTBOOT_STATE=/var/lib/firstboot/state/chat.first
                StateDirectory=firstboot/state/chat.first
                StateDirectoryMode=0700
                ExecStart=/usr/lib/firstboot/run-step chat first 300
                ExecStartPost=+/usr/lib/firstboot/stamp chat first
                TimeoutStartSec=infinity
                Restart=on-failure
                RestartSec=1

                [Install]
                WantedBy=multi-user.target
                """);
        assertThat(text(ETC + "firstboot-chat-second.service"))
                .contains("Wants=firstboot-chat-first.service\nAfter=firstboot-chat-first.service\n")
                .contains("Wants=postgresql@17-main.service\nAfter=postgresql@17-main.service\nBefore=nginx.service\n")
                .contains("User=www-data\n")
                .doesNotContain("ConditionPathExists", "stamp");
        assertThat(text(ETC + "nginx.service.d/05-firstboot-chat-second.conf"))
                .isEqualTo("[Unit]\nWants=firstboot-chat-second.service\nAfter=firstboot-chat-second.service\n");
        assertThat(layout.overlay().contains(ETC + "multi-user.target.wants/firstboot-chat-second.service"))
                .isTrue();
        assertThat(text("/usr/lib/firstboot/units"))
                .endsWith("firstboot-chat-first.service\nfirstboot-chat-second.service\n");
    }

    @Test
    void layOut_fileInPlaceOfADirectoryThatIsLeftOut_takesTheDirectoryOut() {
        tar.directory("/etc/app").text("/etc/app/default", "x").text("/etc/other", "x");
        layOut(Recipe.builder("chat")
                .addRemoval("/etc/app")
                .addFile(FileEntry.text("/etc/app", "x"))
                .addRemoval("/etc/other")
                .addFile(FileEntry.directory("/etc/other"))
                .build());

        assertThat(layout.removals().paths()).contains("/etc/app", "/etc/other");
        assertThat(layout.overlay().paths()).contains("/etc/app", "/etc/other");
    }

    @Test
    void layOut_fileInPlaceOfADirectoryOfPackages_isRefused() {
        tar.directory("/usr/lib/app").text("/usr/lib/app/program", "x").link("/usr/lib/alias", "app");

        refuses(FileEntry.text("/usr/lib/app", "x"), "a file at /usr/lib/app would replace a directory");
        refuses(FileEntry.symlink("/lib/app", "/srv"), "a file at /lib/app would replace a directory");
        refuses(FileEntry.text("/usr/lib/alias", "x"), "a file at /usr/lib/alias would replace a link to a directory");
        refuses(FileEntry.directory("/usr/lib/alias"), "would replace a link to /usr/lib/app");
        refuses(
                FileEntry.directory("/usr/lib/app/program"),
                "a directory at /usr/lib/app/program would replace a file");
        refuses(FileEntry.text("/usr/lib/app/program/x", "x"), "/usr/lib/app/program is not a directory");
    }

    private void refuses(FileEntry file, String message) {
        assertThatThrownBy(() -> layOut(Recipe.builder("chat").addFile(file).build()))
                .isInstanceOf(LayoutException.class)
                .hasMessageContaining(message);
    }

    @Test
    void layOut_datasetBehindALinkOrOnAFile_isRefused() {
        tar.directory("/usr/share")
                .directory("/usr/share/app")
                .link("/usr/lib/app", "../share/app")
                .text("/etc/app", "x");

        assertThatThrownBy(() -> layOut(Recipe.builder("chat")
                        .addDataset(DatasetSpec.stack("plugins", "/usr/lib/app/plugins"))
                        .build()))
                .hasMessageContaining("there is a link on the way; say /usr/share/app/plugins");
        assertThatThrownBy(() -> layOut(Recipe.builder("chat")
                        .addDataset(DatasetSpec.stack("app", "/etc/app"))
                        .build()))
                .hasMessageContaining("that is a file of the installed system");
    }

    @Test
    void layOut_programsThatAreNotThere_areAllNamed() {
        tar.text("/usr/bin/data", "x");
        Recipe recipe = Recipe.builder("chat")
                .addProbe(Probe.command("login", "/usr/bin/chek"))
                .addProbe(Probe.command("data", "/bin/data"))
                .addStep(FirstBootStep.script("init", "#!/usr/bin/python3\n"))
                .addStep(FirstBootStep.script("late", "#!/usr/bin/env -S perl\n"))
                .addStep(FirstBootStep.script("later", "#!/usr/bin/env ruby\n"))
                .addSecret(Secret.supplied("token").checkedBy("#!/usr/bin/ruby\n"))
                .addFile(FileEntry.script("/srv/run", "#! /bin/bahs -e\n"))
                .addUnit(Unit.named("a.service")
                        .set("Service", "ExecStartPre", "-/usr/bin/gone")
                        .set("Service", "ExecStart", "!\"/usr/bin/two words\" x")
                        .set("Service", "ExecReload", "nowhere --now"))
                .build();

        assertThatThrownBy(() -> layOut(recipe))
                .isInstanceOfSatisfying(
                        LayoutException.class,
                        e -> assertThat(e.getMessage().lines())
                                .containsExactly(
                                        "probe login of chat runs /usr/bin/chek, which the image does not have",
                                        "probe data of chat runs /bin/data, which is no program: it is a directory, or its mode lets nobody execute it",
                                        "first-boot step init of chat runs /usr/bin/python3, which the image does not have",
                                        "first-boot step later of chat runs ruby, which the image does not have",
                                        "the check of secret token of chat runs /usr/bin/ruby, which the image does not have",
                                        "file /srv/run of chat runs /bin/bahs, which the image does not have",
                                        "unit a.service of chat runs /usr/bin/two words, which the image does not have",
                                        "unit a.service of chat runs nowhere, which the image does not have",
                                        "add the package that has it, or the file to the recipe, or correct the name"));
    }

    @Test
    void layOut_probeTrustsAFileThatIsNotThere_isRefused() {
        tar.program("/usr/bin/openssl").program("/usr/bin/curl");
        Recipe.Builder recipe = Recipe.builder("web")
                .addPort(Port.tcp(80, "http"))
                .addPort(Port.tcp(443, "https"))
                .addStep(FirstBootStep.script("made", "#!/bin/sh\nmake-a-ca >/etc/made.pem\n"))
                .addProbe(trusting("typo", "/etc/ssl/certs/ca-certificates.cert"))
                .addProbe(Probe.http("plain", "http://localhost/", 200))
                .addProbe(Probe.http("missing", "https://localhost/", 200))
                .addProbe(trusting("directory", "/usr/bin"))
                .addProbe(trusting("step", "/etc/made.pem"))
                .addProbe(trusting("state", "/var/lib/web/ca.pem"))
                .addProbe(trusting("snakeoil", "/etc/ssl/certs/ssl-cert-snakeoil.pem"));

        assertThatThrownBy(() -> layOut(recipe.build()))
                .isInstanceOfSatisfying(
                        LayoutException.class,
                        e -> assertThat(e.getMessage().lines())
                                .startsWith(
                                        "probe typo of web trusts the certificates in /etc/ssl/certs/ca-certificates.cert, which the image does not have",
                                        "probe missing of web trusts the certificates in /etc/ssl/certs/ca-certificates.crt, which the image does not have",
                                        "probe directory of web trusts the certificates in /usr/bin, which is a directory")
                                .hasSize(4));
    }

    private static Probe trusting(String name, String file) {
        return new Probe.Tls(name, 443, Probe.StartTls.NONE, DomainName.of("example.com"), UnixPath.of(file));
    }

    @Test
    void layOut_programsOfTheRecipeOrOfTheMachine_areThere() {
        tar.link("/usr/bin/alias", "/etc/choice").link("/etc/choice", "../usr/bin/true");
        layOut(Recipe.builder("chat")
                .addFile(FileEntry.script("/srv/probe", "#!/bin/sh\n"))
                .addFile(FileEntry.template(
                                "/srv/rendered",
                                Template.builder().text("#!/bin/sh\n").build())
                        .mode(0700))
                .addProbe(Probe.command("own", "/srv/probe"))
                .addProbe(Probe.command("rendered", "/srv/rendered"))
                .addProbe(Probe.command("alias", "/bin/alias"))
                .addProbe(Probe.command("made", "/var/lib/chat/bin/check"))
                .addUnit(Unit.named("a@.service")
                        .set("Service", "ExecStart", "+/srv/%i/run")
                        .set("Service", "NoExecPaths", "/")
                        .set("Service", "ExecPaths", "/srv /usr"))
                .build());

        assertThat(text("/usr/lib/firstboot/probes.list").lines()).hasSize(4);
    }

    @Test
    void layOut_dropInForAUnitThatIsNotThere_isRefused() {
        assertThatThrownBy(() -> layOut(Recipe.builder("chat")
                        .addUnit(Unit.dropIn("ngnix.service", "limits").set("Service", "LimitNOFILE", "65536"))
                        .build()))
                .hasMessageContaining("drop-in limits of chat is for unit ngnix.service, which is not in the image");
    }

    @Test
    void layOut_unitStates_becomeLinksAndAPreset() {
        tar.text(
                        UNITS + "app.service",
                        "[Install]\nWantedBy=multi-user.target\nAlso=app.socket\nAlias=program.service\n")
                .text(UNITS + "app.socket", "[Install]\nWantedBy=sockets.target\n")
                .text(UNITS + "work@.service", "[Install]\nWantedBy=%i.target\nDefaultInstance=one\n");
        layOut(Recipe.builder("chat")
                .addUnit(Unit.enabled("app.service"))
                .addUnit(Unit.enabled("work@two.service"))
                .addUnit(Unit.disabled("nginx.service"))
                .addUnit(Unit.masked("exim4.service"))
                .addUnit(Unit.named("own.service")
                        .set("Service", "ExecStart", "/bin/true")
                        .set("Install", "WantedBy", "basic.target"))
                .addUnit(Unit.dropIn("app.service", "limits").set("Service", "LimitNOFILE", "65536"))
                .build());

        Tree tree = written();
        assertThat(link(tree, ETC + "multi-user.target.wants/app.service")).isEqualTo(UNITS + "app.service");
        assertThat(link(tree, ETC + "sockets.target.wants/app.socket")).isEqualTo(UNITS + "app.socket");
        assertThat(link(tree, ETC + "program.service")).isEqualTo(UNITS + "app.service");
        assertThat(link(tree, ETC + "two.target.wants/work@two.service")).isEqualTo(UNITS + "work@.service");
        assertThat(link(tree, ETC + "basic.target.wants/own.service")).isEqualTo(ETC + "own.service");
        assertThat(link(tree, ETC + "exim4.service")).isEqualTo("/dev/null");
        assertThat(text(ETC + "app.service.d/limits.conf")).isEqualTo("[Service]\nLimitNOFILE=65536\n");
        assertThat(layout.removals().paths()).contains(ETC + "multi-user.target.wants/nginx.service");
        assertThat(text("/etc/systemd/system-preset/00-firstboot.preset"))
                .contains("enable app.service\n", "disable nginx.service\n", "disable exim4.service\n");
    }

    @Test
    void layOut_unknownUnit_namesIt() {
        assertThatThrownBy(() -> layOut(Recipe.builder("chat")
                        .addUnit(Unit.enabled("ngnix.service"))
                        .build()))
                .hasMessageContaining("unit ngnix.service of chat is not in the image");
    }

    @Test
    void layOut_unitThatNothingStarts_isRefused() {
        tar.text(UNITS + "static.service", "[Service]\n");
        assertThatThrownBy(() -> layOut(Recipe.builder("chat")
                        .addUnit(Unit.enabled("static.service"))
                        .build()))
                .hasMessageContaining("unit static.service of chat cannot be enabled");
    }

    @Test
    void layOut_portsAndProbes_areListed() {
        layOut(Recipe.builder("chat")
                .addPort(Port.tcp(80, "web pages"))
                .addPort(Port.udp(5280, "inside").loopback())
                .addProbe(Probe.http("page", "http://chat.example.com/", 200))
                .build());

        assertThat(text("/usr/lib/firstboot/ports")).isEqualTo("tcp 80 open web pages\nudp 5280 loopback inside\n");
        assertThat(text("/usr/lib/firstboot/probes.list")).isEqualTo("chat/page\n");
        assertThat(text("/usr/lib/firstboot/probes/chat/page")).startsWith("#!/bin/sh\n");
    }

    @Test
    void layOut_download_isPutInPlace() throws Exception {
        Path fetched = Files.writeString(directory.resolve("fetched"), "tool");
        Download download = Download.of("https://example.com/tool", "0".repeat(64), "/usr/bin/tool")
                .mode(0755);
        layout = Layout.of(tar.to(directory.resolve("base.tar")));
        Recipe recipe = Recipe.builder("chat").addDownload(download).build();
        FirstBoot.layOut(new Configure("tiny", false, List.of(recipe)), layout, d -> fetched);

        TarEntry entry = written().entry("/usr/bin/tool").orElseThrow();
        assertThat(entry.size()).isEqualTo(4);
        assertThat(entry.mode()).isEqualTo(0755);
    }

    private void layOut(Recipe... recipes) {
        layOut(false, recipes);
    }

    private void layOut(boolean bootable, Recipe... recipes) {
        Image.Builder image = Image.builder().name("tiny");
        for (Recipe recipe : recipes) {
            image.recipe(recipe);
        }
        Path base = directory.resolve("base.tar");
        layout = Layout.of(Files.exists(base) ? base : tar.to(base));
        FirstBoot.layOut(Works.configure(image.build(), bootable), layout, download -> Path.of("/nowhere"));
    }

    private String text(String path) {
        return layout.overlay().textAt(path);
    }

    private Tree written() {
        layout.overlay().write(directory.resolve("overlay.tar"));
        return Tree.read(directory.resolve("overlay.tar"), path -> false);
    }

    private static String link(Tree tree, String path) {
        return tree.entry(path).map(TarEntry::link).orElse("none");
    }
}
