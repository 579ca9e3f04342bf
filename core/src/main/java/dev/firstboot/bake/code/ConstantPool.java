package dev.firstboot.bake.code;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;

/** The constants of a class file (The Java Virtual Machine Specification, 4.4). Decoded on demand: most never are. */
final class ConstantPool {
    private static final int TEXT = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int STRING = 8;
    private static final int FIELD = 9;
    private static final int METHOD = 10;
    private static final int INTERFACE_METHOD = 11;
    private static final int NAME_AND_TYPE = 12;
    private static final int METHOD_HANDLE = 15;

    private final byte[] code;
    /** The offset of each constant, at its tag. */
    private final int[] places;

    private final int end;

    /** Reads the pool of a class file. */
    ConstantPool(byte[] code) {
        this.code = code;
        int place = 10; // magic, version, count
        places = new int[unsignedShort(8)];
        for (int index = 1; index < places.length; index++) {
            places[index] = place;
            int tag = code[place];
            place += 1 + length(tag, place);
            if (tag == LONG || tag == DOUBLE) {
                index++; // these take two entries
            }
        }
        end = place;
    }

    private int length(int tag, int place) {
        return switch (tag) {
            case TEXT -> 2 + unsignedShort(place + 1);
            case CLASS, STRING, 16, 19, 20 -> 2;
            case METHOD_HANDLE -> 3;
            case 3, 4, FIELD, METHOD, INTERFACE_METHOD, NAME_AND_TYPE, 17, 18 -> 4;
            case LONG, DOUBLE -> 8;
            default -> throw new IllegalArgumentException("a class file has a constant of unknown kind " + tag);
        };
    }

    /** Returns the offset at which the constants end. */
    int end() {
        return end;
    }

    /** Returns the text at an index. */
    String text(int index) {
        int place = places[index];
        return new String(code, place + 3, unsignedShort(place + 1), StandardCharsets.UTF_8);
    }

    /** Returns the name of the class at an index; for an array, that of its elements. */
    String className(int index) {
        String name = text(unsignedShort(places[index] + 1));
        int element = name.indexOf('L');
        return name.startsWith("[") && element > 0 ? name.substring(element + 1, name.length() - 1) : name;
    }

    /** Returns all classes that are named. */
    Set<String> classes() {
        Set<String> classes = new TreeSet<>();
        for (int index = 1; index < places.length; index++) {
            if (is(index, CLASS)) {
                classes.add(className(index));
            }
        }
        return classes;
    }

    /** Returns the classes whose members are named. */
    Set<String> owners() {
        boolean[] owners = new boolean[places.length];
        for (int index = 1; index < places.length; index++) {
            if (is(index, FIELD) || is(index, METHOD) || is(index, INTERFACE_METHOD)) {
                owners[unsignedShort(places[index] + 1)] = true;
            }
        }
        Set<String> classes = new TreeSet<>();
        for (int index = 1; index < owners.length; index++) {
            if (owners[index]) {
                classes.add(className(index));
            }
        }
        return classes;
    }

    /** Returns the string constants. */
    Set<String> strings() {
        Set<String> strings = new TreeSet<>();
        for (int index = 1; index < places.length; index++) {
            if (is(index, STRING)) {
                strings.add(text(unsignedShort(places[index] + 1)));
            }
        }
        return strings;
    }

    /** Returns whether a member of this name is used. */
    boolean namesMember(String name) {
        for (int index = 1; index < places.length; index++) {
            if (is(index, NAME_AND_TYPE)
                    && text(unsignedShort(places[index] + 1)).equals(name)) {
                return true;
            }
        }
        return false;
    }

    private boolean is(int index, int tag) {
        return places[index] != 0 && code[places[index]] == tag;
    }

    private int unsignedShort(int place) {
        return ((code[place] & 0xff) << 8) | (code[place + 1] & 0xff);
    }
}
