package dev.firstboot.bake.firstboot;

import dev.firstboot.bake.scan.Finding;
import dev.firstboot.bake.scan.ScanSubject;
import dev.firstboot.bake.scan.SecretScanner;
import dev.firstboot.bake.step.Progress;
import dev.firstboot.bake.step.StepContext;
import dev.firstboot.bake.step.StepException;
import dev.firstboot.bake.step.StepRunner;
import dev.firstboot.bake.tree.MergedTree;
import dev.firstboot.image.Download;
import dev.firstboot.image.Recipe;
import dev.firstboot.plan.Configure;
import dev.firstboot.plan.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Lays the image out over the installed system, then reads the whole tree again and refuses what no image may contain. */
public final class ConfigureStep implements StepRunner<Configure> {
    private static final int SHOWN = 40;

    @Override
    public Class<Configure> type() {
        return Configure.class;
    }

    @Override
    public void run(Configure work, StepContext context) throws IOException, InterruptedException {
        Path base = context.input(work.system());
        Map<Download, Path> fetched = fetch(work, context);
        Path overlay = context.output(Steps.OVERLAY_TAR);
        Layout layout = Layout.of(base);
        FirstBoot.layOut(work, layout, download -> Objects.requireNonNull(fetched.get(download)));
        layout.overlay().write(overlay);
        layout.removals().write(context.output(Steps.REMOVALS));

        MergedTree merged = new MergedTree(base, overlay, layout.removals());
        Progress progress = new Progress(context.reporter(), SecretScanner.length(merged));
        List<Finding> findings = SecretScanner.scan(subject(work, context, merged, layout), progress::at)
                .findings();
        if (!findings.isEmpty()) {
            throw refusal(work.name(), findings);
        }
    }

    private static ScanSubject subject(Configure work, StepContext context, MergedTree merged, Layout layout)
            throws IOException {
        List<String> privatePackages = Files.readAllLines(context.input(Steps.RESOLVE, Steps.PRIVATE_LOCK));
        Map<String, String> made = new HashMap<>();
        for (Recipe recipe : work.recipes()) {
            recipe.sources()
                    .forEach(source -> made.put(
                            "/etc/apt/sources.list.d/" + source.name() + ".sources", "a package source of a recipe"));
        }
        return new ScanSubject(
                merged,
                layout.tree(),
                privatePackages,
                work.recipes().stream()
                        .flatMap(recipe -> recipe.allowed().stream())
                        .toList(),
                made);
    }

    private static StepException refusal(String name, List<Finding> findings) {
        StringBuilder message = new StringBuilder("the image would hold what no image may hold:");
        findings.stream().limit(SHOWN).forEach(finding -> message.append("\n  ").append(finding));
        if (findings.size() > SHOWN) {
            message.append("\n  and ").append(findings.size() - SHOWN).append(" more");
        }
        return new StepException(
                message.toString(),
                "leave a file out of " + name
                        + " with Recipe.Builder.addRemoval(\"/its/path\"), and make it in a"
                        + " step at first boot if it is needed; allow one that every machine may share with Recipe.Builder.allow(\"/its/path\")");
    }

    private static Map<Download, Path> fetch(Configure work, StepContext context)
            throws IOException, InterruptedException {
        Map<Download, Path> fetched = new HashMap<>();
        Path directory = Files.createDirectories(context.scratch().resolve("downloads"));
        for (Recipe recipe : work.recipes()) {
            for (Download download : recipe.downloads()) {
                Path file = directory.resolve(download.digest().hex());
                if (!Files.exists(file)) {
                    new Fetch(context.host(), context.reporter()).fetch(download, recipe.name(), file);
                }
                fetched.put(download, file);
            }
        }
        return fetched;
    }
}
