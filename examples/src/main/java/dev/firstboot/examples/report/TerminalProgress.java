package dev.firstboot.examples.report;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A moving bar for each task that runs. */
final class TerminalProgress implements Progress {
    private static final int WIDEST_DETAIL = 40;

    private final PrintStream out;
    private final Map<String, ProgressBar> bars = new LinkedHashMap<>();

    TerminalProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void started(String task, String title) {
        bars.put(
                task,
                new ProgressBarBuilder()
                        .setTaskName(String.format("  %-12s", task))
                        .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                        .setInitialMax(-1)
                        .setUpdateIntervalMillis(250)
                        .hideEta()
                        .build()
                        .setExtraMessage(shortened(title)));
    }

    @Override
    public synchronized void progressed(String task, long done, long total, String unit) {
        ProgressBar bar = bars.get(task);
        if (bar != null) {
            bar.maxHint(total > 0 ? total : -1).stepTo(done).setExtraMessage(unit);
        }
    }

    @Override
    public synchronized void detail(String task, String words) {
        ProgressBar bar = bars.get(task);
        if (bar != null) {
            bar.setExtraMessage(shortened(words));
        }
    }

    @Override
    public synchronized void finished(String task, String words) {
        ProgressBar bar = bars.remove(task);
        if (bar == null) {
            out.println("  " + task + ": " + words);
        } else {
            bar.maxHint(Math.max(1, bar.getCurrent()))
                    .stepTo(Math.max(1, bar.getCurrent()))
                    .setExtraMessage("✓ " + words)
                    .close();
        }
    }

    private static String shortened(String words) {
        String line = words.strip();
        return line.length() <= WIDEST_DETAIL ? line : line.substring(0, WIDEST_DETAIL - 1) + "…";
    }

    @Override
    public synchronized void close() {
        bars.values().forEach(ProgressBar::close);
        bars.clear();
    }
}
