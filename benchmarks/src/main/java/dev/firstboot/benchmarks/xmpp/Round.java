package dev.firstboot.benchmarks.xmpp;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Messages at a steady rate, whatever the server makes of it: a message that waits to be sent is late by that time, too. The senders take turns; each
 * writes to its neighbour.
 */
final class Round {
    /** For the last messages to arrive. */
    private static final Duration REST = Duration.ofSeconds(5);

    private final List<Client> clients;
    private final Latencies latencies;
    private final int rate;

    /** A round of {@code rate} messages a second. */
    Round(List<Client> clients, Latencies latencies, int rate) {
        this.clients = clients;
        this.latencies = latencies;
        this.rate = rate;
    }

    /** Talks for this long, and tells what arrived while it talked, and how late. */
    Map<String, Double> run(Duration time) {
        latencies.clear();
        long messages = time.toSeconds() * rate;
        long interval = 1_000_000_000L / rate;
        long start = System.nanoTime();
        for (long i = 0; i < messages; i++) {
            long due = start + i * interval;
            while (due - System.nanoTime() > 0) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            int sender = (int) (i % (clients.size() & ~1));
            clients.get(sender).send(clients.get(sender ^ 1).user(), due);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        int delivered = latencies.count();
        LockSupport.parkNanos(REST.toNanos());
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put(rate + " a second: delivered a second", delivered / seconds);
        numbers.put(rate + " a second: never delivered", (double) (messages - latencies.count()));
        numbers.put(rate + " a second: p50, ms", latencies.millis(0.50));
        numbers.put(rate + " a second: p99, ms", latencies.millis(0.99));
        return numbers;
    }
}
