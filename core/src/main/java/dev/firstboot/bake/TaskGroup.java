package dev.firstboot.bake;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;

/** Tasks that are cancelled together, on threads that may belong to others. Thread-safe. */
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

    /** Interrupts running tasks and prevents new ones. */
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

    /** Clears the interrupt: the thread returns to its owner, who did not ask for it. */
    private synchronized void leave() {
        running.remove(Thread.currentThread());
        if (cancelled) {
            Thread.interrupted();
        }
    }
}
