package dev.firstboot.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Code that the documentation shows. */
final class Snippets {
    static final Path README = Path.of("../README.md");
    static final Path UPDATES = Path.of("../docs/updates.md");
    static final Path STARTUP = Path.of("src/main/jshell/startup.jsh");
    static final Path SCRIPT = Path.of("src/main/jshell/quickstart.jsh");

    private Snippets() {}

    /** The fenced blocks of a language, in order. */
    static List<String> blocks(Path markdown, String language) {
        Pattern fence = Pattern.compile("^```" + language + "\\R(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
        return fence.matcher(text(markdown))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    /** The blocks of Java that are statements, in order. */
    static List<String> statements(Path markdown) {
        return blocks(markdown, "java").stream().filter(block -> !isType(block)).toList();
    }

    static boolean isType(String block) {
        return block.lines().anyMatch(line -> line.startsWith("public "));
    }

    /** Those that begin with some words; at least one does. */
    static List<String> in(List<String> blocks, String start) {
        List<String> found =
                blocks.stream().filter(block -> block.startsWith(start)).toList();
        if (found.isEmpty()) {
            throw new AssertionError("no block begins with " + start);
        }
        return found;
    }

    /** The languages of a page's fenced blocks, in order; empty where a fence names none. */
    static List<String> languages(Path markdown) {
        List<String> languages = new ArrayList<>();
        boolean inside = false;
        for (String line : lines(markdown)) {
            if (line.startsWith("```")) {
                if (!inside) {
                    languages.add(line.substring(3));
                }
                inside = !inside;
            }
        }
        return languages;
    }

    static List<String> lines(Path file) {
        return text(file).lines().toList();
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
