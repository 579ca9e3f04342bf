package dev.firstboot.zfs.error;

import java.io.Serializable;

/**
 * Why one item of a call with many failed.
 *
 * @param item the snapshot, bookmark or device
 * @param errno why
 */
public record ItemFailure(String item, Errno errno) implements Serializable {
    @Override
    public String toString() {
        return item + ": " + errno;
    }
}
