package dev.firstboot.bake.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small programs, compiled from source with one method changed. */
class ChangedMethodTest {
    @TempDir
    private Path directory;

    private final Map<String, String> sources = new LinkedHashMap<>();

    @BeforeEach
    void program() {
        source(
                "Middle",
                "int go(int n) { Runnable r = () -> Deep.work(n); r.run(); return Deep.Nested.COUNT.length; }");
        source("Deep", """
                static void work(int n) { System.out.println(n); }
                static final class Nested { static final int[] COUNT = new int[] {1}; static int unused() { return 5; } }
                """);
        source("Other", "int other() { return new Step().hashCode(); }");
        sources.put("Work", """
                package dev.firstboot.sample;
                public sealed interface Work permits Work1, Here { interface Marker {} }
                """);
        sources.put("Work1", "package dev.firstboot.sample;\npublic record Work1(long other) implements Work {}\n");
        sources.put("Here", "package dev.firstboot.sample;\npublic record Here(int size) implements Work {}\n");
        source("Step", "Object run(Here here) { return new Middle().go(here.size()); }");
    }

    private void source(String name, String body) {
        sources.put(name, "package dev.firstboot.sample;\nclass " + name + " {\n" + body + "\n}\n");
    }

    private void change(String name, String from, String to) {
        assertThat(sources.get(name)).contains(from);
        sources.computeIfPresent(name, (key, text) -> text.replace(from, to));
    }

    private CodeFingerprint compiled() throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Path out = Files.createTempDirectory(directory, "classes");
        List<JavaFileObject> files = new ArrayList<>();
        sources.forEach((name, text) -> files.add(new Source(name, text)));
        assertThat(compiler.getTask(null, null, null, List.of("-d", out.toString(), "-proc:none"), null, files)
                        .call())
                .isTrue();
        return new CodeFingerprint("dev.firstboot.sample.Step", path -> {
            Path file = out.resolve(path);
            try {
                return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///dev/firstboot/sample/" + name + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    @Test
    void value_sameSource_isTheSame() throws Exception {
        assertThat(compiled().value()).isEqualTo(compiled().value());
    }

    @Test
    void value_methodFarBelowChanges_isAnother() throws Exception {
        String before = compiled().value();
        change("Deep", "println(n)", "println(n + 1)");
        assertThat(compiled().value()).isNotEqualTo(before);
    }

    @Test
    void value_methodOfANestedClassChanges_isAnother() throws Exception {
        String before = compiled().value();
        change("Deep", "return 5", "return 6");
        assertThat(compiled().value()).isNotEqualTo(before);
    }

    @Test
    void value_classThatOnlyCallsTheStepChanges_isTheSame() throws Exception {
        String before = compiled().value();
        change("Other", "hashCode()", "toString().length()");
        assertThat(compiled().value()).isEqualTo(before);
    }

    /** One step's record is of a sealed type with those of all others: that alone does not make it depend on them. */
    @Test
    void value_anotherRecordOfTheSealedTypeChanges_isTheSame() throws Exception {
        String before = compiled().value();
        change("Work1", "long other", "long other, int more");
        assertThat(compiled().value()).isEqualTo(before);
    }

    /** Where a member of the sealed type itself is used, any of them may be meant. */
    @Test
    void value_memberOfTheSealedTypeIsCalled_itsRecordsCount() throws Exception {
        change("Work", "interface Marker {}", "int size();");
        change("Work1", "(long other) implements Work {}", "(int size, long other) implements Work {}");
        change("Step", "return new Middle", "Work any = here; any.size(); return new Middle");
        String before = compiled().value();
        change("Work1", "long other", "long other, int more");
        assertThat(compiled().value()).isNotEqualTo(before);
    }
}
