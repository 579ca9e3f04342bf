package dev.firstboot.machine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.firstboot.internal.check.Checks;
import dev.firstboot.internal.check.Limits;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A command to be run as root inside a machine: its words, what it reads, and where its output goes. An immutable value; the streams in it are the
 * caller's, and stay open.
 *
 * <p>Unless told otherwise it reads nothing, its output is kept for the {@link CommandResult}, up to 16 MiB of each kind, and it takes as long as it takes.
 */
public final class Command {
    private final List<String> words;
    private final byte[] input;
    private final @Nullable Path inputFile;
    private final @Nullable OutputStream output;
    private final @Nullable OutputStream errors;
    private final @Nullable Duration timeout;

    private Command(Builder builder) {
        words = builder.words;
        input = Objects.requireNonNullElse(builder.input, new byte[0]);
        inputFile = builder.inputFile;
        output = builder.output;
        errors = builder.errors;
        timeout = builder.timeout;
    }

    /**
     * A command with these words; no shell looks at them. They are visible on the host: a secret goes to {@link Builder#input(String)}.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static Command of(String... words) {
        return builder(words).build();
    }

    /**
     * Begins the description of a command with these words; no shell looks at them. They are visible on the host: a secret goes to
     * {@link Builder#input(String)}.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static Builder builder(String... words) {
        return new Builder(List.of(words));
    }

    /** A builder that holds all of this. */
    public Builder toBuilder() {
        Builder builder = new Builder(words);
        builder.input = inputFile == null ? input : null;
        builder.inputFile = inputFile;
        builder.output = output;
        builder.errors = errors;
        builder.timeout = timeout;
        return builder;
    }

    /** The program and its arguments. */
    public List<String> words() {
        return words;
    }

    /** The first word. */
    public String program() {
        return words.get(0);
    }

    /** What it reads from its standard input, a copy; none where that is a file. */
    public byte[] input() {
        return input.clone();
    }

    /** The file that it reads from its standard input, if any. */
    public Optional<Path> inputFile() {
        return Optional.ofNullable(inputFile);
    }

    /** Where its standard output goes; empty where the result keeps it. */
    public Optional<OutputStream> output() {
        return Optional.ofNullable(output);
    }

    /** Where its standard error goes; empty where the result keeps it. */
    public Optional<OutputStream> errors() {
        return Optional.ofNullable(errors);
    }

    /** How long it may take; empty for any time. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    /** The words, without what the command reads. */
    @Override
    public String toString() {
        return "'" + String.join(" ", words) + "'";
    }

    /** Collects what belongs to a command. Not thread-safe. */
    public static final class Builder {
        private final List<String> words;
        private byte @Nullable [] input;
        private @Nullable Path inputFile;
        private @Nullable OutputStream output;
        private @Nullable OutputStream errors;
        private @Nullable Duration timeout;

        private Builder(List<String> words) {
            if (words.isEmpty()) {
                throw new IllegalArgumentException("there is no command to run");
            }
            this.words = words;
        }

        /**
         * Sets the bytes that the command reads from its standard input; none if not set. Fit for secrets of up to 1 MiB: in a virtual machine, what is longer, or
         * belongs to a command with streams, passes through a file in the machine's {@code /var/tmp}, which is root's alone and deleted afterwards.
         */
        public Builder input(byte[] value) {
            requireNoInput();
            input = value.clone();
            return this;
        }

        /** Sets the text, as UTF-8, that the command reads from its standard input. Fit for secrets. */
        public Builder input(String value) {
            return input(value.getBytes(UTF_8));
        }

        /** Sets the file of this host that the command reads from its standard input; a virtual machine gets all of it before the command starts. */
        public Builder input(Path value) {
            requireNoInput();
            inputFile = value.toAbsolutePath().normalize();
            return this;
        }

        private void requireNoInput() {
            if (input != null || inputFile != null) {
                throw new IllegalStateException("input is set twice");
            }
        }

        /**
         * Sets where standard output goes, byte for byte and as it comes; it is kept for the result if not set. One thread writes to the stream, and the
         * command waits for it. If the stream throws, the command is ended.
         */
        public Builder output(OutputStream value) {
            output = Checks.once("output", output, value);
            return this;
        }

        /** Sets where standard error goes, in the same manner as {@link #output}. */
        public Builder errors(OutputStream value) {
            errors = Checks.once("errors", errors, value);
            return this;
        }

        /** Sets how long the command may take before it is ended, from its start; any time if not set. */
        public Builder timeout(Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException("timeout " + value + " is not longer than nothing");
            }
            timeout = Checks.once("timeout", timeout, Limits.limit(value));
            return this;
        }

        /** The description. */
        public Command build() {
            return new Command(this);
        }
    }
}
