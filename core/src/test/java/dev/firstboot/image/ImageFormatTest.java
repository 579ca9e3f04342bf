package dev.firstboot.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The form of an image in JSON, schema 1. Whoever saved an image must be able to read it, whatever becomes of the names of classes. */
class ImageFormatTest {
    private static final String GOLDEN = Resources.text(ImageFormatTest.class, "image-1.json");
    private static final Digest DIGEST = Digest.sha256("0".repeat(64));

    private static final Image EVERYTHING = Image.builder()
            .name("everything")
            .release(Release.DEBIAN_13)
            .kernel(Kernel.GENERIC)
            .withoutGuestAgent()
            .backport("zfs-linux")
            .recipe(Recipe.builder("all")
                    .addPackages("nginx-light", "curl")
                    .addBackports("curl")
                    .addSource(new PackageSource(
                            "vendor",
                            URI.create("https://vendor.example/debian"),
                            "stable",
                            List.of("main"),
                            "-----BEGIN PGP PUBLIC KEY BLOCK-----"))
                    .addDownload(Download.of("https://vendor.example/app.bin", "1".repeat(64), "/opt/app/app.bin"))
                    .addUser(User.system("app").groups("www-data"))
                    .addRemoval("/etc/nginx/sites-enabled/default")
                    .allow("/etc/app/shared.pem")
                    .addFile(FileEntry.text("/etc/app/text", "text"))
                    .addFile(FileEntry.bytes("/etc/app/bytes", new byte[] {0, 1, (byte) 0xff}))
                    .addFile(FileEntry.directory("/etc/app/directory")
                            .owner("app", "app")
                            .mode(02750))
                    .addFile(FileEntry.symlink("/etc/app/symlink", "text"))
                    .addFile(of("/etc/app/file", new Content.HostFile("/srv/build/app.jar", DIGEST, 7)))
                    .addFile(of("/etc/app/resource", new Content.Resource("com.example.App", "data", DIGEST, 7)))
                    .addFile(FileEntry.template(
                            "/etc/app/template",
                            Template.builder()
                                    .text("password: ")
                                    .secret("made", Escape.YAML)
                                    .fact(Template.Fact.HOSTNAME, Escape.NONE)
                                    .fact(Template.Fact.MACHINE_ID, Escape.NONE)
                                    .build()))
                    .addUnit(Unit.named("app.service").set("Service", "ExecStart", "/bin/true"))
                    .addUnit(Unit.dropIn("nginx.service", "limits").set("Service", "LimitNOFILE", "65536"))
                    .addUnit(Unit.disabled("cron.service"))
                    .addUnit(Unit.masked("epmd.service"))
                    .addDataset(DatasetSpec.stack("app", "/srv/app")
                            .recordSize(ByteSize.kibibytes(16))
                            .share(50))
                    .addDataset(DatasetSpec.keep("archive", "/srv/archive").property("compression", "zstd"))
                    .addSecret(Secret.password("made", 32).readableBy("app"))
                    .addSecret(Secret.hex("random", 32))
                    .addSecret(Secret.supplied("given").checkedBy("#!/bin/sh\ncat\n"))
                    .addStep(FirstBootStep.script("once", "#!/bin/sh\ntrue\n")
                            .user("app")
                            .timeout(Duration.ofSeconds(90))
                            .before("app.service"))
                    .addStep(FirstBootStep.script("always", "#!/bin/sh\ntrue\n")
                            .everyBoot()
                            .after("app.service"))
                    .addPort(Port.tcp(443, "web"))
                    .addPort(Port.udp(3478, "calls"))
                    .addPort(Port.tcp(8080, "inside").loopback())
                    .addProbe(Probe.command("command", "/bin/true"))
                    .addProbe(Probe.http("http", "http://localhost:8080/", 200))
                    .addProbe(new Probe.Tls(
                            "tls",
                            443,
                            Probe.StartTls.NONE,
                            DomainName.of("www.example.com"),
                            UnixPath.of("/var/lib/firstboot/ca/ca.pem")))
                    .build())
            .build();

    private static FileEntry of(String path, Content content) {
        return new FileEntry(UnixPath.of(path), content, FileMode.of(0644), "root", "root");
    }

    @Test
    void toJson_ofEverything_isTheGoldenFile() {
        assertThat(EVERYTHING.toJson().strip()).isEqualTo(GOLDEN.strip());
    }

    @Test
    void fromJson_goldenFile_isTheSameImage() {
        assertThat(Image.fromJson(GOLDEN)).isEqualTo(EVERYTHING);
    }

    /** A new kind, state or secret is not in this test unless it is in the golden file. */
    @Test
    void goldenFile_always_hasEveryWordThatThereIs() {
        Stream<Enum<?>> words = Stream.<Enum<?>[]>of(
                        Unit.State.values(),
                        DatasetSpec.Placement.values(),
                        Secret.Kind.values(),
                        FirstBootStep.When.values(),
                        Port.Protocol.values(),
                        Port.Exposure.values(),
                        Template.Fact.values())
                .flatMap(Stream::of);

        assertThat(words).allSatisfy(word -> assertThat(GOLDEN).contains("\"" + word.name() + "\""));
        for (String kind : List.of(
                "text",
                "bytes",
                "directory",
                "symlink",
                "file",
                "resource",
                "template",
                "secret",
                "fact",
                "command",
                "http",
                "tls")) {
            assertThat(GOLDEN).contains("\"kind\" : \"" + kind + "\"");
        }
    }
}
