package dev.firstboot.bake.code;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names in a class file (The Java Virtual Machine Specification, 4.1 and 4.4). Class names are in their inner form, such as
 * {@code dev/firstboot/bake/Bakery}.
 *
 * @param classes the classes it names, without those of {@code permitted} that it names for no other reason
 * @param called the classes whose methods or fields it uses
 * @param permitted the only subclasses that a sealed type allows
 * @param texts its string constants if it reads resources, because they include the resource names
 */
record ClassFile(Set<String> classes, Set<String> called, Set<String> permitted, Set<String> texts) {
    private static final int MAGIC = 0xCAFEBABE;
    private static final String PERMITTED = "PermittedSubclasses";
    private static final String INNER = "InnerClasses";
    private static final String RESOURCES = "dev/firstboot/image/Resources";
    private static final String GET_RESOURCE = "getResourceAsStream";

    /**
     * Reads a class file.
     *
     * @throws IllegalArgumentException if it is not a class file
     */
    static ClassFile read(byte[] code) {
        try {
            ByteBuffer in = ByteBuffer.wrap(code);
            if (in.getInt() != MAGIC) {
                throw new IllegalArgumentException("this is no class file");
            }
            ConstantPool pool = new ConstantPool(code);
            in.position(pool.end() + 6); // access, this, super
            skip(in, 2L * unsigned(in)); // interfaces
            skipMembers(in); // fields
            skipMembers(in); // methods
            return read(in, pool);
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("a class file ends early", e);
        }
    }

    private static void skipMembers(ByteBuffer in) {
        for (int left = unsigned(in); left > 0; left--) {
            skip(in, 6); // access, name, descriptor
            for (int attributes = unsigned(in); attributes > 0; attributes--) {
                skip(in, 2);
                skip(in, Integer.toUnsignedLong(in.getInt()));
            }
        }
    }

    /** Reads the attributes of the class itself, which end the file. */
    private static ClassFile read(ByteBuffer in, ConstantPool pool) {
        Set<String> permitted = new TreeSet<>();
        Set<String> inner = new TreeSet<>();
        for (int attributes = unsigned(in); attributes > 0; attributes--) {
            String name = pool.text(unsigned(in));
            int next = Math.addExact(in.getInt(), in.position());
            if (name.equals(PERMITTED)) {
                for (int left = unsigned(in); left > 0; left--) {
                    permitted.add(pool.className(unsigned(in)));
                }
            } else if (name.equals(INNER)) {
                for (int left = unsigned(in); left > 0; left--) {
                    inner.add(pool.className(unsigned(in)));
                    skip(in, 6); // outer class, name, access
                }
            }
            skip(in, next - in.position());
        }
        Set<String> called = pool.owners();
        Set<String> classes = pool.classes();
        classes.removeIf(name -> permitted.contains(name) && !called.contains(name) && !inner.contains(name));
        boolean readsResources = called.contains(RESOURCES) || pool.namesMember(GET_RESOURCE);
        return new ClassFile(classes, called, permitted, readsResources ? pool.strings() : Set.of());
    }

    private static int unsigned(ByteBuffer in) {
        return Short.toUnsignedInt(in.getShort());
    }

    private static void skip(ByteBuffer in, long bytes) {
        if (bytes > in.remaining()) {
            throw new BufferUnderflowException();
        }
        in.position(in.position() + (int) bytes);
    }
}
