package dev.firstboot.operate;

import dev.firstboot.image.ByteSize;
import dev.firstboot.internal.json.JsonException;
import dev.firstboot.internal.json.JsonObject;
import dev.firstboot.machine.CommandResult;
import dev.firstboot.machine.Machine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The running boot environment of a machine that boots from ZFS: its system, configuration, certificates and data as one thing. What is in KEEP, such as {@code /home} and {@code /var/log}, is not
 * part of it. Thread-safe, as far as {@link Machine} is; each call is a command on the machine, the same that {@code ksnap} is at its console.
 *
 * <pre>{@code
 * Stack stack = Stack.of(machine);
 * StackSnapshot before = stack.snapshot("before-upgrade");
 * ...
 * stack.changes(before).forEach(System.out::println);
 * }</pre>
 */
public final class Stack {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** The words that {@code ksnap} takes for something else. */
    private static final List<String> VERBS = List.of("list", "show", "diff", "destroy");

    private final Machine machine;

    private Stack(Machine machine) {
        this.machine = machine;
    }

    /** Returns the stack of a machine that runs, or will when something is asked of it. Nothing happens yet. */
    public static Stack of(Machine machine) {
        return new Stack(Objects.requireNonNull(machine, "machine"));
    }

    /**
     * Takes a snapshot of all datasets in one transaction group ({@code lzc_snapshot}). A database in it is as after a power cut at that moment, which it is made to survive.
     *
     * @param name letters, digits, {@code .}, {@code _} and {@code -}, up to 64
     * @throws StackException if there is one of that name, or the machine does not run from ZFS
     * @throws dev.firstboot.machine.MachineException if the machine cannot be asked
     */
    public StackSnapshot snapshot(String name) {
        return snapshot(ask("ksnap", requireName(name)));
    }

    /** Lists the snapshots of the stack, the oldest first. */
    public List<StackSnapshot> snapshots() {
        return ask("ksnap", "list").objects("snapshots").stream()
                .map(this::snapshot)
                .toList();
    }

    /**
     * Lists the files that have changed since a snapshot was taken.
     *
     * @throws StackException if it is gone
     */
    public List<FileChange> changes(StackSnapshot since) {
        return changes(ask("ksnap", "diff", since.name()));
    }

    /** Lists the files that differ between two snapshots. */
    public List<FileChange> changes(StackSnapshot from, StackSnapshot to) {
        return changes(ask("ksnap", "diff", from.name(), to.name()));
    }

    /**
     * Destroys a snapshot in all datasets, or in none.
     *
     * @throws StackException if it is gone or held, or something was cloned from it
     */
    public void destroy(StackSnapshot snapshot) {
        ask("ksnap", "destroy", snapshot.name());
    }

    /** Destroys what a retention plan says. What happened before one cannot be destroyed has happened; make a new plan to go on. */
    public void destroy(RetentionPlan plan) {
        plan.destroyed().forEach(this::destroy);
    }

    private static String requireName(String name) {
        if (!NAME.matcher(name).matches() || VERBS.contains(name)) {
            throw new IllegalArgumentException("'" + name.strip()
                    + "' is no name for a snapshot: use up to 64 letters, digits, '.', '_' and '-', and none of "
                    + VERBS);
        }
        return name;
    }

    private JsonObject ask(String... command) {
        String[] words = Stream.concat(Stream.of(command), Stream.of("--json")).toArray(String[]::new);
        CommandResult result = machine.run(words);
        if (!result.isSuccess()) {
            String said = result.errors().strip();
            throw new StackException(
                    machine.name(),
                    result.exitCode() == 127
                            ? "it has no " + command[0] + ": only disks that Firstboot baked have it"
                            : said);
        }
        try {
            return JsonObject.parse(result.output());
        } catch (JsonException e) {
            throw new StackException(
                    machine.name(),
                    command[0] + " answered with '" + result.output().strip() + "'");
        }
    }

    private StackSnapshot snapshot(JsonObject told) {
        return new StackSnapshot(
                text(told, "name"),
                text(told, "environment"),
                Instant.ofEpochSecond(number(told, "created")),
                text(told, "guid"),
                (int) number(told, "members"),
                told.isTrue("complete"),
                ByteSize.bytes(number(told, "used")));
    }

    private static List<FileChange> changes(JsonObject told) {
        List<FileChange> changes = new ArrayList<>();
        for (JsonObject change : told.objects("changes")) {
            changes.add(FileChange.of(
                    change.text("change").orElse(""),
                    change.text("path").orElse(""),
                    change.text("to").orElse(null)));
        }
        return changes;
    }

    private String text(JsonObject told, String field) {
        return told.text(field).orElseThrow(() -> missing(told, field));
    }

    private long number(JsonObject told, String field) {
        return told.number(field).orElseThrow(() -> missing(told, field)).longValue();
    }

    private StackException missing(JsonObject told, String field) {
        return new StackException(machine.name(), "ksnap told no " + field + " in " + told);
    }

    @Override
    public String toString() {
        return "stack of " + machine.name();
    }
}
