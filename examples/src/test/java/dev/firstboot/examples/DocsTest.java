package dev.firstboot.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documentation points at is there. */
class DocsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#)([^)#]+)");
    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z]*(?:Test|IT))`");

    private static List<Path> find(String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .filter(file -> Stream.of("target", ".git").noneMatch(name -> hasPart(file, name)))
                    .toList();
        }
    }

    private static boolean hasPart(Path file, String name) {
        return ROOT.relativize(file).startsWith(name) || file.toString().contains("/" + name + "/");
    }

    /** By page, the languages of its fenced blocks, each of which some test runs or reads; a new kind of block wants a test of its own. */
    private static final Map<String, Set<String>> TESTED = Map.of(
            "README.md",
                    Set.of(
                            "java", "jshell",
                            "xml"), // ReadmeTest, ReadmeIT, TutorialIT, NotesIT, JShellIT, zfs-native's
            // TranscriptTest
            "docs/updates.md", Set.of("java"), // ReadmeTest, ReadmeIT
            "docs/containers.md", Set.of("dockerfile", "yaml", "toml")); // ContainersPageTest

    @Test
    void blocks_ofAllPages_areTested() throws IOException {
        for (Path page : find(".md")) {
            String name = ROOT.relativize(page).toString();
            Set<String> tested = TESTED.getOrDefault(name, Set.of());
            assertThat(tested)
                    .as("languages of blocks in %s that are tested", name)
                    .containsAll(Snippets.languages(page));
        }
    }

    @Test
    void links_ofAllPages_leadSomewhere() throws IOException {
        List<Path> pages = find(".md");

        assertThat(pages).hasSizeGreaterThan(10);
        for (Path page : pages) {
            assertThat(LINK.matcher(Snippets.text(page)).results().map(link -> link.group(1)))
                    .as(page.toString())
                    .allSatisfy(link -> assertThat(page.resolveSibling(link)).exists());
        }
    }

    @Test
    void tests_thatPagesName_exist() throws IOException {
        Set<String> known = find(".java").stream()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());

        for (Path page : find(".md")) {
            assertThat(TEST.matcher(Snippets.text(page)).results().map(name -> name.group(1)))
                    .as(page.toString())
                    .allSatisfy(name -> assertThat(known).contains(name));
        }
        assertThat(Snippets.text(ROOT.resolve("docs/security.md"))).containsPattern(TEST);
    }
}
