package dev.firstboot.zfs.internal.ffi;

import dev.firstboot.zfs.nvlist.NvList;
import dev.firstboot.zfs.nvlist.NvListBuilder;
import dev.firstboot.zfs.nvlist.NvPair;
import dev.firstboot.zfs.nvlist.NvType;

/**
 * What the kernel reports about a dataset: {@code dmu_objset_stats_t} and its properties.
 *
 * @param name its full name
 * @param volume whether it is a volume, or a snapshot of one
 * @param snapshot whether it is a snapshot
 * @param inconsistent whether it is from a receive that did not finish
 * @param guid its GUID, unsigned
 * @param createTxg the transaction group that created it
 * @param properties by name, lists of {@code value} and {@code source}; empty if they were not requested
 */
public record Stats(
        String name,
        boolean volume,
        boolean snapshot,
        boolean inconsistent,
        long guid,
        long createTxg,
        NvList properties) {
    private static final int DMU_OST_ZVOL = 3;

    /** Returns the same with more properties: numbers by name. */
    Stats with(NvList numbers) {
        NvListBuilder all = properties.toBuilder();
        for (NvPair pair : numbers.pairs()) {
            if (pair.type() == NvType.UINT64 && !properties.has(pair.name())) {
                all.addNvList(
                        pair.name(),
                        NvList.builder().addUint64("value", (Long) pair.value()).build());
            }
        }
        return new Stats(name, volume, snapshot, inconsistent, guid, createTxg, all.build());
    }

    static Stats of(ZfsCommand command) {
        return new Stats(
                command.text(ZfsCommand.NAME),
                command.integer(ZfsCommand.STATS_TYPE) == DMU_OST_ZVOL,
                command.flag(ZfsCommand.STATS_IS_SNAPSHOT),
                command.flag(ZfsCommand.STATS_INCONSISTENT),
                command.number(ZfsCommand.STATS_GUID),
                command.number(ZfsCommand.STATS_CREATION_TXG),
                command.result().orElse(NvList.empty()));
    }
}
