package dev.firstboot.zfs.live;

import dev.firstboot.zfs.Dataset;
import dev.firstboot.zfs.Lease;
import dev.firstboot.zfs.Zfs;
import dev.firstboot.zfs.error.ZfsException;
import dev.firstboot.zfs.internal.ffi.DatasetCalls;
import dev.firstboot.zfs.internal.ffi.ProgramCalls;
import dev.firstboot.zfs.internal.ffi.SnapshotCalls;
import dev.firstboot.zfs.nvlist.NvList;
import java.util.List;
import java.util.Map;

/** Runs in a process of its own, which may not be aborted. */
final class Misuse {
    private static int survived;

    private Misuse() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        String snapshot = arguments[0];
        String clone = snapshot.substring(0, snapshot.indexOf('/')) + "/clone";
        // Before libzfs_core_init, which every call sees to.
        attempt(() -> DatasetCalls.destroy("no-such-pool/fs"));
        attempt(() -> DatasetCalls.clone(clone, nothing(), NvList.empty()));
        attempt(() -> ProgramCalls.run("no-such-pool", nothing(), false, 1, 1, NvList.empty()));
        attempt(() -> ProgramCalls.run("no-such-pool", "return 1", false, 1, -1, NvList.empty()));
        attempt(() -> DatasetCalls.create(clone, false, deep(101), null));
        attempt(() -> SnapshotCalls.snapshot(List.of("x".repeat(5000)), NvList.empty()));
        attempt(() -> SnapshotCalls.snapshot(List.of(snapshot, "@", "", "/"), deep(19)));
        System.out.println("survived: " + survived);
        Zfs zfs = Zfs.open();
        System.out.println("listed: " + zfs.snapshot(snapshot).dataset().snapshots());
        Dataset dataset = zfs.snapshot(snapshot).dataset();
        dataset.set("atime", "off");
        System.out.println("set: " + dataset.properties().find("atime").orElseThrow());
        dataset.inherit("atime");
        System.out.println("inherited: " + dataset.properties().find("atime").orElseThrow());
        Lease lease = zfs.lease();
        lease.hold(Map.of(snapshot, "crash"));
        System.out.println("held: " + zfs.snapshot(snapshot).holds().keySet());
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }

    /** Lists inside each other: more than the kernel takes. */
    private static NvList deep(int levels) {
        NvList list = NvList.empty();
        for (int i = 1; i < Math.min(levels, 90); i++) {
            list = NvList.builder().addNvList("a", list).build();
        }
        return list;
    }

    private static void attempt(Runnable call) {
        try {
            call.run();
        } catch (ZfsException | IllegalArgumentException | NullPointerException e) {
            survived++;
        }
    }
}
