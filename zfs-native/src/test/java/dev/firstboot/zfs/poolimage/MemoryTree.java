package dev.firstboot.zfs.poolimage;

import dev.firstboot.zfs.poolimage.tree.Tree;
import dev.firstboot.zfs.poolimage.tree.TreeEntry;
import dev.firstboot.zfs.poolimage.tree.TreeSink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A tree held in memory, with the contents of its files to compare with. */
final class MemoryTree implements Tree {
    private final List<TreeEntry> entries = new ArrayList<>();
    private final Map<String, byte[]> contents = new LinkedHashMap<>();

    MemoryTree add(TreeEntry.Builder entry) {
        entries.add(entry.build());
        return this;
    }

    MemoryTree addFile(TreeEntry.Builder entry, byte[] content) {
        TreeEntry file = entry.size(content.length).build();
        entries.add(file);
        contents.put(file.path().toString(), content);
        return this;
    }

    List<TreeEntry> entries() {
        return entries;
    }

    Map<String, byte[]> contents() {
        return contents;
    }

    /** The same, that tells of holes where there are zeros. */
    Tree withHoles() {
        return sink -> walk((entry, content) -> sink.accept(entry, new SparseBytes(content.readAllBytes())));
    }

    @Override
    public void walk(TreeSink sink) throws IOException {
        for (TreeEntry entry : entries) {
            byte[] content = contents.getOrDefault(entry.path().toString(), new byte[0]);
            sink.accept(entry, new ByteArrayInputStream(content));
        }
    }
}
