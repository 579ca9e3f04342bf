package dev.firstboot.bake.firstboot;

import dev.firstboot.bake.scan.Finding;
import dev.firstboot.bake.scan.SecretScanner;
import dev.firstboot.bake.step.Progress;
import dev.firstboot.bake.step.StepContext;
import dev.firstboot.bake.step.StepException;
import dev.firstboot.bake.step.StepRunner;
import dev.firstboot.bake.tree.MergedTree;
import dev.firstboot.image.Download;
import dev.firstboot.image.Recipe;
import dev.firstboot.plan.Step.Input;
import dev.firstboot.plan.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Progress progress = new Progress(context.reporter(), merged.length());
        List<Finding> findings = SecretScanner.scan(merged, progress::at);
        if (!findings.isEmpty()) {
            throw refusal(context, findings);
        }
    }

    @Override
    public String fingerprint() {
        return FINGERPRINT;
    }

    private static StepException refusal(StepContext context, List<Finding> findings) {
        StringBuilder message = new StringBuilder("the image would hold what each machine must have for itself:");
        findings.stream().limit(SHOWN).forEach(finding -> message.append("\n  ").append(finding));
        if (findings.size() > SHOWN) {
            message.append("\n  and ").append(findings.size() - SHOWN).append(" more");
        }
        return new StepException(
                message.toString(),
                "leave these files out of " + context.image().name()
                        + " (Recipe.Builder.addRemoval) or make them at first boot");
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
