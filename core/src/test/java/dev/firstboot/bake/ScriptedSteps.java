package dev.firstboot.bake;

import dev.firstboot.bake.step.StepContext;
import dev.firstboot.bake.step.StepRunner;
import dev.firstboot.image.Digest;
import dev.firstboot.plan.Step;
import dev.firstboot.plan.Steps;
import dev.firstboot.plan.Work;
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

    /** The same, with what the step is told. */
    interface ToldAct {
        void run(Work work, StepContext context) throws IOException, InterruptedException;
    }

    private static final Digest NOTHING = Digest.sha256("0".repeat(64));

    final List<String> ran = new CopyOnWriteArrayList<>();
    private final Map<String, ToldAct> acts = new ConcurrentHashMap<>();
    private volatile String version = "1.26.3-3";

    /** From now on the archive has this version of nginx. */
    void archiveHas(String newVersion) {
        version = newVersion;
    }

    ScriptedSteps before(String step, Act act) {
        return beforeTold(step, (work, context) -> act.run(context));
    }

    ScriptedSteps beforeTold(String step, ToldAct act) {
        acts.put(step, act);
        return this;
    }

    Map<String, StepRunner<?>> runners() {
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

    private final class Scripted implements StepRunner<Work> {
        @Override
        public Class<Work> type() {
            return Work.class;
        }

        @Override
        public void run(Work work, StepContext context) throws IOException, InterruptedException {
            String step = work.step();
            ran.add(step);
            ToldAct act = acts.get(step);
            if (act != null) {
                act.run(work, context);
            }
            StringBuilder content = new StringBuilder(step + " " + new Step(work, NOTHING).parameters());
            for (Path input : context.inputs().values().stream().sorted().toList()) {
                content.append('\n').append(Files.readString(input));
            }
            for (String output : work.outputs()) {
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
