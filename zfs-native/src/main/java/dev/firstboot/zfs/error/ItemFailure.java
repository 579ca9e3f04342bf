package dev.firstboot.zfs.error;

import java.io.Serializable;

/**
 * One item that failed in a call with many, and why. Immutable.
 *
 * @param item the snapshot, bookmark or device
 * @param errno the error
 */
public record ItemFailure(String item, Errno errno) implements Serializable {
    @Override
    public String toString() {
        return item + ": " + errno;
    }
}
