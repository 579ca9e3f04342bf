package dev.firstboot.bake;

import dev.firstboot.image.PackageSource;
import dev.firstboot.internal.tool.Tool;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/** A flat apt repository of our own, signed by a key of our own. */
final class OwnRepository {
    private final Path place;
    private final Path repository;

    /** An empty one below {@code directory}, which other users can read from now on: it is not this user who installs packages. */
    OwnRepository(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        place = Files.createDirectory(directory.resolve("own"));
        repository = Files.createDirectory(place.resolve("repository"));
        shell("""
                mkdir -m 0700 ../gnupg
                export GNUPGHOME=$PWD/../gnupg
                gpg --batch --passphrase '' --quick-generate-key ours@example.com ed25519 sign 0
                gpg --armor --export > key.asc
                gpgconf --kill all
                """);
    }

    /** Adds a package with these files, by path without a slash in front. */
    void add(String name, String version, Map<String, String> files) throws IOException {
        Path content = Files.createDirectories(place.resolve(name + "_" + version));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = content.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        Path control = Files.createDirectories(content.resolve("DEBIAN"));
        Files.writeString(control.resolve("control"), """
                Package: %s
                Version: %s
                Architecture: all
                Maintainer: nobody <nobody@example.com>
                Description: of our own
                """.formatted(name, version));
        shell("for script in " + control + "/*inst; do [ ! -e $script ] || chmod 0755 $script; done");
        shell("dpkg-deb --root-owner-group --build " + content + " " + name + "_" + version + "_all.deb");
        publish();
    }

    /** Takes all versions of a package away. */
    void remove(String name) throws IOException {
        shell("rm " + name + "_*.deb");
        publish();
    }

    private void publish() throws IOException {
        shell("""
                export GNUPGHOME=$PWD/../gnupg
                dpkg-scanpackages --multiversion . > Packages
                printf 'Suite: ours\\nDate: %s\\nSHA256:\\n %s %s Packages\\n' "$(date -Ru)" \\
                  "$(sha256sum Packages | cut -d' ' -f1)" "$(stat -c %s Packages)" > Release
                rm -f InRelease
                gpg --batch --clearsign -o InRelease Release
                gpgconf --kill all
                """);
    }

    /** How a recipe names it. */
    PackageSource source() throws IOException {
        return new PackageSource(
                "ours",
                URI.create("copy:" + repository),
                "./",
                List.of(),
                Files.readString(repository.resolve("key.asc")));
    }

    private void shell(String script) throws IOException {
        Path file = Files.writeString(place.resolve("make.sh"), "set -eu\n" + script);
        Tool.of("sh", "dash").run(file.toString()).directory(repository).execute();
    }
}
