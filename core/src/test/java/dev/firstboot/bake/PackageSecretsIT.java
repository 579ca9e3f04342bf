package dev.firstboot.bake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.image.Image;
import dev.firstboot.image.PackageSource;
import dev.firstboot.image.Recipe;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.plan.RootfsTar;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real packages that bring, or make while they are installed, what no two machines may share. */
class PackageSecretsIT {
    @TempDir
    private Path directory;

    @AfterEach
    void nothingIsDelivered() {
        assertThat(directory.resolve("site.tar")).doesNotExist();
    }

    @Test
    void bake_packagesThatMakeIdentities_failsAndNamesEachWithItsPackage() {
        Recipe recipe = Recipe.builder("site")
                .addPackages("nvme-cli", "open-iscsi", "munge", "bind9", "popularity-contest")
                .build();

        assertThatThrownBy(() -> bake(recipe)).isInstanceOfSatisfying(BakeException.class, e -> {
            assertThat(e.getMessage().lines())
                    .anyMatch(line -> isAbout(line, "/etc/nvme/hostnqn", "nvme-cli"))
                    .anyMatch(line -> isAbout(line, "/etc/nvme/hostid", "nvme-cli"))
                    .anyMatch(line -> isAbout(line, "/etc/iscsi/initiatorname.iscsi", "open-iscsi"))
                    .anyMatch(line -> isAbout(line, "/etc/munge/munge.key", "munge"))
                    .anyMatch(line -> isAbout(line, "/etc/bind/rndc.key", "bind9"))
                    .anyMatch(line -> isAbout(line, "/etc/popularity-contest.conf", "popularity-contest"));
            assertThat(e.hint()).contains("addRemoval", "allow");
        });
    }

    @Test
    void bake_packageFromElsewhereWithAKey_isRefused() throws Exception {
        Path repository = repository();
        PackageSource source = new PackageSource(
                "ours",
                URI.create("copy:" + repository),
                "./",
                List.of(),
                Files.readString(repository.resolve("key.asc")));
        Recipe recipe =
                Recipe.builder("site").addSource(source).addPackage("ours").build();

        assertThatThrownBy(() -> bake(recipe))
                .isInstanceOf(BakeException.class)
                .hasMessageContaining("/usr/lib/ours/server.pem holds a private key (shipped by ours)");
    }

    private void bake(Recipe recipe) {
        Image image = Image.builder().name("site").recipe(recipe).build();
        try (Bakery bakery =
                Bakery.builder().cacheDirectory(RealSteps.sharedCache()).build()) {
            bakery.bake(image, RootfsTar.to(directory.resolve("site.tar")));
        }
    }

    private static boolean isAbout(String line, String path, String maker) {
        return line.strip().startsWith(path + " holds ") && line.contains(maker);
    }

    /** A flat repository, signed, with one package that ships a private key. */
    private Path repository() throws Exception {
        Path content = Files.createDirectories(directory.resolve("package/usr/lib/ours"));
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        Files.writeString(
                content.resolve("server.pem"),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(
                                        generator.generateKeyPair().getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        Path control = Files.createDirectory(directory.resolve("package/DEBIAN"));
        Files.writeString(control.resolve("control"), """
                Package: ours
                Version: 1
                Architecture: all
                Maintainer: nobody <nobody@example.com>
                Description: has a key
                """);
        // Packages are installed by another user than this one, who must be able to read them.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path repository = Files.createDirectory(directory.resolve("repository"));
        shell(repository, """
                dpkg-deb --root-owner-group --build ../package ours_1_all.deb
                dpkg-scanpackages . > Packages
                printf 'Suite: ours\\nDate: %s\\nSHA256:\\n %s %s Packages\\n' "$(date -Ru)" \\
                  "$(sha256sum Packages | cut -d' ' -f1)" "$(stat -c %s Packages)" > Release
                mkdir -m 0700 ../gnupg
                export GNUPGHOME=$PWD/../gnupg
                gpg --batch --passphrase '' --quick-generate-key ours@example.com ed25519 sign 0
                gpg --batch --clearsign -o InRelease Release
                gpg --armor --export > key.asc
                gpgconf --kill all
                """);
        return repository;
    }

    private static void shell(Path directory, String script) throws IOException {
        Path file = Files.writeString(directory.resolveSibling("make.sh"), "set -eu\n" + script);
        Tool.of("sh", "dash").run(file.toString()).directory(directory).execute();
    }
}
