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
 * A command to run as root inside a machine: its words, its input, and where its output goes. An immutable value; its streams belong to the caller
 * and are not closed.
 *
 * <p>By default it reads nothing, its output is kept for the {@link CommandResult}, up to 16 MiB each for standard output and standard error, and it
 * has no time limit.
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
     * Returns a command with these words; no shell interprets them. They are visible on the host: pass secrets to {@link Builder#input(String)}.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static Command of(String... words) {
        return builder(words).build();
    }

    /**
     * Returns a builder for a command with these words; no shell interprets them. They are visible on the host: pass secrets to
     * {@link Builder#input(String)}.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static Builder builder(String... words) {
        return new Builder(List.of(words));
    }

    /** Returns a builder with the settings of this command. */
    public Builder toBuilder() {
        Builder builder = new Builder(words);
        builder.input = inputFile == null ? input : null;
        builder.inputFile = inputFile;
        builder.output = output;
        builder.errors = errors;
        builder.timeout = timeout;
        return builder;
    }

    /** Returns the program and its arguments. */
    public List<String> words() {
        return words;
    }

    /** Returns the first word. */
    public String program() {
        return words.get(0);
    }

    /** Returns a copy of the standard input; empty if it is a file. */
    public byte[] input() {
        return input.clone();
    }

    /** Returns the file used as standard input, if any. */
    public Optional<Path> inputFile() {
        return Optional.ofNullable(inputFile);
    }

    /** Returns where standard output goes; empty if the result keeps it. */
    public Optional<OutputStream> output() {
        return Optional.ofNullable(output);
    }

    /** Returns where standard error goes; empty if the result keeps it. */
    public Optional<OutputStream> errors() {
        return Optional.ofNullable(errors);
    }

    /** Returns the time limit; empty if there is none. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    /** Returns the words, without the input. */
    @Override
    public String toString() {
        return "'" + String.join(" ", words) + "'";
    }

    /** Builds a command. Not thread-safe. */
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
         * Sets the bytes of the command's standard input; none by default. Suitable for secrets of up to 1 MiB: in a virtual machine, a longer input,
         * or one of a command with streams, passes through a file in the machine's {@code /var/tmp}, which only root can read and which is deleted
         * afterwards.
         */
        public Builder input(byte[] value) {
            requireNoInput();
            input = value.clone();
            return this;
        }

        /** Sets the text of the command's standard input, as UTF-8. Suitable for secrets. */
        public Builder input(String value) {
            return input(value.getBytes(UTF_8));
        }

        /** Sets a file of this host as the command's standard input; a virtual machine receives all of it before the command starts. */
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
         * Sets where standard output goes, byte for byte, as it arrives; by default it is kept for the result. One thread writes to the stream, and
         * the command waits for it. If the stream throws, the command is ended.
         */
        public Builder output(OutputStream value) {
            output = Checks.once("output", output, value);
            return this;
        }

        /** Sets where standard error goes, like {@link #output}. */
        public Builder errors(OutputStream value) {
            errors = Checks.once("errors", errors, value);
            return this;
        }

        /** Sets the time limit, counted from the command's start, after which it is ended; none by default. */
        public Builder timeout(Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException("timeout " + value + " is not longer than nothing");
            }
            timeout = Checks.once("timeout", timeout, Limits.limit(value));
            return this;
        }

        /** Builds the command. */
        public Command build() {
            return new Command(this);
        }
    }
}
