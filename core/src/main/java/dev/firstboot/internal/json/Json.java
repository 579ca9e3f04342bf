package dev.firstboot.internal.json;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Writes records as JSON and reads them back. Stateless, thread-safe. */
public final class Json {
    /** For streams, which may come from anybody: Jackson's own limits apply. */
    private static final JsonFactory STREAMS = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** For text in memory, which does not grow when it is parsed: it may contain a file of any length. */
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
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
            .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private Json() {}

    /** Returns the factory for stream readers. */
    static JsonFactory factory() {
        return STREAMS;
    }

    /** Returns the JSON of {@code value}, indented, with a line break at its end. */
    public static String write(Object value) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + value.getClass().getName() + " as JSON", e);
        }
    }

    /** Returns the JSON of {@code value} on one line, without a line break. */
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
     * @throws JsonException naming the field and place of the problem
     */
    public static <T> T read(String json, Class<T> type) {
        return read(MAPPER.reader(), json, type);
    }

    /**
     * Reads a {@code type}: every field must be there, and no other. Missing top-level fields that were introduced later get their value from
     * {@code added}.
     *
     * @throws JsonException naming the field and place of the problem
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

    /** Reads a {@code type} from JSON that others write: unknown fields are skipped. */
    public static <T> T readLenient(String json, Class<T> type) {
        return read(MAPPER.reader().without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES), json, type);
    }

    /** Reads a {@code type} that another version of this code wrote: missing fields are null, unknown fields are skipped. */
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
        if (json.isBlank()) {
            throw new JsonException("there is nothing in it", null);
        }
        return read(() -> reader.readValue(json, type));
    }

    /** A read operation of Jackson. */
    private interface Reading<T> {
        T get() throws IOException;
    }

    private static <T> T read(Reading<T> reading) {
        try {
            return reading.get();
        } catch (JsonProcessingException e) {
            throw JsonProblems.of(e);
        } catch (IOException e) {
            throw new UncheckedIOException("reading what is in memory does no I/O", e);
        }
    }
}
