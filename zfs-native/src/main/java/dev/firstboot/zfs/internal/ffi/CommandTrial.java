package dev.firstboot.zfs.internal.ffi;

import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.internal.ffi.SelfCheck.Answer;
import dev.firstboot.zfs.nvlist.MalformedNvListException;
import dev.firstboot.zfs.nvlist.NvList;
import dev.firstboot.zfs.nvlist.NvLookupException;
import java.util.Optional;

/**
 * Tries {@code zfs_cmd_t} on the running kernel. In one call the structure ends where the memory ends: the kernel must not touch more of it. In another, what
 * the kernel reports about a dataset must be at the offsets of {@link ZfsCommand}.
 */
final class CommandTrial {
    private CommandTrial() {}

    /** @throws dev.firstboot.zfs.error.ZfsCallException if memory cannot be mapped */
    static Answer run() {
        try (GuardedMemory memory = GuardedMemory.map(ZfsCommand.SIZE);
                Scope scope = new Scope()) {
            ZfsCommand configs = new ZfsCommand(scope, memory.last(ZfsCommand.SIZE)).room();
            int error = configs.run(ListCalls.ZFS_IOC_POOL_CONFIGS);
            if (error != 0) {
                return new Answer("ZFS_IOC_POOL_CONFIGS fails with " + new Errno(error), false);
            }
            Optional<NvList> pools = configs.result();
            return pools.isEmpty() || pools.get().isEmpty()
                    ? Answer.FINE_SO_FAR
                    : statsAnswer(scope, pools.get().pairs().get(0).name());
        } catch (MalformedNvListException | NvLookupException e) {
            return new Answer("what it returns is not what is asked for: " + e.getMessage(), true);
        }
    }

    private static Answer statsAnswer(Scope scope, String pool) {
        ZfsCommand command = new ZfsCommand(scope).text(ZfsCommand.NAME, pool).room();
        if (command.run(ListCalls.ZFS_IOC_OBJSET_STATS) != 0) {
            return Answer.FINE_SO_FAR;
        }
        Stats stats = Stats.of(command);
        long guid = stats.properties().nvlist("guid").uint64("value");
        long txg = stats.properties().nvlist("createtxg").uint64("value");
        boolean same = stats.guid() == guid && stats.createTxg() == txg && !stats.snapshot() && !stats.volume();
        return same ? Answer.FINE : new Answer(pool + " is told of in another place", true);
    }
}
