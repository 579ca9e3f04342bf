package dev.firstboot.examples.smack;

import dev.firstboot.examples.smack.Outcome.Kind;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/**
 * Reads from what the suite logs what became of its tests: prints each as it ends, and keeps a file of all of them. The suite tells why a test is not possible
 * only at its end, so the file is written anew with each outcome.
 */
final class SuiteLog extends Handler {
    private final Path file;
    private final PrintStream out;
    private final Map<String, Outcome> outcomes = new LinkedHashMap<>();

    SuiteLog(Path file, PrintStream out) {
        this.file = file;
        this.out = out;
    }

    @Override
    public synchronized void publish(LogRecord record) {
        String message = record.getMessage();
        if (message.endsWith(" Success")) {
            add(Kind.PASSED, before(message, " Success"), "");
        } else if (message.endsWith(" Failed")) {
            add(Kind.FAILED, before(message, " Failed"), words(record.getThrown()));
        } else if (message.endsWith(" is not possible")) {
            add(Kind.NOT_POSSIBLE, before(message, " is not possible"), "");
        } else if (message.startsWith("Could not run ")) {
            String[] parts = message.substring("Could not run ".length()).split(" because: ", 2);
            Kind kind = parts[0].endsWith(")") ? Kind.NOT_POSSIBLE : Kind.CLASS_NOT_POSSIBLE;
            add(kind, parts[0], parts.length > 1 ? parts[1] : "");
        } else if (message.contains("Available tests: ")) {
            out.println(message.substring(message.indexOf("Available tests: ")).strip());
        }
    }

    private static String before(String message, String ending) {
        return message.substring(0, message.length() - ending.length());
    }

    private static String words(Throwable thrown) {
        return String.valueOf(thrown instanceof InvocationTargetException ? thrown.getCause() : thrown);
    }

    private void add(Kind kind, String test, String words) {
        Outcome outcome = new Outcome(kind, test, words);
        if (outcomes.put(test, outcome) == null) {
            out.printf("%4d  %-12s  %s%n", outcomes.size(), kind, test);
        }
        write();
    }

    private void write() {
        try {
            Files.write(file, outcomes.values().stream().map(Outcome::line).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
