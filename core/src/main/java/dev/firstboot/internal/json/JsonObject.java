package dev.firstboot.internal.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One JSON object with lookup by field name, for protocols that others define. Looking up a field that is missing or has another type returns empty.
 * Immutable.
 */
public final class JsonObject {
    private final Map<String, Object> fields;

    private JsonObject(Map<String, Object> fields) {
        this.fields = fields;
    }

    /**
     * Parses an object.
     *
     * @throws JsonException if the text is anything else
     */
    @SuppressWarnings("unchecked")
    public static JsonObject parse(String json) {
        return new JsonObject(Json.readLenient(json, LinkedHashMap.class));
    }

    /**
     * Returns an integer of the outermost object, whatever else is in it; empty if the text is not JSON, or the field is missing or of another type.
     */
    public static Optional<Integer> find(String json, String name) {
        try {
            return parse(json).value(name, Integer.class);
        } catch (JsonException noObject) {
            return Optional.empty();
        }
    }

    /** Returns whether the field exists. */
    public boolean has(String name) {
        return fields.containsKey(name);
    }

    /** Returns the text of a field. */
    public Optional<String> text(String name) {
        return value(name, String.class);
    }

    /** Returns the number of a field. */
    public Optional<Number> number(String name) {
        return value(name, Number.class);
    }

    /** Returns the boolean of a field; false if it is missing. */
    public boolean isTrue(String name) {
        return value(name, Boolean.class).orElse(false);
    }

    /** Returns the object of a field. */
    public Optional<JsonObject> object(String name) {
        return value(name, Map.class).map(JsonObject::of);
    }

    /** Returns the objects in an array field; skips other elements. */
    public List<JsonObject> objects(String name) {
        return value(name, List.class).map(JsonObject::objectsOf).orElse(List.of());
    }

    /** Returns the texts in an array field; skips other elements. */
    public List<String> texts(String name) {
        return value(name, List.class).map(JsonObject::textsOf).orElse(List.of());
    }

    private static List<String> textsOf(List<?> list) {
        return list.stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
    }

    private static List<JsonObject> objectsOf(List<?> list) {
        return list.stream()
                .filter(Map.class::isInstance)
                .map(element -> of((Map<?, ?>) element))
                .toList();
    }

    private static JsonObject of(Map<?, ?> map) {
        Map<String, Object> fields = new LinkedHashMap<>();
        map.forEach((name, value) -> fields.put(String.valueOf(name), value));
        return new JsonObject(fields);
    }

    private <T> Optional<T> value(String name, Class<T> type) {
        return Optional.ofNullable(fields.get(name)).filter(type::isInstance).map(type::cast);
    }

    @Override
    public String toString() {
        return Json.writeLine(fields);
    }
}
