package dev.firstboot.zfs;

import dev.firstboot.zfs.error.ProgramException;
import dev.firstboot.zfs.error.ZfsUnsupportedException;
import dev.firstboot.zfs.internal.PropertyNames;
import dev.firstboot.zfs.internal.ffi.PoolCalls;
import dev.firstboot.zfs.internal.ffi.ProgramCalls;
import dev.firstboot.zfs.internal.ffi.PropertyCalls;
import dev.firstboot.zfs.nvlist.NvList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** A pool, imported or not. Immutable and thread-safe; equal by name. What the running library or module lacks is a {@link ZfsUnsupportedException}. */
public final class Pool {
    /** Limits of a channel program where none are given, those of {@code zfs program}. */
    private static final long INSTRUCTIONS = 10_000_000;

    private static final long MEMORY = 10L << 20;
    private static final int SCRUB = 1;
    /** {@code zpool_prefetch_type_t}. */
    private static final int DEDUP_TABLE = 1;
    /** {@code zpool_ddt_prune_unit_t}. */
    private static final int PERCENTAGE = 2;

    private final Zfs zfs;
    private final String name;

    Pool(Zfs zfs, String name) {
        this.zfs = zfs;
        this.name = name;
    }

    /** What can be waited for: {@code zpool_wait_activity_t}. */
    public enum Activity {
        CHECKPOINT_DISCARD(0),
        FREE(1),
        INITIALIZE(2),
        REPLACE(3),
        REMOVE(4),
        RESILVER(5),
        SCRUB(6),
        TRIM(7),
        /** Since OpenZFS 2.3. */
        RAIDZ_EXPAND(8);

        private final int code;

        Activity(int code) {
            this.code = code;
        }
    }

    /** What is done with initializing and trimming: {@code pool_initialize_func_t} and {@code pool_trim_func_t}. */
    public enum Command {
        START(0),
        CANCEL(1),
        SUSPEND(2);

        private final int code;

        Command(int code) {
            this.code = code;
        }
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Its first filesystem, which has its name. */
    public Dataset root() {
        return zfs.dataset(name);
    }

    /** Its configuration: state, devices, features, as {@code zdb} prints them. */
    public NvList configuration() {
        zfs.check();
        return PropertyCalls.poolConfig(name);
    }

    /** Its devices: those that data is on, not what they are grouped in. */
    public List<Device> devices() {
        return Device.leaves(configuration().nvlist("vdev_tree"));
    }

    /** Its properties, as the kernel tells them: by name, a list of {@code value} and {@code source}. */
    public NvList properties() {
        zfs.check();
        return PropertyCalls.pool(name);
    }

    /**
     * Sets a property.
     *
     * @throws IllegalArgumentException if it cannot be set, or not to this: the kernel takes whatever it is given
     */
    public void set(String property, String value) {
        zfs.check();
        PropertyCalls.setPool(name, SettableProperties.OF_POOLS.list(property, value), Map.of(property, value));
    }

    /** Writes what is pending: {@code lzc_sync}. With {@code force}, a transaction group even if nothing is. */
    public void sync(boolean force) {
        zfs.check();
        PoolCalls.sync(name, force);
    }

    /** Opens its devices again, as when paths or sizes have changed: {@code lzc_reopen}. */
    public void reopen(boolean restartScrub) {
        zfs.check();
        PoolCalls.reopen(name, restartScrub);
    }

    /** Keeps its whole state, to go back to at an import: {@code lzc_pool_checkpoint}. */
    public void checkpoint() {
        zfs.check();
        PoolCalls.checkpoint(name);
    }

    /** Drops the checkpoint: {@code lzc_pool_checkpoint_discard}. */
    public void discardCheckpoint() {
        zfs.check();
        PoolCalls.discardCheckpoint(name);
    }

    /** Writes to all that is free on the devices, or stops doing so: {@code lzc_initialize}. */
    public void initialize(Command command, Collection<Device> devices) {
        zfs.check();
        PoolCalls.initialize(name, command.code, guids(devices));
    }

    /**
     * Tells the devices what is free, or stops doing so: {@code lzc_trim}.
     *
     * @param bytesPerSecond at most so many on each device; 0 for as fast as it goes
     * @param secure whether what is trimmed is wiped, where a device can do that
     */
    public void trim(Command command, long bytesPerSecond, boolean secure, Collection<Device> devices) {
        zfs.check();
        PoolCalls.trim(name, command.code, bytesPerSecond, secure, guids(devices));
    }

    private static List<Long> guids(Collection<Device> devices) {
        return devices.stream().map(Device::guid).toList();
    }

    /**
     * Properties of a device, as the kernel tells them: by name, a list of {@code value} and {@code source}. {@code lzc_get_vdev_prop}, since OpenZFS 2.2.
     *
     * @param names which; without any, those that were set
     */
    public NvList properties(Device device, Collection<String> names) {
        zfs.check();
        return PoolCalls.deviceProperties(
                name, device.guid(), names.stream().map(PropertyNames::check).toList());
    }

    /**
     * Sets a property of a device: {@code lzc_set_vdev_prop}, since OpenZFS 2.2.
     *
     * @throws IllegalArgumentException if it cannot be set, or not to this
     */
    public void set(Device device, String property, String value) {
        zfs.check();
        PoolCalls.setDeviceProperties(name, device.guid(), SettableProperties.OF_DEVICES.list(property, value));
    }

    /** Reads the table of deduplicated blocks into memory: {@code lzc_pool_prefetch}, since OpenZFS 2.3. */
    public void prefetchDedupTable() {
        zfs.check();
        PoolCalls.prefetch(name, DEDUP_TABLE);
    }

    /**
     * Drops the oldest of those entries in the table of deduplicated blocks that only one block refers to: {@code lzc_ddt_prune}, since OpenZFS 2.3.
     *
     * @param percent how many of them, 1 to 100
     */
    public void pruneDedupTable(int percent) {
        zfs.check();
        PoolCalls.pruneDedupTable(name, PERCENTAGE, percent);
    }

    /** Starts to read and check all that is in it, or goes on with it: {@code lzc_scrub}, since OpenZFS 2.2. */
    public void scrub() {
        zfs.check();
        PoolCalls.scrub(name, SCRUB, 0);
    }

    /** Waits until an activity has ended: {@code lzc_wait}. Returns whether there was anything to wait for. */
    public boolean await(Activity activity) {
        zfs.check();
        return PoolCalls.waitFor(name, activity.code);
    }

    /** Waits until an activity has ended on a device: {@code lzc_wait_tag}; for {@link Activity#INITIALIZE} and {@link Activity#TRIM}. */
    public boolean await(Activity activity, Device device) {
        zfs.check();
        return PoolCalls.waitFor(name, activity.code, device.guid());
    }

    /** What boot loaders keep in the pool's labels: {@code lzc_get_bootenv}. */
    public NvList bootEnvironment() {
        zfs.check();
        return PoolCalls.bootEnvironment(name);
    }

    /** Sets what boot loaders keep in the pool's labels: {@code lzc_set_bootenv}. It has a {@code version}. */
    public void setBootEnvironment(NvList environment) {
        zfs.check();
        PoolCalls.setBootEnvironment(name, environment);
    }

    /**
     * Runs a channel program, a program in Lua that changes the pool in one transaction group: {@code lzc_channel_program}. Each is written to the pool's
     * history.
     *
     * @throws ProgramException if it fails, with what it said; what it had changed by then stays
     */
    public NvList run(String program, NvList arguments) {
        return run(program, arguments, INSTRUCTIONS, MEMORY);
    }

    /** Runs a channel program with limits: Lua instructions, and bytes of memory. */
    public NvList run(String program, NvList arguments, long instructions, long memory) {
        zfs.check();
        return ProgramCalls.run(name, program, false, instructions, memory, arguments);
    }

    /** Runs a channel program that only reads: {@code lzc_channel_program_nosync}. */
    public NvList query(String program, NvList arguments) {
        zfs.check();
        return ProgramCalls.run(name, program, true, INSTRUCTIONS, MEMORY, arguments);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pool that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
