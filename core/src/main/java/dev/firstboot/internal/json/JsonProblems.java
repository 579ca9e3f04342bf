package dev.firstboot.internal.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Translates Jackson's errors into the terms of JSON. Jackson's settings and Java class names do not help somebody who has to fix a file. */
final class JsonProblems {
    private static final List<String> ABSENT = List.of(
            "Missing creator property",
            "Missing required creator property",
            "Null value for creator property",
            "Cannot map `null`");
    /** Matches where something begins that has no end. */
    private static final Pattern BEGINS = Pattern.compile(
            "\\s*\\((?:start marker at|for [A-Za-z]+ starting at) \\[Source: .*?line: (\\d+), column: (\\d+)]\\)",
            Pattern.DOTALL);
    /** Matches the setting that a limit comes from, and what belongs to a Jackson class. */
    private static final Pattern SETTING = Pattern.compile(", from `[^`]*`|`[^`]*`:? ?");

    private static final String NULL = "null stands where a value is expected";

    private JsonProblems() {}

    static JsonException of(JsonProcessingException e) {
        Throwable cause = e.getCause();
        if (!(e instanceof JsonMappingException misfit)) {
            return notJson(e, e);
        } else if (cause instanceof InputCoercionException) {
            return new JsonException("the number is too large or too small" + place(misfit), e);
        } else if (cause instanceof JsonProcessingException broken && !(cause instanceof JsonMappingException)) {
            return notJson(broken, e);
        }
        return new JsonException(words(misfit) + place(misfit), e);
    }

    /** Returns Jackson's message without its settings. */
    static String plain(JsonProcessingException e) {
        String said = Objects.requireNonNullElse(e.getOriginalMessage(), "it is broken");
        String where = BEGINS.matcher(said).replaceAll(" (which begins at line $1, column $2)");
        return SETTING.matcher(where).replaceAll("").strip();
    }

    private static JsonException notJson(JsonProcessingException broken, JsonProcessingException whole) {
        String where = broken.getLocation() == null
                ? ""
                : " at line " + broken.getLocation().getLineNr() + ", column "
                        + broken.getLocation().getColumnNr();
        return new JsonException("not JSON: " + plain(broken) + where, whole);
    }

    private static String words(JsonMappingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return "unknown field '" + unknown.getPropertyName() + "'";
        } else if (e instanceof ValueInstantiationException refused) {
            return refusal(refused);
        } else if (e instanceof InvalidTypeIdException kind) {
            return kind(kind);
        } else if (isMissing(e)) {
            return "field '" + e.getPath().get(e.getPath().size() - 1).getFieldName() + "' is missing or null";
        } else if (e instanceof InvalidNullException) {
            return NULL;
        } else if (plain(e).startsWith("Trailing token")) {
            return "something follows the end";
        } else if (e instanceof InvalidFormatException strange) {
            Object value = strange.getValue();
            return (value instanceof CharSequence ? "\"" + value + "\"" : String.valueOf(value)) + " is not "
                    + expected(strange.getTargetType());
        } else if (e instanceof MismatchedInputException other && other.getTargetType() != null) {
            return "something else stands where " + expected(other.getTargetType()) + " is expected";
        }
        return plain(e);
    }

    private static String refusal(ValueInstantiationException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return Objects.requireNonNullElse(cause.getMessage(), NULL);
    }

    private static boolean isMissing(JsonMappingException e) {
        return !e.getPath().isEmpty()
                && e.getPath().get(e.getPath().size() - 1).getFieldName() != null
                && ABSENT.stream().anyMatch(e.getOriginalMessage()::startsWith);
    }

    private static String kind(InvalidTypeIdException e) {
        String known = RecordConventions.kinds(e.getBaseType().getRawClass()).stream()
                .sorted()
                .collect(Collectors.joining(", "));
        return (e.getTypeId() == null ? "field 'kind' is missing" : "kind '" + e.getTypeId() + "' is not known")
                + ": expected one of " + known;
    }

    /** Returns how a type is written in JSON. */
    private static String expected(Class<?> type) {
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(Object::toString)
                            .collect(Collectors.joining(", "));
        } else if (RecordConventions.isScalar(type)) {
            return expected(type.getRecordComponents()[0].getType());
        } else if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        } else if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a number";
        } else if (type == String.class) {
            return "a text";
        } else if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        } else if (type == Duration.class) {
            return "a duration as of ISO 8601, such as PT5M";
        } else if (type == Instant.class) {
            return "a time as of ISO 8601, such as 2026-11-29T12:00:00Z";
        }
        return "an object";
    }

    private static String place(JsonMappingException e) {
        String path = e.getPath().stream()
                .map(step -> step.getFieldName() != null ? "." + step.getFieldName() : "[" + step.getIndex() + "]")
                .collect(Collectors.joining());
        return path.isEmpty() ? "" : " (at " + path.replaceFirst("^\\.", "") + ")";
    }
}
