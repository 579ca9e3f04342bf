package dev.firstboot.zfs.internal.ffi;

import dev.firstboot.zfs.error.ItemFailure;
import dev.firstboot.zfs.nvlist.NvList;
import java.util.List;
import java.util.Map;

/**
 * The ioctls that {@code zfs set} and {@code zpool set} use; the commands, if the kernel has other ioctls than this library knows. Names are checked by the
 * caller.
 */
public final class PropertyCalls {
    private static final int ZFS_IOC_SET_PROP = 0x5a16;
    private static final int ZFS_IOC_POOL_SET_PROPS = 0x5a26;
    private static final int ZFS_IOC_POOL_GET_PROPS = 0x5a27;
    private static final int ZFS_IOC_INHERIT_PROP = 0x5a2b;
    private static final int ZFS_IOC_OBJSET_RECVD_PROPS = 0x5a33;
    private static final int ZFS_IOC_POOL_STATS = 0x5a05;

    /** The words of a property that is on or off; the kernel takes the word's index. */
    public static final List<String> SWITCH = List.of("off", "on");

    /** The settable pool properties that have a list of words, by name; the kernel takes the word's index: {@code zpool_prop.c}. */
    public static final Map<String, List<String>> POOL_WORDS = Map.of(
            "autoexpand", SWITCH,
            "autoreplace", SWITCH,
            "autotrim", SWITCH,
            "delegation", SWITCH,
            "listsnapshots", SWITCH,
            "multihost", SWITCH,
            "failmode", List.of("wait", "continue", "panic"));

    private PropertyCalls() {}

    /**
     * Sets properties of a dataset; those that fail are reported as items: {@code ZFS_IOC_SET_PROP}.
     *
     * @param properties as the kernel takes them
     * @param texts the same as the command takes them
     */
    public static void set(String dataset, NvList properties, Map<String, String> texts) {
        if (!SelfCheck.holds()) {
            CommandProperties.set(dataset, texts);
            return;
        }
        try (Scope scope = new Scope()) {
            ZfsCommand command = new ZfsCommand(scope)
                    .text(ZfsCommand.NAME, dataset)
                    .source(properties)
                    .room();
            int error = command.run(ZFS_IOC_SET_PROP);
            List<ItemFailure> items = command.result().map(Calls::failures).orElse(List.of());
            Calls.check("ZFS_IOC_SET_PROP", dataset, error, items);
        }
    }

    /** Removes the local value of a property; with {@code received}, restores the one that came with a stream: {@code ZFS_IOC_INHERIT_PROP}. */
    public static void inherit(String dataset, String property, boolean received) {
        if (!SelfCheck.holds()) {
            CommandProperties.inherit(dataset, property, received);
            return;
        }
        try (Scope scope = new Scope()) {
            int error = new ZfsCommand(scope)
                    .text(ZfsCommand.NAME, dataset)
                    .text(ZfsCommand.VALUE, property)
                    .number(ZfsCommand.COOKIE, received ? 1 : 0)
                    .run(ZFS_IOC_INHERIT_PROP);
            Calls.check("ZFS_IOC_INHERIT_PROP", dataset + " " + property, error, List.of());
        }
    }

    /** Returns the properties that came with a stream, also those that are overridden: {@code ZFS_IOC_OBJSET_RECVD_PROPS}. */
    public static NvList received(String dataset) {
        return SelfCheck.holds()
                ? ask("ZFS_IOC_OBJSET_RECVD_PROPS", ZFS_IOC_OBJSET_RECVD_PROPS, dataset)
                : CommandProperties.received(dataset);
    }

    /** Returns the properties of a pool: {@code ZFS_IOC_POOL_GET_PROPS}. */
    public static NvList pool(String pool) {
        return SelfCheck.holds()
                ? ask("ZFS_IOC_POOL_GET_PROPS", ZFS_IOC_POOL_GET_PROPS, pool)
                : CommandProperties.pool(pool);
    }

    /** Returns the configuration and state of a pool, which no command prints as such: {@code ZFS_IOC_POOL_STATS}. */
    public static NvList poolConfig(String pool) {
        SelfCheck.require();
        return ask("ZFS_IOC_POOL_STATS", ZFS_IOC_POOL_STATS, pool);
    }

    /**
     * Sets properties of a pool: {@code ZFS_IOC_POOL_SET_PROPS}.
     *
     * @param properties as the kernel takes them
     * @param texts the same as the command takes them
     */
    public static void setPool(String pool, NvList properties, Map<String, String> texts) {
        if (!SelfCheck.holds()) {
            CommandProperties.setPool(pool, texts);
            return;
        }
        try (Scope scope = new Scope()) {
            int error = new ZfsCommand(scope)
                    .text(ZfsCommand.NAME, pool)
                    .source(properties)
                    .run(ZFS_IOC_POOL_SET_PROPS);
            Calls.check("ZFS_IOC_POOL_SET_PROPS", pool, error, List.of());
        }
    }

    private static NvList ask(String function, int request, String name) {
        try (Scope scope = new Scope()) {
            ZfsCommand command =
                    new ZfsCommand(scope).text(ZfsCommand.NAME, name).room();
            Calls.check(function, name, command.run(request), List.of());
            return command.result().orElse(NvList.empty());
        }
    }
}
