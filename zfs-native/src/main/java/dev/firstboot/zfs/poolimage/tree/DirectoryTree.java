package dev.firstboot.zfs.poolimage.tree;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The files below a directory of this machine, with their owners, modes and times. The access time becomes the modification time, because the walk itself
 * changes it. Immutable.
 *
 * <p>Names are the kernel's bytes, in any locale. Java reads extended attributes of the {@code user} namespace only. If the locale's encoding cannot express
 * the name of an attribute, the walk throws {@link MalformedTreeException}. For all attributes, make an archive with {@code tar --xattrs --xattrs-include='*'}
 * and use {@link TarTree}.
 */
public final class DirectoryTree implements Tree {
    private final Path root;

    private DirectoryTree(Path root) {
        this.root = root;
    }

    /** Returns the files below a directory, which is the root of the tree. */
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

    /** Returns the files in reverse order, because the last one pushed is the first one walked. */
    private static List<Path> sorted(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            List<Path> files = new ArrayList<>(entries.toList());
            files.sort(Collections.reverseOrder());
            return files;
        }
    }

    /** Passes a file to the sink and returns its type. */
    private FileType accept(Path file, Map<String, TreePath> linked, TreeSink sink) throws IOException {
        UnixAttributes unix = UnixAttributes.of(file);
        TreePath path = TreePath.of(PathBytes.of(root.relativize(file)));
        TreePath first = unix.mayHaveOtherNames() ? linked.putIfAbsent(unix.identity(), path) : null;
        FileType type = first == null ? unix.type() : FileType.HARD_LINK;
        TreeEntry.Builder entry = TreeEntry.builder(path, type)
                .permissions(unix.mode())
                .owner(unix.owner(), unix.group())
                .times(unix.times());
        if (first != null) {
            entry.target(first.bytes());
        } else if (type == FileType.SYMLINK) {
            entry.target(PathBytes.of(Files.readSymbolicLink(file)));
        } else if (type.isDevice()) {
            entry.device(unix.deviceMajor(), unix.deviceMinor());
        }
        if (type == FileType.REGULAR || type == FileType.DIRECTORY) {
            addAttributes(file, path, entry);
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

    private static void addAttributes(Path file, TreePath path, TreeEntry.Builder entry) throws IOException {
        UserDefinedFileAttributeView view = Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
        if (view == null) {
            return;
        }
        List<String> names;
        try {
            names = view.list();
        } catch (IOException e) {
            return; // the file system has no extended attributes
        }
        if (new HashSet<>(names).size() < names.size()) {
            throw unreadable(path, names.toString());
        }
        for (String name : names) {
            String inUtf8 = inUtf8(path, name);
            ByteBuffer value;
            try {
                value = ByteBuffer.allocate(view.size(name));
            } catch (IOException e) {
                throw unreadable(path, name); // it is listed, but its name was decoded to another one
            }
            view.read(name, value);
            entry.addAttribute("user." + inUtf8, value.array());
        }
    }

    private static String inUtf8(TreePath path, String name) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(name.getBytes(PathBytes.ENCODING)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw unreadable(path, name);
        }
    }

    private static MalformedTreeException unreadable(TreePath path, String name) {
        return new MalformedTreeException(path + ": the name of the extended attribute " + name + " cannot be read in "
                + PathBytes.ENCODING
                + ", the encoding of this program's locale; run it with LC_ALL=C.UTF-8, or write the pool"
                + " from an archive made with tar --xattrs --xattrs-include='*'");
    }

    @Override
    public String toString() {
        return "directory " + root;
    }
}
