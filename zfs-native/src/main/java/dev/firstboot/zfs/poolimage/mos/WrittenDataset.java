package dev.firstboot.zfs.poolimage.mos;

import dev.firstboot.zfs.poolimage.object.ObjectSetWriter.Written;
import java.util.Map;

/**
 * A filesystem that is written, but not yet in the tree of datasets.
 *
 * @param name its name below the pool, such as {@code ROOT/default}; empty for the root dataset
 * @param written its object set
 * @param properties numbers as {@link Long}, texts as {@link String}, in the order in which they are stored
 */
public record WrittenDataset(String name, Written written, Map<String, Object> properties) {}
