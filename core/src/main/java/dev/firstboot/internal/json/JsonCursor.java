package dev.firstboot.internal.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads JSON that is too large for memory, from beginning to end. Always at one value. Not thread-safe. */
public final class JsonCursor implements AutoCloseable {
    private final JsonParser parser;

    private JsonCursor(JsonParser parser) {
        this.parser = parser;
    }

    /** Starts at the first value of {@code in}, which is closed with the cursor. */
    public static JsonCursor open(InputStream in) throws IOException {
        JsonCursor cursor = new JsonCursor(Json.factory().createParser(in));
        cursor.next();
        return cursor;
    }

    /**
     * Reads the object at the cursor. For each field the consumer gets the name while the cursor is at the value; a value that it does not read is
     * skipped.
     *
     * @throws JsonException if it is not an object, or is invalid; the message names the place
     */
    public void object(Consumer<String> field) {
        require(JsonToken.START_OBJECT, "an object");
        while (next() == JsonToken.FIELD_NAME) {
            String name = name();
            next();
            field.accept(name);
            passOver();
        }
        require(JsonToken.END_OBJECT, "the end of an object");
    }

    /**
     * Returns the text at the cursor.
     *
     * @throws JsonException if it is not text; the message names the place
     */
    public String text() {
        require(JsonToken.VALUE_STRING, "a text");
        try {
            return parser.getText();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /**
     * Checks that nothing follows.
     *
     * @throws JsonException if something does
     */
    public void end() {
        if (next() != null) {
            throw new JsonException("something follows the end" + place(), null);
        }
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }

    private String name() {
        try {
            return parser.currentName();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private void passOver() {
        try {
            if (parser.currentToken() != null && parser.currentToken().isStructStart()) {
                parser.skipChildren();
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private @Nullable JsonToken next() {
        try {
            return parser.nextToken();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private void require(JsonToken token, String what) {
        if (parser.currentToken() != token) {
            throw new JsonException("expected " + what + place(), null);
        }
    }

    private String place() {
        return " at line " + parser.currentLocation().getLineNr() + ", column "
                + parser.currentLocation().getColumnNr();
    }

    private RuntimeException failure(IOException e) {
        return e instanceof JsonProcessingException broken
                ? new JsonException("not JSON: " + JsonProblems.plain(broken) + place(), e)
                : new UncheckedIOException(e);
    }
}
