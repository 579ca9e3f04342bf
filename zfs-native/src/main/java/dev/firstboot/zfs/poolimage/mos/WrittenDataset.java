package dev.firstboot.zfs.poolimage.mos;

import dev.firstboot.zfs.poolimage.object.ObjectSetWriter.Written;
import java.util.Map;

/**
 * A filesystem that is written and waits for its place in the pool.
 *
 * @param name below the pool, {@code ROOT/default}; empty for the pool's own
 * @param written its object set
 * @param properties numbers as {@link Long}, texts as {@link String}, in the order they are stored
 */
public record WrittenDataset(String name, Written written, Map<String, Object> properties) {}
