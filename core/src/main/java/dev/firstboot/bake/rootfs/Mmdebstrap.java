package dev.firstboot.bake.rootfs;

import dev.firstboot.bake.step.HostSettings;
import dev.firstboot.bake.step.StepException;
import dev.firstboot.bake.step.StepReporter;
import dev.firstboot.bake.tree.Overlay;
import dev.firstboot.bake.tree.TarTimes;
import dev.firstboot.image.Image;
import dev.firstboot.internal.tool.ShellWords;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.internal.tool.ToolException;
import dev.firstboot.internal.tool.ToolRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Installs packages into a new tree by mmdebstrap, as root or in its {@code unshare} mode. Nothing that is installed is started. What depends on the host
 * or the moment (host name, resolver, machine-id, logs, apt's lists) does not stay; what is
 * made at this moment, and not by a package's builder, gets the time of all that is laid over it. So the same packages make the same tree.
 */
public final class Mmdebstrap {
    private static final Tool MMDEBSTRAP = Tool.of("mmdebstrap", "mmdebstrap");
    private static final String PREFERENCES = "/etc/apt/preferences.d/firstboot-lock";

    private final Image image;
    private final HostSettings host;
    private final StepReporter reporter;
    private final Path scratch;

    /** {@code scratch} is an empty directory. */
    public Mmdebstrap(Image image, HostSettings host, StepReporter reporter, Path scratch) {
        this.image = image;
        this.host = host;
        this.reporter = reporter;
        this.scratch = scratch;
    }

    /**
     * Installs the packages of {@code lock}, in these versions and no others, into {@code tar}.
     *
     * @throws StepException if the archive no longer has them
     */
    public void install(PackageVersions lock, PackageSources sources, Path tar) throws IOException {
        Sandbox.check();
        Path status = scratch.resolve("status");
        List<String> arguments = new ArrayList<>(List.of(
                "--variant=apt",
                "--mode=" + Sandbox.mode(),
                "--format=tar",
                "--verbose",
                "--architectures=amd64",
                "--include=" + String.join(",", Resolver.wanted(image)),
                "--aptopt=APT::Install-Recommends \"0\"",
                "--dpkgopt=force-unsafe-io",
                "--setup-hook=upload " + quoted(preferences(lock)) + " " + PREFERENCES));
        Path directory = Files.createDirectory(scratch.resolve("sources"));
        for (Path file : sources.writeOthers(directory)) {
            arguments.add("--setup-hook=upload " + quoted(file) + " /etc/apt/sources.list.d/" + file.getFileName());
        }
        arguments.add("--customize-hook=chroot \"$1\" rm -f " + PREFERENCES
                + " /etc/apt/apt.conf.d/99mmdebstrap /etc/dpkg/dpkg.cfg.d/99mmdebstrap /etc/hostname /etc/resolv.conf");
        arguments.add("--customize-hook=download /var/lib/dpkg/status " + quoted(status));
        long now = System.currentTimeMillis() / 1000;
        arguments.addAll(List.of(image.release().suite(), tar.toString()));
        arguments.addAll(sources.debian());
        execute(arguments, lock.size(), now);
        TarTimes.replace(tar, now, Overlay.TIME);
        check(lock, DpkgStatus.read(status));
    }

    /** mmdebstrap gives {@code now} to all that it makes. */
    private void execute(List<String> arguments, int packages, long now) {
        AtomicLong done = new AtomicLong();
        ToolRun run = AptRoot.withProxy(MMDEBSTRAP.run(arguments.toArray(String[]::new)), host)
                .env("SOURCE_DATE_EPOCH", Long.toString(now))
                .env("TMPDIR", scratch.toString())
                .tail(80)
                .grace(Duration.ofSeconds(20))
                .onLine(line -> {
                    reporter.toolOutput(line);
                    if (line.startsWith("Setting up ")) {
                        reporter.items(Math.min(done.incrementAndGet(), packages), packages);
                    }
                });
        reporter.items(0, packages);
        try {
            run.execute();
        } catch (ToolException e) {
            throw AptProblems.explain(e, image);
        }
    }

    private Path preferences(PackageVersions lock) throws IOException {
        return Files.writeString(scratch.resolve("preferences"), lock.toPreferences());
    }

    private static void check(PackageVersions wanted, PackageVersions installed) {
        if (!wanted.equals(installed)) {
            PackageVersions other = PackageVersions.parse(wanted.specs().stream()
                    .filter(spec -> !installed.specs().contains(spec))
                    .toList());
            PackageVersions more = installed.without(wanted);
            throw new StepException(
                    "the archive has moved on: it no longer gives " + other.specs()
                            + (more.size() == 0 ? "" : ", and adds " + more.specs()),
                    "bake with Bakery.builder().refreshPackages() to take the current versions");
        }
    }

    private static String quoted(Path path) {
        return ShellWords.quote(path.toString());
    }
}
