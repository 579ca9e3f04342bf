package dev.firstboot.zfs.poolimage.zap;

import java.util.function.IntConsumer;

/** Names with a number each, in as little memory as possible: ZAP entries are made from them one at a time. */
public interface NameTable {
    /** Returns how many names there are. */
    int size();

    /** Passes the place of each name, in the order in which they were added, which is ascending. */
    void forEachPlace(IntConsumer visitor);

    /** Returns the name at a place. */
    byte[] name(int place);

    /** Returns the number of the name at a place. */
    long number(int place);
}
