package dev.firstboot.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.cfg.PackageVersion;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
    enum Colour {
        RED,
        BLUE
    }

    record Name(String value) {}

    record Count(long value) {
        Count {
            if (value < 0) {
                throw new IllegalArgumentException("count " + value + " is negative");
            }
        }
    }

    sealed interface Shape permits Circle, Square {}

    @Kind("circle")
    record Circle(int radius) implements Shape {}

    @Kind("square")
    record Square(Name side) implements Shape {}

    record Drawing(
            Name name,
            Count count,
            Colour colour,
            boolean finished,
            Duration took,
            List<Shape> shapes,
            Map<String, Count> counts) {
        Drawing {
            shapes = List.copyOf(shapes);
        }
    }

    record Label(Name name, @Nullable String colour) {}

    private static final Drawing DRAWING = new Drawing(
            new Name("sun"),
            new Count(7),
            Colour.BLUE,
            true,
            Duration.ofSeconds(90),
            List.of(new Circle(3), new Square(new Name("s"))),
            Map.of("a", new Count(1)));
    private static final String LINE =
            "{\"name\":\"sun\",\"count\":7,\"colour\":\"BLUE\",\"finished\":true,\"took\":\"PT1M30S\",\"shapes\":[{\"kind\":\"circle\",\"radius\":3},{\"kind\":\"square\",\"side\":\"s\"}],\"counts\":{\"a\":1}}";

    @Test
    void writeLine_everyKindOfValue_isByConvention() {
        assertThat(Json.writeLine(DRAWING)).isEqualTo(LINE);
        assertThat(Json.read(LINE, Drawing.class)).isEqualTo(DRAWING);
        assertThat(Json.read(Json.write(DRAWING), Drawing.class)).isEqualTo(DRAWING);
        assertThat(Json.readPartly("{\"name\":\"sun\",\"size\":1}", Label.class))
                .isEqualTo(new Label(new Name("sun"), null));
        assertThat(Json.read(LINE.replace("\"count\":7,", ""), Drawing.class, Map.of("count", 7)))
                .isEqualTo(DRAWING);
    }

    /** A jar of 23 MB is 31 million characters of base64, and Jackson by itself reads 20 million. */
    @Test
    void read_textOfThirtyMillionCharacters_isRead() {
        String text = "x".repeat(30_000_000);

        assertThat(Json.read("{\"name\":\"" + text + "\",\"colour\":\"RED\"}", Label.class)
                        .name()
                        .value())
                .hasSize(text.length());
    }

    /** What stands in one place of right JSON, what is put there, and what is said of it; none of Java's or Jackson's own names. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"BLUE\" | \"GREEN\" | \"GREEN\" is not one of RED, BLUE (at colour)",
                "\"BLUE\" | 1 | 1 is not one of RED, BLUE (at colour)",
                "\"BLUE\" | null | field 'colour' is missing or null (at colour)",
                "\"colour\":\"BLUE\", | | field 'colour' is missing or null (at colour)",
                "\"colour\" | \"size\":3,\"colour\" | unknown field 'size' (at size)",
                ":7 | :\"7\" | something else stands where a number is expected (at count)",
                ":3 | :\"3\" | something else stands where a number is expected (at shapes[0].radius)",
                ":7 | :-7 | count -7 is negative (at count)",
                ":7 | :[] | something else stands where a number is expected (at count)",
                ":3 | :99999999999 | the number is too large or too small (at shapes[0].radius)",
                "true | \"yes\" | something else stands where true or false is expected (at finished)",
                "\"PT1M30S\" | \"90s\" | \"90s\" is not a duration as of ISO 8601, such as PT5M (at took)",
                "\"sun\" | {} | something else stands where a text is expected (at name)",
                "\"circle\" | \"oval\" | kind 'oval' is not known: expected one of circle, square (at shapes[0]",
                "\"kind\":\"circle\", | | field 'kind' is missing: expected one of circle, square (at shapes[0]",
                "{\"kind\":\"circle\",\"radius\":3} | 5 | field 'kind' is missing: expected one of circle, square (at shapes[0])",
                "[{ | [null,{ | null stands where a value is expected",
                "{\"a\":1} | 5 | something else stands where an object is expected (at counts)",
                "}] | }} | not JSON: Unexpected close marker '}': expected ']' (which begins at line 1, column",
                "\"a\":1 | \"a\":1,\"a\":2 | not JSON: Duplicate",
                "7 | seven | not JSON: Unrecognized token 'seven'",
            })
    void read_whatDoesNotFit_isToldInTheWordsOfJson(String right, String wrong, String said) {
        String json = LINE.replace(right, wrong == null ? "" : wrong);
        assertThat(json).isNotEqualTo(LINE);

        assertTold(() -> Json.read(json, Drawing.class), said);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "  | there is nothing in it",
                "{\"radius\": | not JSON: Unexpected end-of-input",
                "{\"name\":\"a\",\"colour\":\"RED\"} {} | something follows the end",
                "[] | something else stands where an object is expected",
            })
    void read_noObject_isToldInTheWordsOfJson(String json, String said) {
        assertTold(() -> Json.read(json == null ? "" : json, Label.class), said);
    }

    @Test
    void cursor_manyNestedLists_endWithoutJacksonsWords() {
        String deep = "{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}";

        assertTold(
                () -> {
                    try (JsonCursor cursor =
                            JsonCursor.open(new ByteArrayInputStream(deep.getBytes(StandardCharsets.UTF_8)))) {
                        cursor.object(name -> {});
                    }
                },
                "nesting depth");
    }

    /** {@link JacksonVersionsTest} says which version is to be there. */
    @Test
    void jackson_always_isTheVersionThatTheTestIsFor() {
        String version = PackageVersion.VERSION.toString();

        assertThat(System.getProperty(JacksonVersionsTest.EXPECTED, version)).isEqualTo(version);
    }

    private static void assertTold(ThrowingCallable reading, String said) {
        assertThatThrownBy(reading)
                .isInstanceOf(JsonException.class)
                .hasMessageContaining(said)
                .satisfies(e -> assertThat(e.getMessage())
                        .doesNotContain(
                                "java.", "Feature", "Coercion", "Constraints", "dev.firstboot", "Source:", "`"));
    }
}
