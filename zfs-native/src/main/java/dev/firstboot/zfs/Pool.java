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

/**
 * A handle to a pool that may not be imported. A method whose function the library or the module lacks throws {@link ZfsUnsupportedException}. Immutable and
 * thread-safe; equal by name.
 */
public final class Pool {
    /** The default limits of a channel program, those of {@code zfs program}. */
    private static final long INSTRUCTIONS = 10_000_000;

    private static final long MEMORY = 10L << 20;
    /** {@code POOL_SCAN_SCRUB} of {@code pool_scan_func_t}. */
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

    /** An activity to wait for: {@code zpool_wait_activity_t}. */
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

    /** A command for initializing or trimming: {@code pool_initialize_func_t} and {@code pool_trim_func_t}. */
    public enum Command {
        START(0),
        CANCEL(1),
        SUSPEND(2);

        private final int code;

        Command(int code) {
            this.code = code;
        }
    }

    /** Returns its name. */
    public String name() {
        return name;
    }

    /** Returns its root dataset, which has the same name. */
    public Dataset root() {
        return zfs.dataset(name);
    }

    /** Returns its configuration: state, devices and features, as {@code zdb} prints them. {@code ZFS_IOC_POOL_STATS}. */
    public NvList configuration() {
        zfs.check();
        return PropertyCalls.poolConfig(name);
    }

    /** Returns the devices that hold data; leaves out the groups that they form, such as a mirror: {@code ZFS_IOC_POOL_STATS}. */
    public List<Device> devices() {
        return Device.leaves(configuration().nvlist("vdev_tree"));
    }

    /** Returns its properties as the kernel reports them: for each name a list with {@code value} and {@code source}. {@code ZFS_IOC_POOL_GET_PROPS}. */
    public NvList properties() {
        zfs.check();
        return PropertyCalls.pool(name);
    }

    /**
     * Sets a property: {@code ZFS_IOC_POOL_SET_PROPS}.
     *
     * @throws IllegalArgumentException if the property or the value is not settable; the kernel itself does not check
     */
    public void set(String property, String value) {
        zfs.check();
        PropertyCalls.setPool(name, SettableProperties.OF_POOLS.list(property, value), Map.of(property, value));
    }

    /** Writes pending changes to disk: {@code lzc_sync}. With {@code force}, writes a transaction group even if nothing is pending. */
    public void sync(boolean force) {
        zfs.check();
        PoolCalls.sync(name, force);
    }

    /** Reopens its devices, so that changed paths and sizes are noticed: {@code lzc_reopen}. */
    public void reopen(boolean restartScrub) {
        zfs.check();
        PoolCalls.reopen(name, restartScrub);
    }

    /** Takes a checkpoint: keeps the state of the whole pool, so that an import can rewind to it. {@code lzc_pool_checkpoint}. */
    public void checkpoint() {
        zfs.check();
        PoolCalls.checkpoint(name);
    }

    /** Discards the checkpoint: {@code lzc_pool_checkpoint_discard}. */
    public void discardCheckpoint() {
        zfs.check();
        PoolCalls.discardCheckpoint(name);
    }

    /** Starts, cancels or suspends writing to all free space of the devices: {@code lzc_initialize}. */
    public void initialize(Command command, Collection<Device> devices) {
        zfs.check();
        PoolCalls.initialize(name, command.code, guids(devices));
    }

    /**
     * Starts, cancels or suspends a trim, which tells the devices which space is free: {@code lzc_trim}.
     *
     * @param bytesPerSecond the highest rate on each device; 0 for no limit
     * @param secure whether to wipe the trimmed space, on devices that support it
     */
    public void trim(Command command, long bytesPerSecond, boolean secure, Collection<Device> devices) {
        zfs.check();
        PoolCalls.trim(name, command.code, bytesPerSecond, secure, guids(devices));
    }

    private static List<Long> guids(Collection<Device> devices) {
        return devices.stream().map(Device::guid).toList();
    }

    /**
     * Returns properties of a device as the kernel reports them: for each name a list with {@code value} and {@code source}. {@code lzc_get_vdev_prop}, since
     * OpenZFS 2.2.
     *
     * @param names the properties to return; if empty, those that were set
     */
    public NvList properties(Device device, Collection<String> names) {
        zfs.check();
        return PoolCalls.deviceProperties(
                name, device.guid(), names.stream().map(PropertyNames::check).toList());
    }

    /**
     * Sets a property of a device: {@code lzc_set_vdev_prop}, since OpenZFS 2.2.
     *
     * @throws IllegalArgumentException if the property or the value is not settable
     */
    public void set(Device device, String property, String value) {
        zfs.check();
        PoolCalls.setDeviceProperties(name, device.guid(), SettableProperties.OF_DEVICES.list(property, value));
    }

    /** Reads the deduplication table into memory: {@code lzc_pool_prefetch}, since OpenZFS 2.3. */
    public void prefetchDedupTable() {
        zfs.check();
        PoolCalls.prefetch(name, DEDUP_TABLE);
    }

    /**
     * Removes the oldest entries of the deduplication table that only one block refers to: {@code lzc_ddt_prune}, since OpenZFS 2.3.
     *
     * @param percent the share of such entries to remove, 1 to 100
     */
    public void pruneDedupTable(int percent) {
        zfs.check();
        PoolCalls.pruneDedupTable(name, PERCENTAGE, percent);
    }

    /** Starts or resumes a scrub, which reads and checks every block: {@code lzc_scrub}, since OpenZFS 2.2. */
    public void scrub() {
        zfs.check();
        PoolCalls.scrub(name, SCRUB, 0);
    }

    /** Waits for the end of an activity: {@code lzc_wait}. Returns whether it had to wait. */
    public boolean await(Activity activity) {
        zfs.check();
        return PoolCalls.waitFor(name, activity.code);
    }

    /**
     * Waits for the end of an activity on one device: {@code lzc_wait_tag}. Returns whether it had to wait.
     *
     * @param activity {@link Activity#INITIALIZE} or {@link Activity#TRIM}
     */
    public boolean await(Activity activity, Device device) {
        zfs.check();
        return PoolCalls.waitFor(name, activity.code, device.guid());
    }

    /** Returns what boot loaders keep in the pool's labels: {@code lzc_get_bootenv}. */
    public NvList bootEnvironment() {
        zfs.check();
        return PoolCalls.bootEnvironment(name);
    }

    /** Sets what boot loaders keep in the pool's labels: {@code lzc_set_bootenv}. The list needs a {@code version}. */
    public void setBootEnvironment(NvList environment) {
        zfs.check();
        PoolCalls.setBootEnvironment(name, environment);
    }

    /**
     * Runs a channel program: Lua that changes the pool in one transaction group. {@code lzc_channel_program}. The pool's history records it. Limits default to
     * 10,000,000 Lua instructions and 10 MiB of memory.
     *
     * @return what the program returned
     * @throws ProgramException if it fails, with its message. Changes that it made before stay
     */
    public NvList run(String program, NvList arguments) {
        return run(program, arguments, INSTRUCTIONS, MEMORY);
    }

    /**
     * Runs a channel program with limits; see {@link #run(String, NvList)}.
     *
     * @param instructions the most Lua instructions it may run
     * @param memory the most bytes of memory it may use
     */
    public NvList run(String program, NvList arguments, long instructions, long memory) {
        zfs.check();
        return ProgramCalls.run(name, program, false, instructions, memory, arguments);
    }

    /** Runs a channel program that only reads: {@code lzc_channel_program_nosync}. Limits are those of {@link #run(String, NvList)}. */
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
