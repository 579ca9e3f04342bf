package dev.firstboot.zfs.internal.ffi;

import dev.firstboot.zfs.nvlist.NvList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The ioctls that {@code zfs list} and {@code zpool list} use; the commands, if the kernel has other ioctls than this library knows. Names are checked by the
 * caller.
 */
public final class ListCalls {
    static final int ZFS_IOC_POOL_CONFIGS = 0x5a04;
    static final int ZFS_IOC_OBJSET_STATS = 0x5a12;
    private static final int ZFS_IOC_OBJSET_ZPLPROPS = 0x5a13;
    private static final int ZFS_IOC_DATASET_LIST_NEXT = 0x5a14;
    private static final int ZFS_IOC_SNAPSHOT_LIST_NEXT = 0x5a15;

    private static final int ENOENT = 2;
    private static final int ESRCH = 3;

    private ListCalls() {}

    /** Returns the configuration of each imported pool, by name: {@code ZFS_IOC_POOL_CONFIGS}. */
    public static NvList pools() {
        if (!SelfCheck.holds()) {
            return CommandLists.pools();
        }
        try (Scope scope = new Scope()) {
            ZfsCommand command = new ZfsCommand(scope).room();
            Calls.check("ZFS_IOC_POOL_CONFIGS", "", command.run(ZFS_IOC_POOL_CONFIGS), List.of());
            return command.result().orElse(NvList.empty());
        }
    }

    /** Returns a filesystem, volume or snapshot with its properties; empty if it does not exist: {@code ZFS_IOC_OBJSET_STATS}. */
    public static Optional<Stats> find(String name) {
        if (!SelfCheck.holds()) {
            return CommandLists.find(name);
        }
        try (Scope scope = new Scope()) {
            ZfsCommand command =
                    new ZfsCommand(scope).text(ZfsCommand.NAME, name).room();
            int error = command.run(ZFS_IOC_OBJSET_STATS);
            if (error == ENOENT) {
                return Optional.empty();
            }
            Calls.check("ZFS_IOC_OBJSET_STATS", name, error, List.of());
            Stats stats = Stats.of(command);
            return Optional.of(stats.volume() ? stats : stats.with(ofPosixLayer(scope, name)));
        }
    }

    /** Returns the properties that the POSIX layer stores in the filesystem itself; none if they cannot be read: {@code ZFS_IOC_OBJSET_ZPLPROPS}. */
    private static NvList ofPosixLayer(Scope scope, String name) {
        ZfsCommand command = new ZfsCommand(scope).text(ZfsCommand.NAME, name).room();
        int error = command.run(ZFS_IOC_OBJSET_ZPLPROPS);
        return error == 0 ? command.result().orElse(NvList.empty()) : NvList.empty();
    }

    /** Returns the filesystems and volumes directly below one: {@code ZFS_IOC_DATASET_LIST_NEXT}. */
    public static List<Stats> children(String parent, boolean properties) {
        if (!SelfCheck.holds()) {
            return CommandLists.children(parent);
        }
        return walk("ZFS_IOC_DATASET_LIST_NEXT", ZFS_IOC_DATASET_LIST_NEXT, parent, properties);
    }

    /** Returns the snapshots of one filesystem or volume, in no order: {@code ZFS_IOC_SNAPSHOT_LIST_NEXT}. */
    public static List<Stats> snapshots(String dataset, boolean properties) {
        if (!SelfCheck.holds()) {
            return CommandLists.snapshots(dataset);
        }
        return walk("ZFS_IOC_SNAPSHOT_LIST_NEXT", ZFS_IOC_SNAPSHOT_LIST_NEXT, dataset, properties);
    }

    private static List<Stats> walk(String function, int request, String parent, boolean properties) {
        List<Stats> found = new ArrayList<>();
        try (Scope scope = new Scope()) {
            ZfsCommand command = new ZfsCommand(scope);
            // The kernel is faster if it reports no details. Before 2.2, it then reported only the name.
            boolean simple = !properties;
            if (properties) {
                command.room();
            }
            while (true) {
                command.flag(ZfsCommand.SIMPLE, simple);
                long cookie = command.number(ZfsCommand.COOKIE);
                command.text(ZfsCommand.NAME, parent).number(ZfsCommand.STATS_CREATION_TXG, 0);
                int error = command.run(request);
                if (error == ESRCH || error == ENOENT) {
                    // The kernel returns the same for an empty dataset and for one that does not exist.
                    boolean absent = found.isEmpty() && !BookmarkCalls.canHave(parent);
                    Calls.check(function, parent, absent ? ENOENT : 0, List.of());
                    return found;
                }
                Calls.check(function, parent, error, List.of());
                if (simple && command.number(ZfsCommand.STATS_GUID) == 0) {
                    simple = false;
                    command.number(ZfsCommand.COOKIE, cookie);
                    continue;
                }
                found.add(Stats.of(command));
            }
        }
    }
}
