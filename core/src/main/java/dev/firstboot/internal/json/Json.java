package dev.firstboot.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes records as JSON and reads them back. Stateless, thread-safe. */
public final class Json {
    /** A guest agent's 16 MiB, written as Base64, with room to spare. */
    private static final int LONGEST_STRING = 32 << 20;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(LONGEST_STRING)
                            .build())
                    .build())
            .annotationIntrospector(new RecordConventions())
            .addModule(new SimpleModule()
                    .addSerializer(Duration.class, ToStringSerializer.instance)
                    .addDeserializer(Duration.class, new TextReader<>(Duration.class, Duration::parse, "PT5M"))
                    .addSerializer(Instant.class, ToStringSerializer.instance)
                    .addDeserializer(
                            Instant.class, new TextReader<>(Instant.class, Instant::parse, "2026-11-29T12:00:00Z")))
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private static final List<String> ABSENT = List.of(
            "Missing creator property",
            "Missing required creator property",
            "Null value for creator property",
            "Cannot map `null`");

    private Json() {}

    /** What makes readers of streams. */
    static JsonFactory factory() {
        return MAPPER.getFactory();
    }

    /** The JSON of {@code value}, indented, with a line break at its end. */
    public static String write(Object value) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + value.getClass().getName() + " as JSON", e);
        }
    }

    /** The JSON of {@code value} on one line, without a line break. */
    public static String writeLine(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + value.getClass().getName() + " as JSON", e);
        }
    }

    /**
     * Reads a {@code type}: every field must be there, and no other.
     *
     * @throws JsonException naming the field and place that do not fit
     */
    public static <T> T read(String json, Class<T> type) {
        return read(MAPPER.reader(), json, type);
    }

    /**
     * Reads a {@code type}: every field must be there, and no other, but for some of the outermost that were added later and are {@code added} where missing.
     *
     * @throws JsonException naming the field and place that do not fit
     */
    public static <T> T read(String json, Class<T> type, Map<String, ?> added) {
        ObjectNode fields = read(MAPPER.reader(), json, ObjectNode.class);
        added.forEach((name, value) -> {
            if (!fields.has(name)) {
                fields.set(name, MAPPER.valueToTree(value));
            }
        });
        return read(() -> MAPPER.treeToValue(fields, type));
    }

    /** Reads a {@code type} from JSON that others write: fields it does not know are passed over. */
    public static <T> T readLenient(String json, Class<T> type) {
        return read(MAPPER.reader().without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES), json, type);
    }

    /** Reads a {@code type} that another version of this code wrote: fields that are missing are null, and those it does not know are passed over. */
    public static <T> T readPartly(String json, Class<T> type) {
        return read(
                MAPPER.reader()
                        .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .without(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                        .without(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES),
                json,
                type);
    }

    private static <T> T read(ObjectReader reader, String json, Class<T> type) {
        return read(() -> reader.readValue(json, type));
    }

    /** Something that Jackson reads. */
    private interface Reading<T> {
        T get() throws IOException;
    }

    private static <T> T read(Reading<T> reading) {
        try {
            return reading.get();
        } catch (UnrecognizedPropertyException e) {
            throw new JsonException("unknown field '" + e.getPropertyName() + "'" + place(e), e);
        } catch (ValueInstantiationException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new JsonException(cause.getMessage() + place(e), e);
        } catch (JsonMappingException e) {
            throw new JsonException(words(e) + place(e), e);
        } catch (JsonProcessingException e) {
            // What is too long has no place.
            JsonLocation location = e.getLocation();
            String place =
                    location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
            throw new JsonException("not JSON: " + e.getOriginalMessage() + place, e);
        } catch (IOException e) {
            throw new UncheckedIOException("reading what is in memory does no I/O", e);
        }
    }

    /** What does not fit. Jackson speaks of its own settings where a field is missing, which help nobody. */
    private static String words(JsonMappingException e) {
        String said = e.getOriginalMessage();
        boolean missing =
                ABSENT.stream().anyMatch(said::startsWith) && !e.getPath().isEmpty();
        String field = missing ? e.getPath().get(e.getPath().size() - 1).getFieldName() : null;
        return field == null ? said : "field '" + field + "' is missing or null";
    }

    private static String place(JsonMappingException e) {
        String path = e.getPath().stream()
                .map(step -> step.getFieldName() != null ? "." + step.getFieldName() : "[" + step.getIndex() + "]")
                .collect(Collectors.joining());
        return path.isEmpty() ? "" : " (at " + path.replaceFirst("^\\.", "") + ")";
    }
}
