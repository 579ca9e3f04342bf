package dev.firstboot.operate;

import dev.firstboot.image.ByteSize;
import dev.firstboot.internal.json.JsonException;
import dev.firstboot.internal.json.JsonObject;
import dev.firstboot.machine.Command;
import dev.firstboot.machine.CommandResult;
import dev.firstboot.machine.Machine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The running boot environment of a machine that boots from ZFS: its system, configuration, certificates and data as one thing. What is in KEEP, such
 * as {@code /home} and {@code /var/log}, is not part of it. Thread-safe, as far as {@link Machine} is; each call is a command on the machine, the same
 * that {@code ksnap} is at its console.
 *
 * <pre>{@code
 * Stack stack = Stack.of(machine);
 * StackSnapshot before = stack.snapshot("before-upgrade");
 * ...
 * stack.changes(before).files().forEach(System.out::println);
 * }</pre>
 */
public final class Stack {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** The words that {@code ksnap} takes for something else. */
    private static final List<String> VERBS = List.of("list", "show", "diff", "destroy");

    private static final String GUID = "--guid";

    /** The exit code of a command that did not find what it was to look at. */
    private static final int GONE = 3;

    private static final int LONGEST = 400;
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Machine machine;

    private Stack(Machine machine) {
        this.machine = machine;
    }

    /** Returns the stack of a machine that runs, or will when something is asked of it. Nothing happens yet. */
    public static Stack of(Machine machine) {
        return new Stack(Objects.requireNonNull(machine, "machine"));
    }

    /**
     * Takes a snapshot of all datasets in one transaction group ({@code lzc_snapshot}). A database in it is as after a power cut at that moment, which it is
     * made to survive.
     *
     * @param name up to 64 letters, digits, {@code .}, {@code _} and {@code -}; begins with a letter or digit; not {@code list}, {@code show},
     *     {@code diff} or {@code destroy}
     * @throws IllegalArgumentException if it is not such a name
     * @throws StackException if there is one of that name, or the machine does not run from ZFS
     * @throws dev.firstboot.machine.MachineException if the machine cannot be asked
     */
    public StackSnapshot snapshot(String name) {
        return snapshot(ask("ksnap", requireName(name)));
    }

    /**
     * Lists the snapshots of the stack, the oldest first. Leaves out those that were taken in another way, as with {@code zfs snapshot} or by a program for
     * replication.
     */
    public List<StackSnapshot> snapshots() {
        return ask("ksnap", "list").objects("snapshots").stream()
                .map(this::snapshot)
                .toList();
    }

    /**
     * Lists the files that have changed since a snapshot was taken.
     *
     * @throws StackException if it is gone or was replaced, or more than 50,000 files have changed
     */
    public StackChanges changes(StackSnapshot since) {
        return changes(ask("ksnap", "diff", since.name(), GUID, since.guid()));
    }

    /**
     * Lists the files that differ between two snapshots.
     *
     * @param from the older one
     * @throws StackException if one is gone, {@code from} was replaced or is the younger one, or more than 50,000 files have changed
     */
    public StackChanges changes(StackSnapshot from, StackSnapshot to) {
        return changes(ask("ksnap", "diff", from.name(), to.name(), GUID, from.guid()));
    }

    /**
     * Destroys a snapshot in all datasets, or in none.
     *
     * @throws StackException if it is gone, was replaced by another one of that name, or is held, or if something was cloned from it
     */
    public void destroy(StackSnapshot snapshot) {
        ask("ksnap", "destroy", snapshot.name(), GUID, snapshot.guid());
    }

    /**
     * Destroys the snapshots that a retention plan lists, the oldest first. One that is gone already is no failure. If one cannot be destroyed, the others
     * are destroyed all the same.
     *
     * @throws StackException if one could not be destroyed; what was wrong with further ones is suppressed in it
     */
    public void destroy(RetentionPlan plan) {
        @Nullable StackException failure = null;
        for (StackSnapshot snapshot : plan.destroyed()) {
            try {
                destroy(snapshot);
            } catch (StackException e) {
                if (e.isGone()) {
                    continue;
                }
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
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
        Command.Builder asking = Command.builder(
                Stream.concat(Stream.of(command), Stream.of("--json")).toArray(String[]::new));
        CommandResult result = machine.run(asking.timeout(LIMIT).build());
        if (!result.isSuccess()) {
            throw new StackException(machine.name(), said(command[0], result), result.exitCode() == GONE);
        }
        try {
            return JsonObject.parse(result.output());
        } catch (JsonException e) {
            throw new StackException(
                    machine.name(), command[0] + " answered with '" + printable(result.output()) + "'");
        }
    }

    private static String said(String program, CommandResult result) {
        if (result.exitCode() == 127) {
            return "it has no " + program + ": only disks that Firstboot baked have it";
        }
        String errors = printable(result.errors());
        return errors.isEmpty() ? program + " exited with " + result.exitCode() : errors;
    }

    private static String printable(String text) {
        String line = text.strip().replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    private StackSnapshot snapshot(JsonObject told) {
        return new StackSnapshot(
                text(told, "name"),
                text(told, "environment"),
                Instant.ofEpochSecond(number(told, "created")),
                number(told, "group"),
                text(told, "guid"),
                (int) number(told, "members"),
                told.isTrue("complete"),
                told.isTrue("pinned"),
                ByteSize.bytes(number(told, "used")));
    }

    private StackChanges changes(JsonObject told) {
        List<FileChange> files = new ArrayList<>();
        for (JsonObject change : told.objects("changes")) {
            try {
                files.add(FileChange.of(
                        text(change, "change"),
                        text(change, "path"),
                        change.text("to").orElse(null)));
            } catch (IllegalArgumentException e) {
                throw new StackException(
                        machine.name(), "ksnap told what nobody understands: " + printable(change.toString()));
            }
        }
        Map<String, String> skipped = new TreeMap<>();
        told.objects("skipped").forEach(part -> skipped.put(text(part, "dataset"), text(part, "why")));
        return new StackChanges(files, skipped);
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
