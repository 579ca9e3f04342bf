package dev.firstboot.bake;

import dev.firstboot.bake.step.StepContext;
import dev.firstboot.bake.step.StepRunner;
import dev.firstboot.plan.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runners that stand in for the real steps where only what goes on between steps is tried: each writes its parameters and the content of its inputs
 * into every output, so a result tells all that went into it. The archive of these steps has one package.
 */
final class ScriptedSteps {
    /** Something a step does before it writes its outputs. */
    interface Act {
        void run(StepContext context) throws IOException, InterruptedException;
    }

    final List<String> ran = new CopyOnWriteArrayList<>();
    private final Map<String, Act> acts = new ConcurrentHashMap<>();
    private volatile String version = "1.26.3-3";

    /** From now on the archive has this version of nginx. */
    void archiveHas(String newVersion) {
        version = newVersion;
    }

    ScriptedSteps before(String step, Act act) {
        acts.put(step, act);
        return this;
    }

    Map<String, StepRunner> runners() {
        return Stream.of(
                        Steps.RESOLVE,
                        Steps.ROOTFS,
                        Steps.MODULES,
                        Steps.SYSTEM,
                        Steps.CONFIGURE,
                        Steps.DISK,
                        Steps.ARCHIVE)
                .collect(Collectors.toMap(step -> step, step -> new Scripted()));
    }

    private final class Scripted implements StepRunner {
        @Override
        public void run(StepContext context) throws IOException, InterruptedException {
            String step = context.step().name();
            ran.add(step);
            Act act = acts.get(step);
            if (act != null) {
                act.run(context);
            }
            StringBuilder content =
                    new StringBuilder(step + " " + context.step().parameters());
            for (Path input : context.inputs().values().stream().sorted().toList()) {
                content.append('\n').append(Files.readString(input));
            }
            for (String output : context.step().outputs()) {
                Files.writeString(
                        context.output(output),
                        step.equals(Steps.RESOLVE) ? resolved(output, context) : content.toString());
            }
        }

        private String resolved(String output, StepContext context) {
            return switch (output) {
                case Steps.RESOLVED_AT -> context.host().clock().instant().toString();
                case Steps.SOURCE_PACKAGES -> "nginx nginx " + version + "\n";
                default -> "nginx=" + version;
            };
        }

        @Override
        public String fingerprint() {
            return "1";
        }
    }
}
