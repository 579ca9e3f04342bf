package dev.firstboot.examples;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.image.Image;
import dev.firstboot.workload.xmpp.Xmpp;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is code that compiles against what is built. */
class ReadmeTest {
    @TempDir
    Path directory;

    @Test
    void types_always_compileAndStandInTheExamplesAndAreBooted() throws IOException {
        List<String> types = Snippets.blocks(Snippets.README, "java").stream()
                .filter(Snippets::isType)
                .toList();

        assertThat(types).hasSizeGreaterThan(1);
        for (String type : types) {
            String name = name(type);
            Path source = Path.of("src/main/java/dev/firstboot/examples/" + name + ".java");

            assertThat(Snippets.text(source)).contains(type);
            assertThat(compile(name, imports(source) + type)).isEmpty();
            assertThat(bootedBy(name))
                    .as("tests that bake and boot what the README shows")
                    .isNotEmpty();
        }
    }

    /** The tests with real machines that make one of this type. */
    private static List<Path> bootedBy(String name) throws IOException {
        List<Path> tests = new ArrayList<>();
        try (DirectoryStream<Path> all =
                Files.newDirectoryStream(Path.of("src/test/java/dev/firstboot/examples"), "*IT.java")) {
            for (Path test : all) {
                if (Snippets.text(test).contains("new " + name + "(")) {
                    tests.add(test);
                }
            }
        }
        return tests;
    }

    /** The name of the type that a block declares. */
    private static String name(String type) {
        return Pattern.compile("^public record (\\w+)", Pattern.MULTILINE)
                .matcher(type)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    /** The blocks are one program, read from top to bottom, with the imports that {@code ./dev jshell} begins with. */
    @Test
    void statements_inOrder_compile() throws IOException {
        String statements = String.join("\n", Snippets.statements(Snippets.README));

        assertThat(statements).contains("Image.builder()", "Bakery", "awaitReady");
        assertThat(compile(
                        "Readme",
                        imports(Snippets.STARTUP) + "class Readme {\n  static void read() throws Exception {\n"
                                + statements + "\n  }\n}\n"))
                .isEmpty();
    }

    @Test
    void statements_inUpdates_compile() throws IOException {
        String statements = String.join("\n", Snippets.statements(Snippets.UPDATES));

        assertThat(statements).contains("packagesOf", "advisories");
        assertThat(compile(
                        "Updates",
                        "import java.util.*;\n" + imports(Snippets.STARTUP)
                                + "class Updates {\n  static void read() throws Exception {\n" + statements
                                + "\n  }\n}\n"))
                .isEmpty();
    }

    @Test
    void jshell_inReadme_isTheScript() {
        String shown = Snippets.blocks(Snippets.README, "jshell").stream().collect(joining("\n"));

        assertThat(Snippets.lines(Snippets.SCRIPT))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(shown).contains("jshell> " + line));
    }

    @Test
    void error_inReadme_isTheMessage() {
        Image.Builder two =
                Image.builder().name("two").workload(new StaticSite("a")).workload(Xmpp.cluster("chat.example.com"));

        assertThatThrownBy(two::build)
                .satisfies(e -> assertThat(Snippets.text(Snippets.README))
                        .contains("    " + e.getMessage().replace("\n", "\n    ")));
    }

    /** The project is built and run against the artifacts as they are installed. */
    @Test
    void coordinates_inReadme_areThoseOfTheProjectOutside() {
        String shown = Snippets.blocks(Snippets.README, "xml").get(0);
        String project = Snippets.text(Path.of("src/it/plain/pom.xml"));
        Matcher parts = Pattern.compile(
                        "(<dependencyManagement>.*</dependencyManagement>).*(<dependency>.*?</dependency>)",
                        Pattern.DOTALL)
                .matcher(shown);

        assertThat(parts.find()).isTrue();
        assertThat(squeezed(project))
                .contains(squeezed(parts.group(1).replace("0.1.0-SNAPSHOT", "@project.version@")))
                .contains(squeezed(parts.group(2)));
        assertThat(Snippets.text(Path.of("../pom.xml"))).contains("<version>0.1.0-SNAPSHOT</version>");
    }

    private static String squeezed(String xml) {
        return xml.replaceAll("\\s+", "");
    }

    @Test
    void links_intoTheRepository_leadSomewhere() {
        assertThat(Pattern.compile("\\]\\((?!https?:|#)([^)#]+)")
                        .matcher(Snippets.text(Snippets.README))
                        .results()
                        .map(link -> link.group(1)))
                .isNotEmpty()
                .allSatisfy(link -> assertThat(Path.of("..").resolve(link)).exists());
    }

    private static String imports(Path file) {
        return Snippets.lines(file).stream()
                .filter(line -> line.startsWith("import "))
                .map(line -> line.endsWith(";") ? line : line + ";")
                .collect(joining("\n", "", "\n"));
    }

    /** What the compiler says against it; empty if nothing. */
    private String compile(String name, String source) throws IOException {
        Path file = Files.writeString(directory.resolve(name + ".java"), source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter words = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            compiler.getTask(
                            words,
                            files,
                            null,
                            List.of(
                                    "-d",
                                    directory.toString(),
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    "-proc:none"),
                            null,
                            files.getJavaFileObjects(file))
                    .call();
        }
        return words.toString();
    }
}
