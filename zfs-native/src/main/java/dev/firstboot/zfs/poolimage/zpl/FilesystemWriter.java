package dev.firstboot.zfs.poolimage.zpl;

import dev.firstboot.zfs.poolimage.format.ObjectType;
import dev.firstboot.zfs.poolimage.object.Content;
import dev.firstboot.zfs.poolimage.object.Dnode;
import dev.firstboot.zfs.poolimage.object.ObjectSet;
import dev.firstboot.zfs.poolimage.object.ObjectSetWriter;
import dev.firstboot.zfs.poolimage.tree.FileTimes;
import dev.firstboot.zfs.poolimage.tree.FileType;
import dev.firstboot.zfs.poolimage.tree.MalformedTreeException;
import dev.firstboot.zfs.poolimage.tree.TreeEntry;
import dev.firstboot.zfs.poolimage.tree.TreePath;
import dev.firstboot.zfs.poolimage.tree.TreeSink;
import dev.firstboot.zfs.poolimage.zap.Zap;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Writes a tree as a ZFS filesystem. Writes files at once, and directories, which may get entries at any time, at the end. Not thread-safe. */
public final class FilesystemWriter implements TreeSink {
    private static final int DIRECTORY_PERMISSIONS = 0755;

    private static final long EMPTY_FILE_SIZE = 0;

    private final ObjectSet set;
    private final FilesystemSpec spec;
    private final FileContents contents;
    private final MasterNode master;
    private final Layouts layouts = new Layouts();
    private final SpaceAccounts accounts = new SpaceAccounts();
    private final Directories directories;
    private TreePath lastParent = TreePath.ROOT;
    private long lastDirectory;

    /** Starts a filesystem in an empty object set. */
    public FilesystemWriter(ObjectSet set, FilesystemSpec spec) throws IOException {
        this.set = set;
        this.spec = spec;
        set.keepAccounts();
        this.contents = new FileContents(set, spec.recordSize());
        this.master = new MasterNode(set, spec);
        this.directories = new Directories(set::scratch, spec.directoriesInMemory());
        this.lastDirectory = master.root();
        directories.add(master.root(), master.root(), implicit());
    }

    private TreeEntry implicit() {
        return TreeEntry.builder(TreePath.ROOT, FileType.DIRECTORY)
                .permissions(DIRECTORY_PERMISSIONS)
                .times(FileTimes.all(spec.created()))
                .build();
    }

    @Override
    public void accept(TreeEntry entry, InputStream content) throws IOException {
        if (entry.hasAccessControlList() && !spec.posixAcls()) {
            throw new MalformedTreeException(
                    entry.path() + " has an access control list, but its dataset takes none, so that"
                            + " its group would get what the list's mask allows; set acltype=posix (posixAcls(true))");
        }
        if (entry.type() == FileType.DIRECTORY) {
            directory(entry.path()).attributes(FileAttributes.checked(entry));
            return;
        }
        TreePath parentPath = entry.path()
                .parent()
                .orElseThrow(() ->
                        new MalformedTreeException("the root of the tree is a " + entry.type() + ", not a directory"));
        Directory parent = directory(parentPath);
        if (parent.memory() > Directories.LARGEST) {
            throw new MalformedTreeException(parentPath + ": the names in it take more than "
                    + (Directories.LARGEST >> 20) + " MiB, half of this program's memory; give it more with java -Xmx");
        }
        String name = lastName(entry.path());
        Long replaced = parent.entry(name);
        if (replaced != null) {
            unlink(entry, replaced);
        }
        if (entry.type() == FileType.HARD_LINK) {
            long file = linked(entry, parent.object());
            directories.get(parent.object()).add(name, file);
        } else {
            parent.add(name, entry.type(), write(entry, content, parent.object()));
        }
    }

    /** Creates a directory and its parents, if they do not exist. */
    void makeDirectory(TreePath path) throws IOException {
        directory(path);
    }

    /** Returns the directory at a path. Creates it with default attributes if it had no entry yet. */
    private Directory directory(TreePath path) throws IOException {
        if (!path.equals(lastParent)) {
            long at = master.root();
            for (String name : path.names()) {
                Long entry = directories.get(at).entry(name);
                at = entry == null ? make(at, name) : Directory.objectOf(entry);
                if (entry != null && !Directory.isDirectory(entry)) {
                    throw new MalformedTreeException(path + " is to be a directory or in one, but '"
                            + new String(name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
                            + "' is another kind of file");
                }
            }
            lastParent = path;
            lastDirectory = at;
        }
        return directories.get(lastDirectory);
    }

    private long make(long parent, String name) throws IOException {
        long object = set.allocate();
        directories.get(parent).add(name, FileType.DIRECTORY, object);
        directories.add(object, parent, implicit());
        return object;
    }

    /** Removes the name of an earlier file for a later one of the same path. The earlier file must have another name left. */
    private void unlink(TreeEntry again, long before) throws IOException {
        if (Directory.isDirectory(before)) {
            throw new MalformedTreeException(again.path() + " comes twice, first as a directory");
        }
        set.queue()
                .then(() -> set.updateBonus(Directory.objectOf(before), (bonus, at) -> {
                    if (AttributeBuffer.addLinks(bonus, at, -1) == 0) {
                        throw new MalformedTreeException(again.path() + " comes twice");
                    }
                }));
    }

    private long write(TreeEntry entry, InputStream content, long parent) throws IOException {
        long object = set.allocate();
        if (entry.type() == FileType.REGULAR) {
            contents.write(entry, content, blocks -> put(object, blocks, entry, parent, entry.size()));
        } else {
            long size = entry.type() == FileType.SYMLINK ? entry.target().length : EMPTY_FILE_SIZE;
            set.queue().then(() -> put(object, Content.empty(1), entry, parent, size));
        }
        return object;
    }

    private void put(long object, Content blocks, TreeEntry entry, long parent, long size) throws IOException {
        put(object, ObjectType.PLAIN_FILE_CONTENTS, blocks, entry, place(parent, 1, size));
    }

    private FileAttributes.Place place(long parent, long links, long size) {
        return new FileAttributes.Place(parent, links, size, spec.generation(), spec.created());
    }

    private void put(long object, ObjectType type, Content content, TreeEntry entry, FileAttributes.Place place)
            throws IOException {
        FileAttributes attributes = FileAttributes.of(entry, place, layouts);
        Optional<byte[]> spill = attributes.spill();
        long bytes = set.put(
                object,
                new Dnode(
                        type,
                        content,
                        ObjectType.SA,
                        attributes.bonus(),
                        spill.isPresent() ? Optional.of(set.writeSpill(spill.get())) : Optional.empty()));
        accounts.add(entry.owner(), entry.group(), bytes);
    }

    /** Adds one link to the file that a hard link in {@code directory} names, and returns its entry. */
    private long linked(TreeEntry link, long directory) throws IOException {
        TreePath target = TreePath.of(link.target());
        long parent = master.root();
        List<String> names = target.names();
        for (String name : names.subList(0, Math.max(0, names.size() - 1))) {
            Long child = directories.get(parent).entry(name);
            if (child == null || !Directory.isDirectory(child)) {
                throw noTarget(link, target);
            }
            parent = Directory.objectOf(child);
        }
        Long entry = target.isRoot() ? null : directories.get(parent).entry(lastName(target));
        if (entry == null || Directory.isDirectory(entry)) {
            throw noTarget(link, target);
        }
        long object = Directory.objectOf(entry);
        set.queue()
                .then(() -> set.updateBonus(object, (bonus, at) -> {
                    AttributeBuffer.addLinks(bonus, at, 1);
                    AttributeBuffer.setParent(bonus, at, directory);
                }));
        return entry;
    }

    private static MalformedTreeException noTarget(TreeEntry link, TreePath target) {
        return new MalformedTreeException(
                link.path() + " is a hard link to " + target + ", which is no file before it");
    }

    private static String lastName(TreePath path) {
        return path.names().get(path.names().size() - 1);
    }

    /** Writes the directories and ends the object set. */
    public ObjectSetWriter.Written finish() throws IOException {
        set.queue().drain();
        directories.takeEach(this::write);
        master.write(layouts);
        return ObjectSetWriter.finishFilesystem(set, accounts.write(set, spec.salts()));
    }

    private void write(Directory directory) throws IOException {
        Zap zap = Zap.of(directory.entries(), spec.salts().applyAsLong(directory.object()));
        put(
                directory.object(),
                ObjectType.DIRECTORY_CONTENTS,
                zap.write(set, ObjectType.DIRECTORY_CONTENTS, 1),
                directory.attributes(),
                place(directory.parent(), directory.links(), directory.size()));
    }
}
