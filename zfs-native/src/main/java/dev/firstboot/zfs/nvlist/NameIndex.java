package dev.firstboot.zfs.nvlist;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the pairs of a list by name, and checks that pairs are unique where they must be. */
final class NameIndex {
    /** Up to this many pairs, searching them all is faster than hashing their names. */
    private static final int FEW = 8;

    private static final int NAMES_IN_MESSAGE = 12;

    private NameIndex() {}

    /**
     * Returns the pairs by name; null unless names are unique and many.
     *
     * @throws DuplicatePairException if two pairs are not as unique as they must be
     */
    static @Nullable Map<String, NvPair> of(NvPair[] pairs, Uniqueness uniqueness) {
        switch (uniqueness) {
            case NONE -> {}
            case NAME -> {
                if (pairs.length > FEW) {
                    return byName(pairs);
                }
                checkFew(pairs);
            }
            case NAME_AND_TYPE -> checkNamesAndTypes(pairs);
        }
        return null;
    }

    private static Map<String, NvPair> byName(NvPair... pairs) {
        Map<String, NvPair> byName = new HashMap<>(pairs.length * 2);
        for (NvPair pair : pairs) {
            if (byName.put(pair.name(), pair) != null) {
                throw new DuplicatePairException(pair, Uniqueness.NAME);
            }
        }
        return byName;
    }

    private static void checkFew(NvPair... pairs) {
        for (int i = 1; i < pairs.length; i++) {
            for (int before = 0; before < i; before++) {
                if (pairs[before].name().equals(pairs[i].name())) {
                    throw new DuplicatePairException(pairs[i], Uniqueness.NAME);
                }
            }
        }
    }

    /** Uses only names as keys. They are comparable, so the map stays fast even with names that were chosen to share one hash. */
    private static void checkNamesAndTypes(NvPair... pairs) {
        Map<String, Set<NvType>> seen = new HashMap<>();
        for (NvPair pair : pairs) {
            if (!seen.computeIfAbsent(pair.name(), name -> EnumSet.noneOf(NvType.class))
                    .add(pair.type())) {
                throw new DuplicatePairException(pair, Uniqueness.NAME_AND_TYPE);
            }
        }
    }

    /** Returns the pairs of a name, if there is no map. */
    static Stream<NvPair> named(NvPair[] pairs, String name) {
        return Arrays.stream(pairs).filter(pair -> pair.name().equals(name));
    }

    /** Returns the only pair of a name and type, if there is no map; null if there is none. */
    static @Nullable NvPair only(NvPair[] pairs, String name, NvType type) {
        NvPair found = null;
        for (NvPair pair : pairs) {
            if (pair.type() == type && pair.name().equals(name)) {
                if (found != null) {
                    throw new NvLookupException(
                            name, "there is more than one " + type + " named '" + name + "': walk pairs() instead");
                }
                found = pair;
            }
        }
        return found;
    }

    static String names(NvPair... pairs) {
        if (pairs.length == 0) {
            return "it is empty";
        }
        return Arrays.stream(pairs)
                        .limit(NAMES_IN_MESSAGE)
                        .map(NvPair::name)
                        .collect(Collectors.joining(", ", "it holds ", ""))
                + (pairs.length > NAMES_IN_MESSAGE ? " and " + (pairs.length - NAMES_IN_MESSAGE) + " more" : "");
    }
}
