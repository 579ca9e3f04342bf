package dev.firstboot.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Code that the documentation shows. */
final class Snippets {
    static final Path README = Path.of("../README.md");
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
