package dev.firstboot.bake.rootfs;

import dev.firstboot.image.Digest;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A digest of compiled code: of a class and of those that its class file names, and so on, as far as they are in certain packages. It reads the
 * constant pools of class files (The Java Virtual Machine Specification, 4.4). Immutable.
 */
final class CodeDigest {
    private static final int MAGIC_AND_VERSION = 8;

    private final List<String> packages;

    /** A digest that follows names into these packages and those below them. */
    CodeDigest(List<String> packages) {
        this.packages =
                packages.stream().map(name -> name.replace('.', '/') + "/").toList();
    }

    /** The digest of all that is reached from a class. */
    Digest of(Class<?> start) {
        MessageDigest sha256 = Digest.newSha256();
        reached(start).values().forEach(sha256::update);
        return Digest.of(sha256.digest());
    }

    /** Class files by name. */
    SortedMap<String, byte[]> reached(Class<?> start) {
        SortedMap<String, byte[]> found = new TreeMap<>();
        Deque<String> waiting = new ArrayDeque<>(List.of(start.getName().replace('.', '/')));
        while (!waiting.isEmpty()) {
            String name = waiting.remove();
            if (!found.containsKey(name)) {
                byte[] code = read(start, name);
                found.put(name, code);
                named(code).stream()
                        .filter(other -> packages.stream().anyMatch(other::startsWith))
                        .forEach(waiting::add);
            }
        }
        return found;
    }

    private static byte[] read(Class<?> start, String name) {
        ClassLoader loader = Objects.requireNonNull(start.getClassLoader(), "the code of Java itself");
        try (InputStream in = loader.getResourceAsStream(name + ".class")) {
            if (in == null) {
                throw new IllegalStateException("there is no class file of " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the class file of " + name, e);
        }
    }

    /** The classes that a class file names. */
    private static List<String> named(byte[] code) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(code))) {
            in.skipNBytes(MAGIC_AND_VERSION);
            String[] texts = new String[in.readUnsignedShort()];
            List<Integer> classes = new ArrayList<>();
            for (int index = 1; index < texts.length; index++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case 1 -> texts[index] = in.readUTF();
                    case 7 -> classes.add(in.readUnsignedShort());
                    case 8, 16, 19, 20 -> in.skipNBytes(2);
                    case 15 -> in.skipNBytes(3);
                    case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
                    case 5, 6 -> {
                        in.skipNBytes(8);
                        // These take two places.
                        index++;
                    }
                    default -> throw new IllegalStateException("a class file has a constant of unknown kind " + tag);
                }
            }
            // The names of arrays are descriptors: [Lname;
            return classes.stream()
                    .map(index -> texts[index].replaceFirst("^\\[+L(.*);$", "$1"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("a class file ends early", e);
        }
    }
}
