package dev.firstboot.examples;

import java.util.List;
import jdk.jshell.JShell;
import jdk.jshell.Snippet.Status;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/** A JShell as {@code ./dev jshell} opens it, inside this JVM. */
final class Shell implements AutoCloseable {
    private final JShell shell = JShell.builder().executionEngine("local").build();

    Shell() {
        shell.addToClasspath(System.getProperty("java.class.path"));
        Snippets.lines(Snippets.STARTUP).forEach(this::type);
    }

    /** Types a line and gives the value it shows. */
    String type(String line) {
        CompletionInfo whole = shell.sourceCodeAnalysis().analyzeCompletion(line);
        List<SnippetEvent> events = shell.eval(whole.source());
        for (SnippetEvent event : events) {
            if (event.exception() != null) {
                throw new AssertionError(line, event.exception());
            }
            if (event.status() != Status.VALID && event.causeSnippet() == null) {
                throw new AssertionError(line + ": "
                        + shell.diagnostics(event.snippet())
                                .map(found -> found.getMessage(null))
                                .toList());
            }
        }
        return events.isEmpty() ? "" : String.valueOf(events.get(0).value());
    }

    /** Types a whole block, one statement after the other. */
    void typeAll(String block) {
        String rest = block;
        while (!rest.isBlank()) {
            CompletionInfo first = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            if (!first.completeness().isComplete()) {
                throw new AssertionError("this is no whole statement: " + rest);
            }
            type(first.source());
            rest = first.remaining();
        }
    }

    @Override
    public void close() {
        shell.close();
    }
}
