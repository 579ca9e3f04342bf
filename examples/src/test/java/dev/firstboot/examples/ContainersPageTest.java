package dev.firstboot.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page on Docker and CI agrees with itself and with the code: an engine that builds and runs what it shows is not here. */
class ContainersPageTest {
    private static final Path PAGE = Path.of("../docs/containers.md");

    /** Every Debian has these, or mmdebstrap brings them. */
    private static final Set<String> ALWAYS =
            Set.of("apt", "coreutils", "dash", "dpkg", "perl", "perl-base", "tar", "util-linux");

    private static Set<String> found(String pattern, String text) {
        Set<String> found = new TreeSet<>();
        Pattern.compile(pattern).matcher(text).results().forEach(match -> found.add(match.group(1)));
        return found;
    }

    @Test
    void dockerfile_always_installsWhatTheToolsAreIn() throws IOException {
        String sources;
        try (Stream<Path> files = Files.walk(Path.of("../core/src/main/java"))) {
            sources = String.join(
                    "", files.filter(Files::isRegularFile).map(Snippets::text).toList());
        }
        Set<String> packages = found("Tool\\.of\\(\\s*\"[^\"]+\",\\s*\"([^\"]+)\"", sources);
        packages.removeAll(ALWAYS);
        List<String> installed = Arrays.asList(
                Snippets.blocks(PAGE, "dockerfile").get(0).replace("\\\n", " ").split("\\s+"));

        assertThat(packages).hasSizeGreaterThan(6);
        assertThat(installed).containsAll(packages).contains("maven", "ovmf");
    }

    @Test
    void options_ofGithubAndGitlab_areThoseOfTheTable() {
        String table = String.join(
                "\n",
                Snippets.lines(PAGE).stream()
                        .filter(line -> line.startsWith("| bake"))
                        .toList());
        Set<String> capabilities = found("--cap-add (\\w+)", table);
        assertThat(capabilities).containsExactly("NET_ADMIN", "SYS_ADMIN", "SYS_PTRACE");
        String github = Snippets.blocks(PAGE, "yaml").get(0);
        String gitlab = Snippets.blocks(PAGE, "toml").get(0);

        assertThat(found("--cap-add (\\w+)", github)).isEqualTo(capabilities);
        assertThat(found("\"([A-Z]+_[A-Z]+)\"", gitlab)).isEqualTo(capabilities);
        for (String block : List.of(github, gitlab)) {
            assertThat(block)
                    .contains("systempaths=unconfined", "apparmor=unconfined", "/sys/fs/cgroup:/sys/fs/cgroup:rw");
            assertThat(block.lines()).noneMatch(line -> line.contains("\t"));
        }
        assertThat(github).contains(".cache/firstboot", "--device /dev/kvm");
        assertThat(Snippets.blocks(PAGE, "yaml").get(1)).contains("paths: [.cache/firstboot]", "/.cache");
    }
}
