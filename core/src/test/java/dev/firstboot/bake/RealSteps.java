package dev.firstboot.bake;

import dev.firstboot.bake.step.StepContext;
import dev.firstboot.bake.step.StepRunner;
import dev.firstboot.image.Image;
import dev.firstboot.plan.Disk;
import dev.firstboot.plan.Steps;
import dev.firstboot.plan.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The real steps of a bake up to one of them, and a look at what they made in place of the rest. */
public final class RealSteps {
    /** Looks at the inputs of the step it stands in for. */
    public interface Look {
        void at(StepContext context) throws IOException, InterruptedException;
    }

    private RealSteps() {}

    /** The cache that all tests with real packages share, so that kernel modules are compiled once. */
    public static Path sharedCache() {
        try (Bakery bakery = Bakery.create()) {
            return bakery.cacheDirectory();
        }
    }

    /** Bakes with the real steps before {@code step}, and looks at its inputs in its place. */
    public static void lookBefore(String step, Image image, Disk target, Look look) {
        try (Bakery bakery = Bakery.builder()
                .cacheDirectory(sharedCache())
                .runners(before(step, look))
                .build()) {
            bakery.bake(image, target);
        }
    }

    /** The real runners, but for {@code step}, where {@code look} is taken, and steps after it, which make empty files. */
    static Map<String, StepRunner<?>> before(String step, Look look) {
        Map<String, StepRunner<?>> runners = new HashMap<>(Runners.all());
        List<String> order =
                List.of(Steps.ROOTFS, Steps.MODULES, Steps.SYSTEM, Steps.CONFIGURE, Steps.DISK, Steps.ARCHIVE);
        for (String name : order) {
            if (order.indexOf(name) >= order.indexOf(step)) {
                runners.put(name, look(name.equals(step) ? look : context -> {}));
            }
        }
        return runners;
    }

    /** A runner that looks, and makes empty files. */
    static StepRunner<?> look(Look look) {
        return new Empty(look);
    }

    private static final class Empty implements StepRunner<Work> {
        @Override
        public Class<Work> type() {
            return Work.class;
        }

        private final Look look;

        Empty(Look look) {
            this.look = look;
        }

        /** Never the same, so that the look is taken each time. */
        @Override
        public String fingerprint() {
            return "look " + System.nanoTime();
        }

        @Override
        public void run(Work work, StepContext context) throws IOException, InterruptedException {
            look.at(context);
            for (String output : work.outputs()) {
                Files.createFile(context.output(output));
            }
        }
    }
}
