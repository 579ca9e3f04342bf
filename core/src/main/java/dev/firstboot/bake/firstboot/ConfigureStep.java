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
import dev.firstboot.image.Image;
import dev.firstboot.image.Recipe;
import dev.firstboot.plan.Step.Input;
import dev.firstboot.plan.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Lays the image out over the installed system, then reads the whole of it again and refuses what no image may hold. */
public final class ConfigureStep implements StepRunner {
    private static final int SHOWN = 40;
    private static final String FINGERPRINT = OwnCode.digest().toString();

    @Override
    public void run(StepContext context) throws IOException, InterruptedException {
        Input system = context.step().inputs().get(0);
        Path base = context.input(system.step(), system.output());
        Map<Download, Path> fetched = fetch(context);
        Path overlay = context.output(Steps.OVERLAY_TAR);
        Layout layout = Layout.of(base);
        FirstBoot.layOut(
                context.image(),
                layout,
                system.step().equals(Steps.SYSTEM),
                download -> Objects.requireNonNull(fetched.get(download)));
        layout.overlay().write(overlay);
        layout.removals().write(context.output(Steps.REMOVALS));

        MergedTree merged = new MergedTree(base, overlay, layout.removals());
        Progress progress = new Progress(context.reporter(), SecretScanner.length(merged));
        List<Finding> findings = SecretScanner.scan(subject(context, merged, layout), progress::at)
                .findings();
        if (!findings.isEmpty()) {
            throw refusal(context, findings);
        }
    }

    @Override
    public String fingerprint() {
        return FINGERPRINT;
    }

    private static ScanSubject subject(StepContext context, MergedTree merged, Layout layout) throws IOException {
        Image image = context.image();
        List<String> privatePackages = new ArrayList<>();
        Map<String, String> made = new HashMap<>();
        for (Input input : context.step().inputs()) {
            if (input.output().equals(Steps.PRIVATE_LOCK)) {
                privatePackages.addAll(Files.readAllLines(context.input(input.step(), input.output())));
            }
        }
        for (Recipe recipe : image.recipes()) {
            recipe.sources()
                    .forEach(source -> made.put(
                            "/etc/apt/sources.list.d/" + source.name() + ".sources", "a package source of a recipe"));
        }
        return new ScanSubject(
                merged,
                layout.tree(),
                privatePackages,
                image.recipes().stream()
                        .flatMap(recipe -> recipe.allowed().stream())
                        .toList(),
                made);
    }

    private static StepException refusal(StepContext context, List<Finding> findings) {
        StringBuilder message = new StringBuilder("the image would hold what no image may hold:");
        findings.stream().limit(SHOWN).forEach(finding -> message.append("\n  ").append(finding));
        if (findings.size() > SHOWN) {
            message.append("\n  and ").append(findings.size() - SHOWN).append(" more");
        }
        return new StepException(
                message.toString(),
                "leave a file out of " + context.image().name()
                        + " with Recipe.Builder.addRemoval(\"/its/path\"), and make it in a"
                        + " step at first boot if it is needed; allow one that every machine may share with Recipe.Builder.allow(\"/its/path\")");
    }

    private static Map<Download, Path> fetch(StepContext context) throws IOException, InterruptedException {
        Map<Download, Path> fetched = new HashMap<>();
        Path directory = Files.createDirectories(context.scratch().resolve("downloads"));
        for (Recipe recipe : context.image().recipes()) {
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
