package dev.firstboot.examples;

import dev.firstboot.artifact.DiskImage;
import dev.firstboot.examples.report.Checks;
import dev.firstboot.examples.report.Result;
import dev.firstboot.examples.report.Table;
import dev.firstboot.image.Image;
import dev.firstboot.machine.Machine;
import dev.firstboot.machine.qemu.Accelerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a quickstart saw, for people and for programs. */
final class Summary {
    private static final List<Integer> PORTS = List.of(5222, 5269, 80, 443);
    private static final Map<String, String> TITLES = new LinkedHashMap<>();

    static {
        TITLES.put("resolve", "package versions chosen");
        TITLES.put("rootfs", "packages installed");
        TITLES.put("modules", "ZFS modules built");
        TITLES.put("system", "boot files made");
        TITLES.put("configure", "configuration laid out");
        TITLES.put("disk", "disk and ZFS pool written");
        TITLES.put("bootToReady", "first boot until ready");
        TITLES.put("secondBootToReady", "second boot until ready");
        TITLES.put("login", "login");
    }

    private final Image image;
    private final DiskImage disk;
    private final Machine machine;
    private final Stages stages;
    private final Checks checks;

    Summary(Image image, DiskImage disk, Machine machine, Stages stages, Checks checks) {
        this.image = image;
        this.disk = disk;
        this.machine = machine;
        this.stages = stages;
        this.checks = checks;
    }

    Table table() {
        Table table = new Table(image.name() + " · " + image.release() + " · "
                + (checks.passed() ? "all as it should be" : "something is wrong"));
        for (Checks.Check check : checks.done()) {
            table.row(check.passed() ? "✓" : "✗", check.name(), seconds(check.seconds()), check.detail());
        }
        table.section();
        Map<String, Double> seconds = stages.seconds();
        TITLES.forEach((stage, title) -> {
            if (seconds.containsKey(stage)) {
                String kept = stages.cached().contains(stage) ? "kept from before" : "";
                table.row(title, seconds(seconds.get(stage)), kept);
            }
        });
        table.section()
                .row("image", (imageBytes() >> 20) + " MiB", disk.path().toString())
                .row("packages", Integer.toString(packages()), "")
                .row(
                        "processor",
                        accelerator(),
                        Table.beginning(Accelerator.ofThisHost().reason()));
        ports().forEach((inside, here) -> table.row("port " + inside, "127.0.0.1:" + here, ""));
        return table;
    }

    Result result() {
        return new Result(stages.seconds(), stages.cached(), imageBytes(), accelerator(), packages(), ports());
    }

    private Map<String, Integer> ports() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        PORTS.forEach(
                port -> ports.put(Integer.toString(port), machine.endpoint(port).getPort()));
        return ports;
    }

    private int packages() {
        return disk.manifest().packages().size();
    }

    private static String accelerator() {
        return Accelerator.ofThisHost().kind().name().toLowerCase(Locale.ROOT);
    }

    private long imageBytes() {
        try {
            return Files.size(disk.path());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot see how large " + disk.path() + " is", e);
        }
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%7.1f s", seconds);
    }
}
