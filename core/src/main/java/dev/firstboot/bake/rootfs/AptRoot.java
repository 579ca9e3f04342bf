package dev.firstboot.bake.rootfs;

import dev.firstboot.bake.step.HostSettings;
import dev.firstboot.bake.step.StepReporter;
import dev.firstboot.image.PackageName;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.internal.tool.ToolException;
import dev.firstboot.internal.tool.ToolRun;
import dev.firstboot.plan.PackageChoice;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An apt separate from the host's: resolves and downloads what would be installed on an empty machine. Installs nothing, and needs no privileges.
 * Everything it fetches is verified with the keys of its sources.
 */
public final class AptRoot {
    private static final Tool APT_GET = Tool.of("apt-get", "apt");
    private static final Tool APT_CACHE = Tool.of("apt-cache", "apt");
    private static final Tool APT_CONFIG = Tool.of("apt-config", "apt");
    private static final int NOTHING_FOUND = 100;
    private static final Pattern INSTALL = Pattern.compile("Inst (\\S+) (?:\\[[^]]*] )?\\((\\S+) .*");
    private static final Pattern SOURCE = Pattern.compile("deb (?:\\[.*?] )?(\\S+) .*");
    private static final Pattern DOWNLOAD = Pattern.compile("'([^']+)' ([^_ ]+)_\\S+\\.deb .*");

    private final Path directory;
    private final Path status;
    private final PackageChoice choice;
    private final HostSettings host;
    private final StepReporter reporter;

    private AptRoot(Path directory, PackageChoice choice, HostSettings host, StepReporter reporter) {
        this.directory = directory;
        this.status = directory.resolve("var/lib/dpkg/status");
        this.choice = choice;
        this.host = host;
        this.reporter = reporter;
    }

    /** Creates one below {@code directory} and fetches the sources' package lists. */
    public static AptRoot create(
            Path directory, PackageSources sources, PackageChoice choice, HostSettings host, StepReporter reporter)
            throws IOException {
        for (String needed : List.of(
                "etc/apt/apt.conf.d",
                "etc/apt/preferences.d",
                "etc/apt/sources.list.d",
                "etc/apt/trusted.gpg.d",
                "var/lib/apt/lists/partial",
                "var/cache/apt/archives/partial",
                "var/lib/dpkg")) {
            Files.createDirectories(directory.resolve(needed));
        }
        Files.writeString(directory.resolve("etc/apt/sources.list"), String.join("\n", sources.debian()) + "\n");
        Files.writeString(directory.resolve("etc/apt/preferences.d/backports"), preferences(choice));
        sources.writeOthers(directory.resolve("etc/apt/sources.list.d"));
        Files.writeString(
                directory.resolve("apt.conf"),
                "Dir \"" + directory + "\";\nAPT::Architecture \"amd64\";\nAPT::Architectures { \"amd64\"; };\n"
                        + "APT::Install-Recommends \"0\";\nAPT::Sandbox::User \"\";\nAcquire::Languages \"none\";\n"
                        + "APT::Update::Error-Mode \"any\";\nAPT::Get::AllowUnauthenticated \"0\";\n"
                        + validity(host));
        AptRoot root = new AptRoot(directory, choice, host, reporter);
        root.pretendInstalled(null);
        root.execute(root.run(APT_GET, "update").onLine(reporter::toolOutput));
        return root;
    }

    /** Returns the apt_preferences(5) that prefer backports where requested. By itself, apt takes them only if there is nothing else. */
    private static String preferences(PackageChoice choice) {
        return choice.backports().stream()
                .map(source -> "Package: src:" + source + "\nPin: release n="
                        + choice.release().backports() + "\nPin-Priority: 990\n")
                .collect(Collectors.joining("\n"));
    }

    /** Returns the validity option: old versions are in old lists, which are signed but too old for apt's default check. */
    static String validity(HostSettings host) {
        return host.pinned().isPresent() ? "Acquire::Check-Valid-Until \"0\";" : "";
    }

    /** Prefers these versions wherever an archive has them. */
    void prefer(PackageVersions versions) throws IOException {
        Files.writeString(directory.resolve("etc/apt/preferences.d/pinned"), versions.toPreferences());
    }

    /** Adds what this apt needs to know of the host's network to the environment of {@code run}. */
    static ToolRun withProxy(ToolRun run, HostSettings host) {
        String proxy = host.proxy().map(URI::toString).orElseGet(AptRoot::hostProxy);
        return proxy.isEmpty() ? run : run.env("http_proxy", proxy).env("https_proxy", proxy);
    }

    /** Resolves as if a package existed that provides {@code zfs-modules}, or as if none did when {@code name} is null. */
    void pretendInstalled(@Nullable String name) throws IOException {
        Files.writeString(
                status,
                name == null
                        ? ""
                        : "Package: " + name
                                + "\nStatus: install ok installed\nMaintainer: Firstboot\nArchitecture: amd64\n"
                                + "Version: 1\nProvides: zfs-modules\nDescription: made by the bake\n\n");
    }

    /** Returns the versions of Debian's essential packages, of {@code packages} and of all their dependencies. */
    PackageVersions resolve(List<String> packages) {
        String suite =
                "^" + Pattern.quote(choice.release().suite()).replace("\\Q", "").replace("\\E", "") + "$";
        String essential =
                "?narrow(?or(?archive(" + suite + "),?codename(" + suite + ")),?architecture(amd64),?essential)";
        List<String> arguments = new ArrayList<>(List.of("install", "--simulate", "-y", essential, "apt"));
        arguments.addAll(packages);
        SortedMap<String, String> versions = new TreeMap<>();
        execute(run(APT_GET, arguments.toArray(String[]::new)).onOutput(line -> {
            Matcher install = INSTALL.matcher(line);
            if (install.matches()) {
                versions.put(install.group(1), install.group(2));
            }
        }));
        return new PackageVersions(versions);
    }

    /** Returns a field of the current version of a package; empty if there is none. */
    String field(String packageName, String field) {
        String text = run(APT_CACHE, "show", "--no-all-versions", packageName).text();
        return text.lines()
                .filter(line -> line.startsWith(field + ": "))
                .map(line -> line.substring(field.length() + 2))
                .findFirst()
                .orElse("");
    }

    /** Returns what apt knows about each of these. */
    StanzaReader show(PackageVersions versions) {
        StanzaReader reader = new StanzaReader();
        execute(run(APT_CACHE, "show").addAll(versions.specs()).onOutput(reader::line));
        return reader;
    }

    /** Returns whether the release's backports have any package built from this source package. */
    boolean hasBackport(PackageName source) {
        String suite = "^" + choice.release().backports() + "$";
        String name = "^" + source.value().replaceAll("[.+]", "[$0]") + "$";
        String pattern = "?narrow(?or(?archive(" + suite + "),?codename(" + suite + ")),?source-package(" + name + "))";
        return !run(APT_CACHE, "show", "--no-all-versions", pattern)
                .accept(0, NOTHING_FOUND)
                .text()
                .isEmpty();
    }

    /** Downloads exactly these versions into {@code target}. */
    public List<Path> download(PackageVersions versions, Path target) throws IOException {
        Files.createDirectories(target);
        DownloadProgress progress =
                new DownloadProgress(reporter, PackageSizes.sum(show(versions).sizesOf(versions), versions));
        execute(run(APT_GET, "download")
                .addAll(versions.specs())
                .directory(target)
                .onOutput(line -> {
                    reporter.toolOutput(line);
                    progress.line(line);
                })
                .onError(reporter::toolOutput));
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.toString().endsWith(".deb"))
                    .sorted()
                    .toList();
        }
    }

    /** Returns the names of those packages that apt would not fetch from the addresses in these lines of a sources.list(5), sorted. */
    List<String> notFrom(List<String> lines, PackageVersions versions) {
        List<String> archives = lines.stream()
                .map(line -> SOURCE.matcher(line))
                .filter(Matcher::matches)
                .map(source -> source.group(1))
                .map(uri -> uri.endsWith("/") ? uri : uri + "/")
                .toList();
        Set<String> others = new TreeSet<>(versions.byName().keySet());
        execute(run(APT_GET, "download", "--print-uris")
                .addAll(versions.specs())
                .onOutput(line -> {
                    Matcher download = DOWNLOAD.matcher(line);
                    if (download.matches() && archives.stream().anyMatch(download.group(1)::startsWith)) {
                        others.remove(download.group(2));
                    }
                }));
        return List.copyOf(others);
    }

    private ToolRun run(Tool tool, String... arguments) {
        return withProxy(tool.run(arguments), host)
                .env("APT_CONFIG", directory.resolve("apt.conf").toString())
                .env("DEBIAN_FRONTEND", "noninteractive");
    }

    private void execute(ToolRun run) {
        try {
            run.execute();
        } catch (ToolException e) {
            throw AptProblems.explain(e, choice, host);
        }
    }

    private static String hostProxy() {
        if (!APT_CONFIG.isInstalled()) {
            return "";
        }
        String line = APT_CONFIG
                .run("dump", "--format", "%v%n", "Acquire::http::Proxy")
                .text();
        return line.strip().equals("DIRECT") ? "" : line.strip();
    }
}
