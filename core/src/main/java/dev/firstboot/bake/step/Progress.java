package dev.firstboot.bake.step;

/** Reports progress in bytes, seldom enough to cost nothing. Not thread-safe. */
public final class Progress {
    private static final long STEP = 4 << 20;

    private final StepReporter reporter;
    private final long total;
    private long next;

    /** Creates progress up to {@code total} bytes; 0 if unknown. */
    public Progress(StepReporter reporter, long total) {
        this.reporter = reporter;
        this.total = total;
    }

    /** Reports the bytes done so far; also a good place to notice cancellation. */
    public void at(long done) {
        if (Thread.currentThread().isInterrupted()) {
            throw new StepException("the step was interrupted", "");
        }
        if (done >= next || done == total) {
            reporter.bytes(done, total);
            next = done + STEP;
        }
    }
}
