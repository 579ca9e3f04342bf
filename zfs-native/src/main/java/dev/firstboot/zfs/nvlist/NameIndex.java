package dev.firstboot.zfs.nvlist;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the pairs of a list by name, and sees to it that those are unique that have to be. */
final class NameIndex {
    /** Up to here, looking through all pairs is faster than hashing their names. */
    private static final int FEW = 8;

    private static final int NAMES_IN_MESSAGE = 12;

    private final NvPair[] pairs;

    /** The pairs by name, if names are unique and many. */
    private final @Nullable Map<String, NvPair> byName;

    NameIndex(NvPair[] pairs, Uniqueness uniqueness) {
        this.pairs = pairs;
        this.byName = uniqueness == Uniqueness.NAME && pairs.length > FEW ? new HashMap<>(pairs.length * 2) : null;
        switch (uniqueness) {
            case NONE -> {}
            case NAME -> checkNames();
            case NAME_AND_TYPE -> checkNamesAndTypes();
        }
    }

    private void checkNames() {
        for (int i = 0; i < pairs.length; i++) {
            NvPair pair = pairs[i];
            boolean twice = byName == null ? isAmongFirst(i, pair.name()) : byName.put(pair.name(), pair) != null;
            if (twice) {
                throw new DuplicatePairException(pair, Uniqueness.NAME);
            }
        }
    }

    private boolean isAmongFirst(int count, String name) {
        for (int i = 0; i < count; i++) {
            if (pairs[i].name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** Keyed by names alone, which are comparable: names that were chosen to share one hash do no harm to such a map. */
    private void checkNamesAndTypes() {
        Map<String, Set<NvType>> seen = new HashMap<>();
        for (NvPair pair : pairs) {
            if (!seen.computeIfAbsent(pair.name(), name -> EnumSet.noneOf(NvType.class))
                    .add(pair.type())) {
                throw new DuplicatePairException(pair, Uniqueness.NAME_AND_TYPE);
            }
        }
    }

    Stream<NvPair> named(String name) {
        return byName != null
                ? Stream.ofNullable(byName.get(name))
                : Arrays.stream(pairs).filter(pair -> pair.name().equals(name));
    }

    NvPair only(String name, NvType type) {
        NvPair found = byName == null ? onlyAmong(pairs, name, type) : byName.get(name);
        if (found != null && found.type() != type) {
            found = null;
        }
        if (found == null) {
            throw new NvLookupException(name, absence(name, type));
        }
        return found;
    }

    private static @Nullable NvPair onlyAmong(NvPair[] pairs, String name, NvType type) {
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

    private String absence(String name, NvType type) {
        return named(name)
                .findFirst()
                .map(pair -> "'" + name + "' is of type " + pair.type() + ", not " + type)
                .orElseGet(() -> "there is no '" + name + "' in the list; " + names());
    }

    private String names() {
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
