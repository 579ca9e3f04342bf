package dev.firstboot.internal.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.time.format.DateTimeParseException;
import java.util.function.Function;

/** Reads values of {@code java.time} in ISO 8601, the format of their {@code toString()}. */
final class TextReader<T> extends StdDeserializer<T> {
    private static final long serialVersionUID = 1L;

    private final Class<T> type;
    private final transient Function<String, T> parser;
    private final String example;

    /**
     * Creates a reader of {@code type}.
     *
     * @param parser parses the text; throws a {@link DateTimeParseException} if it is invalid
     * @param example an example of valid text
     */
    TextReader(Class<T> type, Function<String, T> parser, String example) {
        super(type);
        this.type = type;
        this.parser = parser;
        this.example = example;
    }

    @Override
    public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
        String text = json.getValueAsString("");
        try {
            return parser.apply(text);
        } catch (DateTimeParseException e) {
            return type.cast(context.handleWeirdStringValue(type, text, "expected ISO 8601, such as " + example));
        }
    }
}
