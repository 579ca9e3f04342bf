package dev.firstboot.workload.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.image.Release;
import dev.firstboot.image.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The configuration files as they stand in an image, to be read by people who know these servers. */
class GoldenFilesTest {
    @ParameterizedTest
    @CsvSource({
        "DEBIAN_12, ejabberd.yml, /etc/ejabberd/ejabberd.yml",
        "DEBIAN_12, nginx.conf, /etc/nginx/conf.d/xmpp.conf",
        "DEBIAN_12, nginx-main.conf, /etc/nginx/nginx.conf",
        "DEBIAN_12, postgresql.conf, /etc/postgresql/15/main/postgresql.conf",
        "DEBIAN_12, pg_hba.conf, /etc/postgresql/15/main/pg_hba.conf",
        "DEBIAN_13, ejabberd.yml, /etc/ejabberd/ejabberd.yml",
        "DEBIAN_13, nginx.conf, /etc/nginx/conf.d/xmpp.conf",
        "DEBIAN_13, nginx-main.conf, /etc/nginx/nginx.conf",
        "DEBIAN_13, postgresql.conf, /etc/postgresql/17/main/postgresql.conf",
        "DEBIAN_13, pg_hba.conf, /etc/postgresql/17/main/pg_hba.conf",
    })
    void recipe_file_isTheGoldenOne(Release release, String golden, String path) {
        RecipeFiles files = new RecipeFiles(Xmpp.cluster("chat.example.com").recipe(release));

        assertThat(files.text(path))
                .isEqualTo(Resources.text(GoldenFilesTest.class, "debian-" + release.version() + "/" + golden));
    }
}
