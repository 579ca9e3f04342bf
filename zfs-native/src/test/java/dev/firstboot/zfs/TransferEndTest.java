package dev.firstboot.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.error.ZfsCallException;
import dev.firstboot.zfs.internal.ffi.Pipe;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a transfer says of its end, whichever of its sides fails in whatever way. No ZFS is needed: both sides are a test's. */
@Timeout(20)
class TransferEndTest {
    private static void nothing() {}

    private static Transfer started(Runnable inZfs, Runnable moving, Runnable movingDone) {
        Transfer transfer = new Transfer(0);
        return transfer.start("test", inZfs, TransferEndTest::nothing, moving, movingDone);
    }

    /** A receive tells the pump that ZFS has what it wants. */
    private static Transfer receiving(Runnable inZfs, Runnable moving) {
        Transfer transfer = new Transfer(0);
        return transfer.start("test", inZfs, transfer::zfsIsDone, moving, TransferEndTest::nothing);
    }

    private static Runnable failing(Throwable failure) {
        return () -> TransferEndTest.<RuntimeException>sneak(failure);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable failure) throws T {
        throw (T) failure;
    }

    private static ZfsCallException call(Errno errno) {
        return ZfsCallException.of("splice", "", errno, List.of());
    }

    /** What ZFS would meet as EPIPE. */
    private static void awaitBroken(Pipe pipe) {
        while (pipe.readEnd() >= 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void await_errorInTheKernelSide_isThrown() {
        OutOfMemoryError error = new OutOfMemoryError("no room for a buffer");
        assertThatThrownBy(() -> started(failing(error), TransferEndTest::nothing, TransferEndTest::nothing)
                        .await())
                .isSameAs(error);
        assertThatThrownBy(() ->
                        receiving(failing(error), TransferEndTest::nothing).await())
                .isSameAs(error);
    }

    @Test
    void await_errorInTheMovingSide_isThrown() {
        OutOfMemoryError error = new OutOfMemoryError("no room for a buffer");
        assertThatThrownBy(() -> started(TransferEndTest::nothing, failing(error), TransferEndTest::nothing)
                        .await())
                .isSameAs(error);
    }

    @Test
    void await_checkedExceptionThatSlippedThrough_isThrown() {
        Exception exception = new Exception("slipped");
        assertThatThrownBy(() -> started(failing(exception), TransferEndTest::nothing, TransferEndTest::nothing)
                        .await())
                .hasCause(exception);
    }

    /** The rest of a stream fits into the pipe: ZFS is done when the peer hangs up. */
    @Test
    void await_peerHangsUpWhenZfsHasSentAll_isThrown() {
        ZfsCallException broken = call(Errno.EPIPE);
        assertThatThrownBy(() -> started(TransferEndTest::nothing, failing(broken), TransferEndTest::nothing)
                        .await())
                .isSameAs(broken);
    }

    @Test
    void await_fileCannotBeFinished_isThrown() {
        IllegalStateException failure = new IllegalStateException("cannot be closed");
        assertThatThrownBy(() -> started(TransferEndTest::nothing, TransferEndTest::nothing, failing(failure))
                        .await())
                .isSameAs(failure);
    }

    @Test
    void await_brokenPipeOfZfs_isToldByWhyItBroke() {
        OutOfMemoryError error = new OutOfMemoryError("no room for a buffer");
        Transfer transfer = new Transfer(0);
        transfer.start(
                "test",
                () -> {
                    awaitBroken(transfer.pipe());
                    throw call(Errno.EPIPE);
                },
                TransferEndTest::nothing,
                failing(error),
                transfer.pipe()::closeReadEnd);
        assertThatThrownBy(transfer::await).isSameAs(error);
    }

    @Test
    void close_afterAnErrorWasTold_keepsIt() {
        OutOfMemoryError error = new OutOfMemoryError("no room for a buffer");
        assertThatThrownBy(() -> {
                    try (Transfer transfer =
                            started(failing(error), TransferEndTest::nothing, TransferEndTest::nothing)) {
                        transfer.await();
                    }
                })
                .isSameAs(error);
        assertThat(error.getSuppressed()).isEmpty();
    }

    @Test
    void await_receivedWhole_isNotAPumpsBusinessAnyMore() {
        Transfer transfer = new Transfer(0);
        transfer.start(
                "test",
                TransferEndTest::nothing,
                transfer::zfsIsDone,
                () -> {
                    while (!transfer.isCancelled()) {
                        Thread.onSpinWait();
                    }
                    throw new IllegalStateException("interrupted behind the end");
                },
                TransferEndTest::nothing);
        assertThat(transfer.await()).isZero();
    }
}
