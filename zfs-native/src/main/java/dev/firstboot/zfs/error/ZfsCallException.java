package dev.firstboot.zfs.error;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A call that failed in ZFS: a function of libzfs_core, an ioctl or a command. Each kind of error that programs act on has a subclass; any other error is this
 * class itself.
 */
public class ZfsCallException extends ZfsException {
    private static final long serialVersionUID = 1L;
    private static final int ITEMS_IN_MESSAGE = 5;

    private final String function;
    private final String subject;
    private final Errno errno;

    @SuppressWarnings("serial") // List.copyOf makes one that is serializable
    private final List<ItemFailure> items;

    ZfsCallException(String function, String subject, Errno errno, List<ItemFailure> items) {
        super(message(function, subject, errno, items));
        this.function = function;
        this.subject = subject;
        this.errno = errno;
        this.items = List.copyOf(items);
    }

    /**
     * Returns the exception for an error, of the subclass for its kind.
     *
     * @param function the C function that failed
     * @param subject the dataset, snapshot, bookmark or pool that it was called for
     * @param errno the error that it returned
     * @param items the items that failed
     */
    public static ZfsCallException of(String function, String subject, Errno errno, List<ItemFailure> items) {
        return switch (kind(errno, items)) {
            case 1 -> new ZfsPermissionException(function, subject, errno, items);
            case 2, 3, 6, 19 -> new ZfsNotFoundException(function, subject, errno, items);
            case 16, 26 -> new ZfsBusyException(function, subject, errno, items);
            case 17 -> new ZfsExistsException(function, subject, errno, items);
            case 28, 122 -> new ZfsSpaceException(function, subject, errno, items);
            case 30 -> new ZfsReadOnlyException(function, subject, errno, items);
            case 25, 38, 95, 1029, 1030 -> new ZfsUnsupportedException(function, subject, errno, items);
            default -> new ZfsCallException(function, subject, errno, items);
        };
    }

    /**
     * Returns the error number that decides the subclass: that of the items, if all failed with the same one. The call itself returns the error of any one
     * item.
     */
    private static int kind(Errno errno, List<ItemFailure> items) {
        List<Errno> kinds = items.stream().map(ItemFailure::errno).distinct().toList();
        return kinds.size() == 1 ? kinds.get(0).number() : errno.number();
    }

    private static String message(String function, String subject, Errno errno, List<ItemFailure> items) {
        String text = function + "(" + subject + ") failed: " + errno;
        if (items.isEmpty()) {
            return text;
        }
        return text
                + items.stream()
                        .limit(ITEMS_IN_MESSAGE)
                        .map(ItemFailure::toString)
                        .collect(Collectors.joining("; ", " [", ""))
                + (items.size() > ITEMS_IN_MESSAGE ? "; and " + (items.size() - ITEMS_IN_MESSAGE) + " more" : "")
                + "]";
    }

    /** Returns the C function, ioctl or command that failed. */
    public String function() {
        return function;
    }

    /** Returns the dataset, snapshot, bookmark or pool that it was called for. */
    public String subject() {
        return subject;
    }

    /** Returns the error. */
    public Errno errno() {
        return errno;
    }

    /** Returns the items that failed, in the order in which the kernel reports them; empty for a call about one thing. */
    public List<ItemFailure> items() {
        return items;
    }

    /** Returns the error of one item; empty if that item did not fail. */
    public Optional<Errno> errnoOf(String item) {
        return items.stream()
                .filter(failure -> failure.item().equals(item))
                .map(ItemFailure::errno)
                .findFirst();
    }
}
