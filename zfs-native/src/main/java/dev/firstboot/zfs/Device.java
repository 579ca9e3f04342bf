package dev.firstboot.zfs;

import dev.firstboot.zfs.nvlist.NvList;
import java.util.List;

/**
 * A device of a pool.
 *
 * @param guid what the pool knows it by, unsigned
 * @param type its kind, as {@code disk} or {@code file}
 * @param path where it is; empty if it has no path
 */
public record Device(long guid, String type, String path) {
    static List<Device> leaves(NvList tree) {
        if (!tree.has("children")) {
            return List.of(
                    new Device(tree.uint64("guid"), tree.string("type"), tree.has("path") ? tree.string("path") : ""));
        }
        return tree.nvlistArray("children").stream()
                .flatMap(child -> leaves(child).stream())
                .toList();
    }
}
