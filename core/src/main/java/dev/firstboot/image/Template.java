package dev.firstboot.image;

import dev.firstboot.internal.json.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The content of a file with values that only the machine knows: its secrets and facts. The machine writes the file at every boot before any step or
 * service of the workload starts, atomically and only if it changed.
 *
 * @param parts text and values, in order
 */
@Kind("template")
public record Template(List<Part> parts) implements Content {
    public Template {
        parts = List.copyOf(Objects.requireNonNull(parts, "parts"));
    }

    /** A piece of a template. */
    public sealed interface Part permits Text, SecretValue, FactValue {}

    /** Text that is copied unchanged. */
    @Kind("text")
    public record Text(String text) implements Part {
        public Text {
            Objects.requireNonNull(text, "text");
        }
    }

    /**
     * The value of a {@link Secret} of the same recipe.
     *
     * @param secret the secret's name
     */
    @Kind("secret")
    public record SecretValue(String secret, Escape escape) implements Part {
        public SecretValue {
            Names.label("secret name", secret);
            Objects.requireNonNull(escape, "escape");
        }
    }

    /** A fact that a machine knows about itself. */
    @Kind("fact")
    public record FactValue(Fact fact, Escape escape) implements Part {
        public FactValue {
            Objects.requireNonNull(fact, "fact");
            Objects.requireNonNull(escape, "escape");
        }
    }

    /** The facts that a machine knows about itself. */
    public enum Fact {
        /** The host name, without domain. */
        HOSTNAME,
        /** The identity in {@code /etc/machine-id}, 32 hexadecimal digits. */
        MACHINE_ID
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects the parts of a template. Not thread-safe. */
    public static final class Builder {
        private final List<Part> parts = new ArrayList<>();

        private Builder() {}

        public Builder text(String text) {
            parts.add(new Text(text));
            return this;
        }

        public Builder secret(String name, Escape escape) {
            parts.add(new SecretValue(name, escape));
            return this;
        }

        public Builder fact(Fact fact, Escape escape) {
            parts.add(new FactValue(fact, escape));
            return this;
        }

        public Template build() {
            return new Template(parts);
        }
    }
}
