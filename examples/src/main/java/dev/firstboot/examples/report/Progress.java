package dev.firstboot.examples.report;

import java.io.PrintStream;

/** Shows tasks that take a while. Thread-safe: tasks may run side by side. */
public interface Progress extends AutoCloseable {
    /** A task begins. */
    void started(String task, String title);

    /**
     * A task is so far.
     *
     * @param total of how much; 0 while that is not known
     */
    void progressed(String task, long done, long total, String unit);

    /** What a task is at, in a few words; for those who look closely. */
    void detail(String task, String words);

    /** A task has ended. */
    void finished(String task, String words);

    /** Ends what is shown. */
    @Override
    void close();

    /** Moving bars on a terminal, lines anywhere else. */
    static Progress on(PrintStream out) {
        return Terminal.isStandardOutput() ? new TerminalProgress() : new PlainProgress(out);
    }
}
