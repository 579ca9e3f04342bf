package dev.firstboot.examples.report;

import java.util.LinkedHashMap;
import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A moving bar for each task that runs. */
final class TerminalProgress implements Progress {
    private static final int WIDEST_DETAIL = 40;
    private static final int WIDEST_BAR = 110;

    private final Map<String, ProgressBar> bars = new LinkedHashMap<>();

    @Override
    public synchronized void started(String task, String title) {
        bars.put(
                task,
                new ProgressBarBuilder()
                        .setTaskName(String.format("  %-12s", task))
                        .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                        .setInitialMax(-1)
                        .setUpdateIntervalMillis(250)
                        .setMaxRenderedLength(WIDEST_BAR)
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
        if (!bars.containsKey(task)) {
            started(task, words); // a line of another kind would be lost between moving bars
        }
        ProgressBar bar = bars.remove(task);
        if (bar != null) {
            long all = Math.max(1, bar.getCurrent());
            bar.maxHint(all).stepTo(all).setExtraMessage("✓ " + words).close();
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
