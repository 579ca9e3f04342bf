package dev.firstboot.bake.rootfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostSourcesTest {
    @TempDir
    Path apt;

    @Test
    void read_oneLineForm_findsBothArchives() throws IOException {
        write("sources.list", """
                # deb http://old.example/debian trixie main
                deb [arch=amd64] http://mirror.example/debian trixie main contrib # ours
                deb http://mirror.example/security trixie-security main
                """);

        assertThat(HostSources.read(apt).main()).contains("http://mirror.example/debian");
        assertThat(HostSources.read(apt).security()).contains("http://mirror.example/security");
    }

    @Test
    void read_stanzas_findsBothArchives() throws IOException {
        write("sources.list.d/debian.sources", """
                Types: deb deb-src
                # a remark
                URIs: http://mirror.example/debian
                Suites: bookworm bookworm-updates
                Components: main
                Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

                Types: deb
                URIs: https://mirror.example/debian-security/
                Suites: bookworm-security
                Components: main
                """);

        assertThat(HostSources.read(apt).main()).contains("http://mirror.example/debian");
        assertThat(HostSources.read(apt).security()).contains("https://mirror.example/debian-security/");
    }

    @Test
    void read_repositoriesOfOthers_arePassedOver() throws IOException {
        write("sources.list", """
                deb http://vendor.example/apt bookworm-vendor main
                deb [signed-by=/etc/apt/keyrings/vendor.asc] http://vendor.example bookworm main
                deb http://vendor.example/debian bookworm stable
                deb http://user:secret@mirror.example/debian bookworm main
                deb cdrom:[Debian]/ bookworm main
                """);

        assertThat(HostSources.read(apt).main()).isEmpty();
        assertThat(HostSources.read(apt).security()).isEmpty();
    }

    @Test
    void read_disabledOrSourceOnly_isPassedOver() throws IOException {
        write("sources.list.d/a.sources", """
                Types: deb-src
                URIs: http://a.example/debian
                Suites: trixie
                Components: main

                Enabled: no
                Types: deb
                URIs: http://b.example/debian
                Suites: trixie
                Components: main
                """);

        assertThat(HostSources.read(apt).main()).isEmpty();
    }

    @Test
    void read_hostWithoutApt_findsNothing() throws IOException {
        assertThat(HostSources.read(apt.resolve("none")).main()).isEmpty();
    }

    private void write(String name, String text) throws IOException {
        Path file = apt.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
