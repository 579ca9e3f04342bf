package dev.firstboot.internal.tool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The description of one call of a tool: set options, then call {@link #execute()}, {@link #text()} or {@link #start()}. Not thread-safe.
 *
 * <p>Defaults: empty standard input; output is discarded except for the last forty lines; any exit status other than zero is a {@link ToolException};
 * five seconds between TERM and KILL on cancellation.
 */
public final class ToolRun {
    private static final int SHOWN_OF_SCRIPT = 60;

    final Tool tool;
    final List<String> arguments;
    final List<String> entering = new ArrayList<>();
    final Map<String, String> environment = new LinkedHashMap<>();
    final Set<Integer> accepted = new LinkedHashSet<>(Set.of(0));
    boolean anyStatus;

    @Nullable
    Path directory;

    byte @Nullable [] input;
    Path inputFile = Path.of("/dev/null");

    @Nullable
    Consumer<String> onOutput;

    @Nullable
    Consumer<String> onError;

    @Nullable
    OutputStream outputStream;

    @Nullable
    OutputStream errorStream;

    @Nullable
    Path outputFile;

    @Nullable
    Path logFile;

    int tailLines = 40;
    Duration grace = Duration.ofSeconds(5);

    @Nullable
    Duration timeout;

    @Nullable
    String hint;

    ToolRun(Tool tool, List<String> arguments) {
        this.tool = tool;
        this.arguments = new ArrayList<>(arguments);
    }

    /** Adds arguments. */
    public ToolRun add(String... more) {
        arguments.addAll(List.of(more));
        return this;
    }

    /** Adds arguments. */
    public ToolRun addAll(Collection<String> more) {
        arguments.addAll(more);
        return this;
    }

    /** Sets a variable in the tool's otherwise clean environment. */
    public ToolRun env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /**
     * Sets the words of a program that executes what follows them. It gets the tool and its supervisor, so both run where it leads, such as in a
     * namespace.
     */
    public ToolRun within(Collection<String> words) {
        entering.addAll(words);
        return this;
    }

    /** Sets the working directory; defaults to this JVM's. */
    public ToolRun directory(Path value) {
        directory = value;
        return this;
    }

    /** Sets the bytes of the tool's standard input. They pass only through memory and a pipe: suitable for secrets. */
    public ToolRun stdin(byte[] bytes) {
        input = bytes.clone();
        return this;
    }

    /** Sets the text, as UTF-8, of the tool's standard input. */
    public ToolRun stdin(String text) {
        return stdin(text.getBytes(UTF_8));
    }

    /** Sets a file as the tool's standard input. */
    public ToolRun stdin(Path file) {
        input = null;
        inputFile = file;
        return this;
    }

    /** Sets a consumer of each line of standard output, in a thread of the tool; if it throws, the tool is cancelled. */
    public ToolRun onOutput(Consumer<String> consumer) {
        onOutput = consumer;
        return this;
    }

    /** Sets a consumer of each line of standard error, in a thread of the tool; if it throws, the tool is cancelled. */
    public ToolRun onError(Consumer<String> consumer) {
        onError = consumer;
        return this;
    }

    /** Sets a consumer of each line of both outputs, one line at a time. */
    public ToolRun onLine(Consumer<String> consumer) {
        Object lock = new Object();
        Consumer<String> one = line -> {
            synchronized (lock) {
                consumer.accept(line);
            }
        };
        return onOutput(one).onError(one);
    }

    /** Writes standard output, byte for byte, to this stream, which stays open. */
    public ToolRun output(OutputStream stream) {
        outputStream = stream;
        return this;
    }

    /** Writes standard error, byte for byte, to this stream, which stays open; then no last lines are kept. */
    public ToolRun errors(OutputStream stream) {
        errorStream = stream;
        return this;
    }

    /** Writes standard output to this file, replacing it, without passing through this JVM. */
    public ToolRun output(Path file) {
        outputFile = file;
        return this;
    }

    /** Appends both outputs to this file, so that the tool may outlive this JVM. */
    public ToolRun log(Path file) {
        logFile = file;
        return this;
    }

    /** Sets how many of the last lines are kept for an error message. */
    public ToolRun tail(int lines) {
        tailLines = lines;
        return this;
    }

    /** Sets the time between TERM and KILL. */
    public ToolRun grace(Duration value) {
        grace = value;
        return this;
    }

    /** Sets the time limit, after which the tool is cancelled with an error. */
    public ToolRun timeout(Duration value) {
        timeout = value;
        return this;
    }

    /** Accepts more exit statuses besides zero. */
    public ToolRun accept(int... statuses) {
        for (int status : statuses) {
            accepted.add(status);
        }
        return this;
    }

    /** Accepts any exit status: the caller checks {@link ToolResult#status()}. */
    public ToolRun anyStatus() {
        anyStatus = true;
        return this;
    }

    /** Sets what a person should do when this call fails: a sentence without its full stop. */
    public ToolRun hint(String sentence) {
        hint = sentence;
        return this;
    }

    /**
     * Runs the tool to its end.
     *
     * @throws ToolMissingException if the host lacks it
     * @throws ToolCancelledException if the calling thread is interrupted; its interrupt status stays set
     * @throws ToolException if it fails
     */
    public ToolResult execute() {
        return start().await();
    }

    /** Runs the tool to its end and returns its standard output unchanged, as UTF-8. */
    public String text() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        output(bytes).execute();
        return bytes.toString(UTF_8);
    }

    /** Returns the program's path and its arguments, to embed in another tool's arguments. */
    public List<String> words() {
        List<String> words = new ArrayList<>(List.of(tool.require().toString()));
        words.addAll(arguments);
        return words;
    }

    /** Starts the tool. The caller must end it with {@link ToolProcess#await()} or {@link ToolProcess#close()}. */
    public ToolProcess start() {
        return ToolProcess.start(this);
    }

    boolean accepts(int status) {
        return anyStatus || accepted.contains(status);
    }

    /** Returns the command line as a person would type it, but only the beginning of each script in it. */
    @Override
    public String toString() {
        return tool.program() + arguments.stream().map(ToolRun::shown).collect(Collectors.joining(" ", " ", ""));
    }

    private static String shown(String word) {
        int end = word.indexOf('\n');
        return ShellWords.quote(end < 0 ? word : word.substring(0, Math.min(end, SHOWN_OF_SCRIPT)) + " …");
    }
}
