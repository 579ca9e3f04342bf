package dev.firstboot.bake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.image.Image;
import dev.firstboot.image.Recipe;
import dev.firstboot.plan.RootfsTar;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Map;
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
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        String key = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        OwnRepository repository = new OwnRepository(directory);
        repository.add("ours", "1", Map.of("usr/lib/ours/server.pem", key));
        Recipe recipe = Recipe.builder("site")
                .addSource(repository.source())
                .addPackage("ours")
                .build();

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
}
