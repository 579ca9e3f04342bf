package dev.firstboot.bake.step;

/** Tells a reporter about bytes done, seldom enough not to cost anything. Not thread-safe. */
public final class Progress {
    private static final long STEP = 4 << 20;

    private final StepReporter reporter;
    private final long total;
    private long next;

    /** For work of so many bytes; 0 if that is not known. */
    public Progress(StepReporter reporter, long total) {
        this.reporter = reporter;
        this.total = total;
    }

    /** So many bytes are done; a good place to notice that the work is no longer wanted. */
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
