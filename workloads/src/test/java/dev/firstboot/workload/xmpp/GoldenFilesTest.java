package dev.firstboot.workload.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.image.Release;
import dev.firstboot.image.Resources;
import dev.firstboot.workload.ImageFiles;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The configuration files as they stand in an image, to be read by people who know these servers. */
class GoldenFilesTest {
    @ParameterizedTest
    @CsvSource({
        "DEBIAN_12, ejabberd.yml, /etc/ejabberd/ejabberd.yml",
        "DEBIAN_12, nginx.conf, /etc/nginx/conf.d/chat.example.com.conf",
        "DEBIAN_12, nginx-upload.conf, /etc/nginx/conf.d/upload.chat.example.com.conf",
        "DEBIAN_12, nginx-console.conf, /etc/nginx/conf.d/localhost-5281.conf",
        "DEBIAN_12, nginx-others.conf, /etc/nginx/conf.d/others.conf",
        "DEBIAN_12, certificate.json, /usr/lib/firstboot-tls/certificates/chat.example.com.json",
        "DEBIAN_12, nginx-main.conf, /etc/nginx/nginx.conf",
        "DEBIAN_12, postgresql.conf, /etc/postgresql/15/main/postgresql.conf",
        "DEBIAN_12, pg_hba.conf, /etc/postgresql/15/main/pg_hba.conf",
        "DEBIAN_13, ejabberd.yml, /etc/ejabberd/ejabberd.yml",
        "DEBIAN_13, nginx.conf, /etc/nginx/conf.d/chat.example.com.conf",
        "DEBIAN_13, nginx-upload.conf, /etc/nginx/conf.d/upload.chat.example.com.conf",
        "DEBIAN_13, nginx-console.conf, /etc/nginx/conf.d/localhost-5281.conf",
        "DEBIAN_13, nginx-others.conf, /etc/nginx/conf.d/others.conf",
        "DEBIAN_13, certificate.json, /usr/lib/firstboot-tls/certificates/chat.example.com.json",
        "DEBIAN_13, nginx-main.conf, /etc/nginx/nginx.conf",
        "DEBIAN_13, postgresql.conf, /etc/postgresql/17/main/postgresql.conf",
        "DEBIAN_13, pg_hba.conf, /etc/postgresql/17/main/pg_hba.conf",
    })
    void recipe_file_isTheGoldenOne(Release release, String golden, String path) {
        ImageFiles files = ImageFiles.of(Xmpp.cluster("chat.example.com"), release);

        assertThat(files.text(path))
                .isEqualTo(Resources.text(GoldenFilesTest.class, "debian-" + release.version() + "/" + golden));
    }
}
