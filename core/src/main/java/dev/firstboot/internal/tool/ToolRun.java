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
 * The description of one call of a tool, filled in by its setters and ended by {@link #execute()}, {@link #text()} or
 * {@link #start()}. Not thread-safe.
 *
 * <p>Unless told otherwise: nothing on standard input, output dropped but for the last forty lines, any exit status but
 * zero is a {@link ToolException}, five seconds between TERM and KILL when it is cancelled.
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

    /** The words of a program that executes what follows them: it gets the tool and its supervisor, so that both are where it leads, such as in a namespace. */
    public ToolRun within(Collection<String> words) {
        entering.addAll(words);
        return this;
    }

    /** The directory to run in; without it, this JVM's own. */
    public ToolRun directory(Path value) {
        directory = value;
        return this;
    }

    /** These bytes are the tool's standard input. They pass through memory and a pipe only: fit for secrets. */
    public ToolRun stdin(byte[] bytes) {
        input = bytes.clone();
        return this;
    }

    /** This text, as UTF-8, is the tool's standard input. */
    public ToolRun stdin(String text) {
        return stdin(text.getBytes(UTF_8));
    }

    /** This file is the tool's standard input. */
    public ToolRun stdin(Path file) {
        input = null;
        inputFile = file;
        return this;
    }

    /** Gets each line of standard output, in a thread of the tool's; throwing cancels the tool. */
    public ToolRun onOutput(Consumer<String> consumer) {
        onOutput = consumer;
        return this;
    }

    /** Gets each line of standard error, in a thread of the tool's; throwing cancels the tool. */
    public ToolRun onError(Consumer<String> consumer) {
        onError = consumer;
        return this;
    }

    /** Gets each line of both outputs, one line at a time. */
    public ToolRun onLine(Consumer<String> consumer) {
        Object lock = new Object();
        Consumer<String> one = line -> {
            synchronized (lock) {
                consumer.accept(line);
            }
        };
        return onOutput(one).onError(one);
    }

    /** Standard output goes, byte for byte, to this stream, which stays open. */
    public ToolRun output(OutputStream stream) {
        outputStream = stream;
        return this;
    }

    /** Standard error goes, byte for byte, to this stream, which stays open; it leaves no last lines then. */
    public ToolRun errors(OutputStream stream) {
        errorStream = stream;
        return this;
    }

    /** Standard output goes to this file, which is written anew, without passing through this JVM. */
    public ToolRun output(Path file) {
        outputFile = file;
        return this;
    }

    /** Both outputs are added to the end of this file, so that the tool may outlive this JVM. */
    public ToolRun log(Path file) {
        logFile = file;
        return this;
    }

    /** How many of the last lines are kept for an error message. */
    public ToolRun tail(int lines) {
        tailLines = lines;
        return this;
    }

    /** The time between TERM and KILL. */
    public ToolRun grace(Duration value) {
        grace = value;
        return this;
    }

    /** The tool is cancelled, and it is an error, when it has not ended by itself after this time. */
    public ToolRun timeout(Duration value) {
        timeout = value;
        return this;
    }

    /** Exit statuses besides zero that are no error. */
    public ToolRun accept(int... statuses) {
        for (int status : statuses) {
            accepted.add(status);
        }
        return this;
    }

    /** No exit status is an error: the caller looks at {@link ToolResult#status()}. */
    public ToolRun anyStatus() {
        anyStatus = true;
        return this;
    }

    /** What a person should do when this call fails; a sentence without its full stop. */
    public ToolRun hint(String sentence) {
        hint = sentence;
        return this;
    }

    /**
     * Runs the tool to its end.
     *
     * @throws ToolMissingException when the host lacks it
     * @throws ToolCancelledException when the calling thread is interrupted, which stays set
     * @throws ToolException when it fails
     */
    public ToolResult execute() {
        return start().await();
    }

    /** Runs the tool to its end and returns what it wrote to standard output, as UTF-8, as it is. */
    public String text() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        output(bytes).execute();
        return bytes.toString(UTF_8);
    }

    /** The program, wherever it is, and its arguments: to be part of another tool's. */
    public List<String> words() {
        List<String> words = new ArrayList<>(List.of(tool.require().toString()));
        words.addAll(arguments);
        return words;
    }

    /** Starts the tool. The caller ends it: by {@link ToolProcess#await()} or {@link ToolProcess#close()}. */
    public ToolProcess start() {
        return ToolProcess.start(this);
    }

    boolean accepts(int status) {
        return anyStatus || accepted.contains(status);
    }

    /** The command line as a person would type it, but for scripts in it: of each there is its beginning. */
    @Override
    public String toString() {
        return tool.program() + arguments.stream().map(ToolRun::shown).collect(Collectors.joining(" ", " ", ""));
    }

    private static String shown(String word) {
        int end = word.indexOf('\n');
        return ShellWords.quote(end < 0 ? word : word.substring(0, Math.min(end, SHOWN_OF_SCRIPT)) + " …");
    }
}
