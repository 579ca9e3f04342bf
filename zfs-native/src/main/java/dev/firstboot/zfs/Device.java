package dev.firstboot.zfs;

import dev.firstboot.zfs.nvlist.NvList;
import java.util.List;
import java.util.Optional;

/**
 * A device of a pool that holds data: a leaf of {@code vdev_tree} in {@link Pool#configuration()}. Immutable.
 *
 * @param guid its GUID in the pool, an unsigned number
 * @param type its kind, for example {@code disk} or {@code file}
 * @param path its path; empty if it has none
 */
public record Device(long guid, String type, Optional<String> path) {
    static List<Device> leaves(NvList tree) {
        if (!tree.has("children")) {
            Optional<String> path = tree.has("path") ? Optional.of(tree.string("path")) : Optional.empty();
            return List.of(new Device(tree.uint64("guid"), tree.string("type"), path));
        }
        return tree.nvlistArray("children").stream()
                .flatMap(child -> leaves(child).stream())
                .toList();
    }
}
