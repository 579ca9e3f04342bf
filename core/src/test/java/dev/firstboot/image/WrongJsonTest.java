package dev.firstboot.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whatever is wrong in JSON, it is an {@link InvalidImageException}: also what is an illegal argument in Java. */
class WrongJsonTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final List<String> WRONG = List.of(
            "null",
            "\"\"",
            "\" \"",
            "\"a b\"",
            "\"/../\"",
            "\"a\\u0000b\"",
            "\"\\ud800\"",
            "-1",
            "1e99",
            "true",
            "[]",
            "[null]",
            "{}",
            "{\"a\":1}");

    private static String json() {
        return Image.builder()
                .name("web")
                .backport("zfs-linux")
                .recipe(ImageTest.SITE)
                .build()
                .toJson();
    }

    /** Puts each wrong value into each place, one at a time. */
    @Test
    void fromJson_wrongValueAnywhere_isAnInvalidImageOrTaken() throws JsonProcessingException {
        JsonNode root = MAPPER.readTree(json());
        List<Consumer<JsonNode>> places = new ArrayList<>();
        collect(root, places);
        assertThat(places).hasSizeGreaterThan(80);

        int refused = 0;
        for (Consumer<JsonNode> place : places) {
            for (String wrong : WRONG) {
                place.accept(MAPPER.readTree(wrong));
                String changed = MAPPER.writeValueAsString(root);
                Throwable thrown = catchThrowable(() -> Image.fromJson(changed));
                if (thrown != null) {
                    refused++;
                    assertThat(thrown).as(changed).isInstanceOf(InvalidImageException.class);
                    assertThat(thrown.getMessage()).as(changed).doesNotContain("java.", "fasterxml", "Cannot invoke");
                }
            }
            place.accept(null);
        }
        assertThat(refused).isGreaterThan(places.size() * 5);
        assertThat(Image.fromJson(MAPPER.writeValueAsString(root))).isEqualTo(Image.fromJson(json()));
    }

    /** Each takes a value for one place, or null to put back what was there. */
    private static void collect(JsonNode node, List<Consumer<JsonNode>> places) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                String name = field.getKey();
                JsonNode before = field.getValue();
                places.add(value -> object.set(name, value == null ? before : value));
                collect(before, places);
            });
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                JsonNode before = array.get(i);
                places.add(value -> array.set(index, value == null ? before : value));
                collect(before, places);
            }
        }
    }

    @Test
    void fromJson_wrongName_isToldWithItsPlace() {
        String wrong = json().replaceFirst("\"web\"", "\"Web Server\"");

        assertThatThrownBy(() -> Image.fromJson(wrong))
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContainingAll("the image is not valid", "'Web Server'", "at name");
    }
}
