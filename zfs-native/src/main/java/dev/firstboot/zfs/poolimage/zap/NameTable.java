package dev.firstboot.zfs.poolimage.zap;

import java.util.function.IntConsumer;

/** Names with a number each, kept in as little memory as may be: entries are made of them one after the other. */
public interface NameTable {
    /** How many there are. */
    int size();

    /** Shows the place of each name, in the order of their coming, which is an ascending one. */
    void forEachPlace(IntConsumer visitor);

    /** The name at a place. */
    byte[] name(int place);

    /** The number of the name at a place. */
    long number(int place);
}
