package dev.firstboot.zfs;

import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Builds the text of options: lists those that were set, in brackets. Not thread-safe. */
final class OptionText {
    private final StringJoiner joiner;

    OptionText(String what) {
        joiner = new StringJoiner(", ", what + "(", ")");
    }

    OptionText value(String name, @Nullable Object value) {
        if (value != null) {
            joiner.add(name + " " + value);
        }
        return this;
    }

    OptionText flag(String name, int bits) {
        if (bits != 0) {
            joiner.add(name);
        }
        return this;
    }

    @Override
    public String toString() {
        return joiner.toString();
    }
}
