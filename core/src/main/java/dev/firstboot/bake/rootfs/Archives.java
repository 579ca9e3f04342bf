package dev.firstboot.bake.rootfs;

import dev.firstboot.bake.sandbox.Sandbox;
import dev.firstboot.bake.step.HostSettings;
import dev.firstboot.bake.step.StepException;
import dev.firstboot.image.Release;
import dev.firstboot.internal.tool.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Determines where to install Debian from: the caller's archive, else the one that the host's apt uses, else mmdebstrap's default. */
public final class Archives {
    private static final Tool MMDEBSTRAP = Tool.of("mmdebstrap", "mmdebstrap");
    private static final String LIST = "sources.list";
    private static final Path HOST_APT = Path.of("/etc/apt");

    private Archives() {}

    /** Returns the archive for {@code release}; {@code scratch} is a directory for temporary files. */
    public static DebianArchive find(Release release, HostSettings host, Path scratch) throws IOException {
        if (!Files.isReadable(Path.of(DebianArchive.KEYRING))) {
            throw new StepException(
                    "there are no keys to check Debian's archives with: " + DebianArchive.KEYRING + " is missing",
                    "install the package debian-archive-keyring: apt-get install debian-archive-keyring");
        }
        HostSources own = HostSources.read(HOST_APT);
        Optional<String> main = host.mirror().map(Object::toString).or(own::main);
        Optional<String> security = host.securityMirror().map(Object::toString).or(own::security);
        if (main.isPresent() && security.isPresent()) {
            return new DebianArchive(main.get(), security.get());
        }
        DebianArchive usual = usual(release, scratch);
        return new DebianArchive(main.orElse(usual.main()), security.orElse(usual.security()));
    }

    /** Returns what mmdebstrap would write into a sources.list; it creates an empty tree for that, and downloads nothing. */
    static DebianArchive usual(Release release, Path scratch) throws IOException {
        MMDEBSTRAP.require();
        Sandbox sandbox = Sandbox.create(scratch.resolve("usual-sources"));
        sandbox.run(MMDEBSTRAP.program(), "--variant=custom", "--skip=update,chroot/mount,cleanup")
                .add("--format=null", "--mode=root")
                .add("--setup-hook=download /etc/apt/sources.list " + sandbox.path(LIST))
                .add(release.suite(), "-")
                .env("TMPDIR", sandbox.path(""))
                .execute();
        List<String> lines = Files.readAllLines(sandbox.take(LIST, scratch.resolve(LIST)));
        return new DebianArchive(uri(lines, release.suite()), uri(lines, release.suite() + "-security"));
    }

    private static String uri(List<String> lines, String suite) {
        return lines.stream()
                .map(line -> line.replaceFirst("\\[[^]]*]", "").trim().split("\\s+"))
                .filter(words -> words.length > 3 && words[0].equals("deb") && words[2].equals(suite))
                .map(words -> words[1])
                .findFirst()
                .orElseThrow(() -> new StepException(
                        "mmdebstrap does not know where to install " + suite + " from",
                        "name an archive with Bakery.builder().mirror(...)"));
    }
}
