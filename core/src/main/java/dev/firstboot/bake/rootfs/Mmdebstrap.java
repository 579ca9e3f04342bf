package dev.firstboot.bake.rootfs;

import dev.firstboot.bake.sandbox.Sandbox;
import dev.firstboot.bake.step.HostSettings;
import dev.firstboot.bake.step.StepException;
import dev.firstboot.bake.step.StepReporter;
import dev.firstboot.bake.tree.Overlay;
import dev.firstboot.bake.tree.TarTimes;
import dev.firstboot.internal.tool.ShellWords;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.internal.tool.ToolException;
import dev.firstboot.plan.PackageChoice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Installs packages into a new tree with mmdebstrap, in a sandbox. No installed service is started. What depends on the host or the time (host name,
 * resolver, machine-id, logs, apt's lists) is removed; files created now, rather than by a package's build, get the timestamp of the overlay. So the
 * same packages make the same tree.
 */
public final class Mmdebstrap {
    private static final Tool MMDEBSTRAP = Tool.of("mmdebstrap", "mmdebstrap");
    private static final String TAR = "rootfs.tar";
    private static final String STATUS = "status";
    private static final String PREFERENCES = "/etc/apt/preferences.d/firstboot-lock";

    private final PackageChoice choice;
    private final HostSettings host;
    private final StepReporter reporter;
    private final Path scratch;

    /** Creates the installer; {@code scratch} is an empty directory. */
    public Mmdebstrap(PackageChoice choice, HostSettings host, StepReporter reporter, Path scratch) {
        this.choice = choice;
        this.host = host;
        this.reporter = reporter;
        this.scratch = scratch;
    }

    /**
     * Installs the packages of {@code lock}, in exactly these versions, into {@code tar}.
     *
     * @param bytes the number of bytes to download; 0 if unknown
     * @throws StepException if the archive no longer has them
     */
    public void install(PackageVersions lock, long bytes, PackageSources sources, Path tar) throws IOException {
        MMDEBSTRAP.require();
        Sandbox sandbox = Sandbox.create(scratch.resolve("sandbox"));
        List<String> arguments = new ArrayList<>(List.of(
                "--variant=apt",
                "--mode=root",
                "--format=tar",
                "--verbose",
                "--architectures=amd64",
                "--include=" + String.join(",", choice.names()),
                "--aptopt=APT::Install-Recommends \"0\"",
                "--dpkgopt=force-unsafe-io",
                // mmdebstrap has copied the host's own files there.
                "--setup-hook=echo localhost >\"$1/etc/hostname\"; : >\"$1/etc/resolv.conf\"",
                upload(sandbox.write("preferences", utf8(lock.toPreferences())), PREFERENCES)));
        if (host.pinned().isPresent()) {
            arguments.add("--aptopt=" + AptRoot.validity(host));
        }
        Path others = sandbox.directory("sources");
        for (Path file : sources.writeOthers(others)) {
            String name = file.getFileName().toString();
            arguments.add(upload(sandbox.path("sources/" + name), "/etc/apt/sources.list.d/" + name));
        }
        arguments.add("--customize-hook=chroot \"$1\" rm -f " + PREFERENCES
                + " /etc/apt/apt.conf.d/99mmdebstrap /etc/dpkg/dpkg.cfg.d/99mmdebstrap /etc/hostname /etc/resolv.conf");
        arguments.add("--customize-hook=download /var/lib/dpkg/status " + sandbox.path(STATUS));
        long now = System.currentTimeMillis() / 1000;
        arguments.addAll(List.of(choice.release().suite(), sandbox.path(TAR)));
        arguments.addAll(sources.debian());
        execute(sandbox, arguments, lock.size(), bytes, now);
        TarTimes.replace(sandbox.take(TAR, tar), now, Overlay.TIME);
        check(lock, DpkgStatus.read(sandbox.take(STATUS, scratch.resolve(STATUS))));
    }

    /** Runs mmdebstrap, which gives the timestamp {@code now} to everything it creates. */
    private void execute(Sandbox sandbox, List<String> arguments, int packages, long bytes, long now)
            throws IOException {
        AtomicLong done = new AtomicLong();
        DownloadProgress downloads = new DownloadProgress(reporter, bytes);
        try {
            AptRoot.withProxy(sandbox.runOnline(MMDEBSTRAP.program()).addAll(arguments), host)
                    .env("SOURCE_DATE_EPOCH", Long.toString(now))
                    .env("TMPDIR", sandbox.path(""))
                    .tail(80)
                    .onLine(line -> {
                        reporter.toolOutput(line);
                        downloads.line(line);
                        if (line.startsWith("Setting up ")) {
                            reporter.items(Math.min(done.incrementAndGet(), packages), packages);
                        }
                    })
                    .execute();
        } catch (ToolException e) {
            throw AptProblems.explain(e, choice, host);
        }
    }

    private static String upload(String from, String to) {
        return "--setup-hook=upload " + ShellWords.quote(from) + " " + to;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void check(PackageVersions wanted, PackageVersions installed) {
        if (!wanted.equals(installed)) {
            PackageVersions other = PackageVersions.parse(wanted.specs().stream()
                    .filter(spec -> !installed.specs().contains(spec))
                    .toList());
            PackageVersions more = installed.without(wanted);
            throw new StepException(
                    "the archive has moved on: it no longer gives " + other.specs()
                            + (more.size() == 0 ? "" : ", and adds " + more.specs()),
                    AptProblems.wayOut(host));
        }
    }
}
