package dev.firstboot.bake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.firstboot.bake.step.StepRunner;
import dev.firstboot.image.Image;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Release;
import dev.firstboot.plan.Disk;
import dev.firstboot.plan.RootfsTar;
import dev.firstboot.plan.Steps;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Asks the real archive, and archives that are not what they should be. */
class ResolveIT {
    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(Release.class)
    void resolve_ofEachRelease_pinsKernelAndZfsTogether(Release release) throws IOException {
        List<String> kernel = new ArrayList<>();
        List<String> packages = new ArrayList<>();
        List<String> system = new ArrayList<>();
        Map<String, StepRunner> runners = RealSteps.before(Steps.MODULES, context -> {});
        runners.put(Steps.SYSTEM, RealSteps.look(context -> {
            kernel.addAll(Files.readAllLines(context.input(Steps.RESOLVE, Steps.KERNEL_LOCK)));
            system.addAll(Files.readAllLines(context.input(Steps.RESOLVE, Steps.SYSTEM_LOCK)));
        }));
        runners.put(
                Steps.ROOTFS,
                RealSteps.look(context ->
                        packages.addAll(Files.readAllLines(context.input(Steps.RESOLVE, Steps.PACKAGES_LOCK)))));

        try (Bakery bakery = bakery(Bakery.builder().runners(runners))) {
            bakery.bake(image(release, "nginx-light"), Disk.qcow2(directory.resolve("a.qcow2")));
        }

        assertThat(kernel)
                .hasSize(4)
                .first()
                .asString()
                .startsWith("package=linux-image-")
                .endsWith("-cloud-amd64");
        assertThat(kernel.get(3)).matches("zfs=2\\..*");
        assertThat(packages)
                .anyMatch(line -> line.startsWith("nginx-light="))
                .anyMatch(line -> line.startsWith("dash="))
                .noneMatch(line -> line.startsWith("linux-image"));
        assertThat(system)
                .anyMatch(line -> line.startsWith("zfs-initramfs="))
                .noneMatch(line -> line.startsWith("zfs-dkms") || line.startsWith("gcc"));
    }

    @Test
    void resolve_unknownPackage_namesItAndWhoAsked() {
        BakeException failure = failure(Bakery.builder(), image(Release.DEBIAN_13, "no-such-package"));

        assertThat(failure)
                .hasMessageContaining("step resolve")
                .hasMessageContaining("has no package 'no-such-package', which workload 'site' asks for");
    }

    @Test
    void resolve_archiveOutOfReach_saysSo() {
        BakeException failure = failure(
                Bakery.builder().mirror(URI.create("http://127.0.0.1:9/debian")), image(Release.DEBIAN_13, "nginx"));

        assertThat(failure)
                .hasMessageContaining("a package archive cannot be reached")
                .hasMessageContaining("127.0.0.1");
    }

    @Test
    void resolve_archiveWithBadSignature_installsNothing() throws IOException {
        String forged = """
                -----BEGIN PGP SIGNED MESSAGE-----
                Hash: SHA256

                Origin: Debian
                Suite: stable
                Codename: trixie
                Date: Sat, 01 Nov 2025 00:00:00 UTC
                Architectures: amd64
                Components: main contrib
                SHA256:
                -----BEGIN PGP SIGNATURE-----

                iQ==
                =AAAA
                -----END PGP SIGNATURE-----
                """;
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean signed = exchange.getRequestURI().getPath().endsWith("/InRelease");
            byte[] body = forged.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(signed ? 200 : 404, signed ? body.length : -1);
            if (signed) {
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
        server.start();
        try {
            URI mirror = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/debian");

            BakeException failure = failure(Bakery.builder().mirror(mirror), image(Release.DEBIAN_13, "nginx"));

            assertThat(failure).hasMessageContaining("a package archive is not what its key has signed");
        } finally {
            server.stop(0);
        }
    }

    private BakeException failure(Bakery.Builder builder, Image image) {
        Path target = directory.resolve("a.tar");
        try (Bakery bakery = bakery(builder)) {
            BakeException failure =
                    catchThrowableOfType(BakeException.class, () -> bakery.bake(image, RootfsTar.to(target)));
            assertThat(target).doesNotExist();
            return failure;
        }
    }

    private Bakery bakery(Bakery.Builder builder) {
        return builder.cacheDirectory(directory.resolve("cache")).build();
    }

    private static Image image(Release release, String packageName) {
        return Image.builder()
                .name("site")
                .release(release)
                .recipe(Recipe.builder("site").addPackage(packageName).build())
                .build();
    }
}
