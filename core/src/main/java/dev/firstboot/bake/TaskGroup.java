package dev.firstboot.bake;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;

/** Tasks, on threads that may be anybody's, that are cancelled together. Thread-safe. */
final class TaskGroup {
    private final Set<Thread> running = new HashSet<>();
    private boolean cancelled;

    /**
     * Runs a task on the calling thread, unless the group is cancelled.
     *
     * @throws InterruptedException if the group is cancelled before or while it runs
     */
    <T> T run(Callable<T> task) throws Exception {
        enter();
        try {
            return task.call();
        } finally {
            leave();
        }
    }

    /** Interrupts what runs and lets nothing else begin. */
    synchronized void cancel() {
        cancelled = true;
        running.forEach(Thread::interrupt);
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }

    private synchronized void enter() throws InterruptedException {
        if (cancelled) {
            throw new InterruptedException("cancelled");
        }
        running.add(Thread.currentThread());
    }

    /** The thread goes back to its owner, who did not ask for an interruption. */
    private synchronized void leave() {
        running.remove(Thread.currentThread());
        if (cancelled) {
            Thread.interrupted();
        }
    }
}
