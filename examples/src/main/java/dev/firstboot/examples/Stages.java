package dev.firstboot.examples;

import dev.firstboot.bake.BakeEvent;
import dev.firstboot.bake.BakeListener;
import dev.firstboot.examples.report.Progress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows a bake's events as progress, and keeps how long each step took. Thread-safe. */
final class Stages implements BakeListener {
    private final Progress progress;
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private final List<String> cached = new ArrayList<>();

    Stages(Progress progress) {
        this.progress = progress;
    }

    /** Adds a stage that is no step of the bake. */
    synchronized void time(String stage, double took) {
        seconds.put(stage, Math.round(took * 1000) / 1000.0);
    }

    /** Seconds by stage, in the order in which they ended. */
    synchronized Map<String, Double> seconds() {
        return new LinkedHashMap<>(seconds);
    }

    /** The steps whose result was there already. */
    synchronized List<String> cached() {
        return List.copyOf(cached);
    }

    @Override
    public void on(BakeEvent event) {
        if (event instanceof BakeEvent.Started started) {
            progress.started(started.step(), started.title());
        } else if (event instanceof BakeEvent.Progressed progressed) {
            show(progressed);
        } else if (event instanceof BakeEvent.ToolOutput output) {
            progress.detail(output.step(), output.line());
        } else if (event instanceof BakeEvent.Corrupted corrupted) {
            progress.finished(corrupted.step(), "what was kept is damaged; it is made again");
        } else if (event instanceof BakeEvent.Finished finished) {
            keep(finished);
        }
    }

    private void show(BakeEvent.Progressed progressed) {
        boolean bytes = progressed.unit() == BakeEvent.Unit.BYTES;
        long unit = bytes ? 1 << 20 : 1;
        progress.progressed(
                progressed.step(), progressed.done() / unit, progressed.total() / unit, bytes ? "MiB" : "items");
    }

    private synchronized void keep(BakeEvent.Finished finished) {
        double took = finished.took().toMillis() / 1000.0;
        seconds.put(finished.step(), took);
        if (finished.cached()) {
            cached.add(finished.step());
        }
        progress.finished(finished.step(), finished.cached() ? "kept from before" : String.format("%.1f s", took));
    }
}
