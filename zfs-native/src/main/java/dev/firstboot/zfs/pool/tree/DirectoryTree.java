package dev.firstboot.zfs.pool.tree;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The files below a directory of this machine, with owners, modes and times as they are there. Immutable.
 *
 * <p>Names must be such as the JVM's file-name encoding can say, which is any UTF-8 in a UTF-8 locale. Of extended attributes Java
 * tells those of the {@code user} namespace only; an archive made with {@code tar --xattrs} has all ({@link TarTree}).
 */
public final class DirectoryTree implements Tree {
    private final Path root;

    private DirectoryTree(Path root) {
        this.root = root;
    }

    /** The files below a directory. */
    public static DirectoryTree of(Path root) {
        return new DirectoryTree(root);
    }

    @Override
    public void walk(TreeSink sink) throws IOException {
        Map<String, TreePath> linked = new HashMap<>();
        Deque<Path> waiting = new ArrayDeque<>();
        waiting.push(root);
        while (!waiting.isEmpty()) {
            Path file = waiting.pop();
            if (accept(file, linked, sink) == FileType.DIRECTORY) {
                sorted(file).forEach(waiting::push);
            }
        }
    }

    /** Last name first, because the last one pushed is the first one walked. */
    private static List<Path> sorted(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            List<Path> files = new ArrayList<>(entries.toList());
            files.sort(Collections.reverseOrder());
            return files;
        }
    }

    /** Gives the file's type. */
    private FileType accept(Path file, Map<String, TreePath> linked, TreeSink sink) throws IOException {
        UnixAttributes unix = UnixAttributes.of(file);
        TreePath path = TreePath.of(root.relativize(file).toString());
        TreePath first = unix.mayHaveOtherNames() ? linked.putIfAbsent(unix.identity(), path) : null;
        FileType type = first == null ? unix.type() : FileType.HARD_LINK;
        TreeEntry.Builder entry = TreeEntry.builder(path, type)
                .permissions(unix.mode())
                .owner(unix.owner(), unix.group())
                .times(unix.times());
        if (first != null) {
            entry.target(first.toString().getBytes(StandardCharsets.UTF_8));
        } else if (type == FileType.SYMLINK) {
            entry.target(Files.readSymbolicLink(file).toString().getBytes(StandardCharsets.UTF_8));
        } else if (type.isDevice()) {
            entry.device(unix.deviceMajor(), unix.deviceMinor());
        }
        if (type == FileType.REGULAR || type == FileType.DIRECTORY) {
            addAttributes(file, entry);
        }
        if (type == FileType.REGULAR) {
            try (InputStream content = Files.newInputStream(file)) {
                sink.accept(entry.size(unix.size()).build(), content);
            }
        } else {
            sink.accept(entry.build(), InputStream.nullInputStream());
        }
        return type;
    }

    private static void addAttributes(Path file, TreeEntry.Builder entry) throws IOException {
        UserDefinedFileAttributeView view = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
        if (view == null) {
            return;
        }
        List<String> names;
        try {
            names = view.list();
        } catch (IOException e) {
            return; // the file system has none
        }
        for (String name : names) {
            ByteBuffer value = ByteBuffer.allocate(view.size(name));
            view.read(name, value);
            entry.addAttribute("user." + name, value.array());
        }
    }

    @Override
    public String toString() {
        return "directory " + root;
    }
}
