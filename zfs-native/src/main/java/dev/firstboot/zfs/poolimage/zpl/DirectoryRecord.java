package dev.firstboot.zfs.poolimage.zpl;

import dev.firstboot.zfs.poolimage.tree.FileTimes;
import dev.firstboot.zfs.poolimage.tree.FileType;
import dev.firstboot.zfs.poolimage.tree.TreeEntry;
import dev.firstboot.zfs.poolimage.tree.TreePath;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;

/** Writes a directory into the file of those that are not in memory, and reads it. */
final class DirectoryRecord {
    private DirectoryRecord() {}

    static void write(Directory directory, DataOutputStream out) throws IOException {
        out.writeLong(directory.object());
        out.writeLong(directory.parent());
        out.writeInt(directory.children());
        TreeEntry attributes = directory.attributes();
        out.writeInt(attributes.permissions());
        out.writeLong(attributes.owner());
        out.writeLong(attributes.group());
        write(out, attributes.times().accessed());
        write(out, attributes.times().modified());
        write(out, attributes.times().changed());
        out.writeInt(attributes.attributes().size());
        for (Map.Entry<String, byte[]> attribute : attributes.attributes().entrySet()) {
            out.writeUTF(attribute.getKey());
            write(out, attribute.getValue());
        }
        directory.entries().writeTo(out);
    }

    static Directory read(DataInputStream in) throws IOException {
        long object = in.readLong();
        long parent = in.readLong();
        int children = in.readInt();
        TreeEntry.Builder attributes = TreeEntry.builder(TreePath.ROOT, FileType.DIRECTORY)
                .permissions(in.readInt())
                .owner(in.readLong(), in.readLong())
                .times(new FileTimes(time(in), time(in), time(in)));
        for (int left = in.readInt(); left > 0; left--) {
            attributes.addAttribute(in.readUTF(), bytes(in));
        }
        return new Directory(object, parent, attributes.build(), children, EntryTable.readFrom(in));
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }

    private static void write(DataOutputStream out, Instant time) throws IOException {
        out.writeLong(time.getEpochSecond());
        out.writeInt(time.getNano());
    }

    private static Instant time(DataInputStream in) throws IOException {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }
}
