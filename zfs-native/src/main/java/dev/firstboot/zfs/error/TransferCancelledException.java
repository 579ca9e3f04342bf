package dev.firstboot.zfs.error;

/** A transfer that was ended before its time. */
public final class TransferCancelledException extends ZfsException {
    private static final long serialVersionUID = 1L;

    /** Makes one, with the bytes that had been moved. */
    public TransferCancelledException(long bytes) {
        super("the transfer was cancelled after " + bytes + " bytes");
    }
}
