package dev.firstboot.zfs.error;

/** A transfer that was cancelled, by {@link dev.firstboot.zfs.Transfer#cancel()} or an interrupt. */
public final class TransferCancelledException extends ZfsException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with the number of bytes that had been moved. */
    public TransferCancelledException(long bytes) {
        super("the transfer was cancelled after " + bytes + " bytes");
    }
}
