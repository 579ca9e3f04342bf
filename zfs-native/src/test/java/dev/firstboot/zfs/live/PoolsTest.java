package dev.firstboot.zfs.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firstboot.zfs.LiveZfs;
import dev.firstboot.zfs.Zfs;
import dev.firstboot.zfs.error.InvalidNameException;
import dev.firstboot.zfs.error.ZfsCallException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;

/** Live tests in three small pools: a normal one, a second, and one that is imported read-only. Each test finds them as new. */
@LiveZfs
public abstract class PoolsTest {
    private static final List<String> FILESYSTEMS = List.of("fs1", "fs2", "fs1/fs");

    /** The pools live as long as the guest. */
    private static final class Pools {
        static final Zfs ZFS = Zfs.open();
        static final TestPool NORMAL = TestPool.create(ZFS, "normal", FILESYSTEMS);
        static final TestPool MISC = TestPool.create(ZFS, "misc", List.of());
        static final TestPool READ_ONLY = TestPool.createReadOnly(ZFS, "frozen", FILESYSTEMS);
    }

    protected static Zfs zfs() {
        return Pools.ZFS;
    }

    @BeforeEach
    void reset() {
        Pools.NORMAL.reset();
        Pools.MISC.reset();
    }

    protected static String pool(String relative) {
        return Pools.NORMAL.name(relative);
    }

    protected static String misc(String relative) {
        return Pools.MISC.name(relative);
    }

    protected static String readOnly(String relative) {
        return Pools.READ_ONLY.name(relative);
    }

    /** A name that is too long as a whole, though no part of it is. */
    protected static String tooLongName(String prefix) {
        String start = pool(prefix);
        return start + "x".repeat(Math.max(0, 256 - start.length()));
    }

    /** A name one part of which is too long by itself. */
    protected static String tooLongComponent(String prefix) {
        return pool(prefix) + "x".repeat(256);
    }

    protected static void snapshot(String... names) {
        zfs().takeSnapshots(group -> List.of(names).forEach(group::addSnapshot));
    }

    protected static ZfsCallException failure(ThrowingCallable call) {
        ZfsCallException failure = catchThrowableOfType(ZfsCallException.class, call);
        assertThat(failure).as("the call fails").isNotNull();
        return failure;
    }

    protected static void assertInvalidName(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(InvalidNameException.class);
    }

    protected static void assertExists(String... names) {
        for (String name : names) {
            assertThat(zfs().exists(name)).as("%s is there", name).isTrue();
        }
    }

    protected static void assertAbsent(String... names) {
        for (String name : names) {
            assertThat(zfs().exists(name)).as("%s is there", name).isFalse();
        }
    }
}
