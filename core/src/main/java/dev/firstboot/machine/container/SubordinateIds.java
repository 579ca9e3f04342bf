package dev.firstboot.machine.container;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The ids of an ordinary user in user namespaces: 0 is the user, and from 1 on follow those assigned by {@code /etc/subuid} and {@code /etc/subgid}
 * (subuid(5)), one range after the other. An immutable value.
 *
 * @param users the user's own id, and the ranges of subordinate ones
 * @param groups the same for groups
 */
record SubordinateIds(Ids users, Ids groups) {

    /**
     * Ids of one kind.
     *
     * @param own the user's own id
     * @param ranges the subordinate ids
     */
    record Ids(long own, List<Range> ranges) {
        Ids {
            ranges = List.copyOf(ranges);
        }

        /** Parses lines of subuid(5), which contain the user's name or number. */
        static Ids of(String name, long user, long own, List<String> lines) {
            List<Range> ranges = new ArrayList<>();
            for (String line : lines) {
                String[] fields = line.strip().split(":", -1);
                if (fields.length == 3
                        && (fields[0].equals(name) || fields[0].equals(Long.toString(user)))
                        && fields[1].matches("\\d{1,10}")
                        && fields[2].matches("\\d{1,10}")
                        && Long.parseLong(fields[2]) > 0) {
                    Range range = new Range(Long.parseLong(fields[1]), Long.parseLong(fields[2]));
                    if (!ranges.contains(range)) {
                        ranges.add(range);
                    }
                }
            }
            return new Ids(own, ranges);
        }

        /** Returns how many there are besides the user's own. */
        long count() {
            return ranges.stream().mapToLong(Range::count).sum();
        }

        /** Returns the arguments of newuidmap(1). */
        String map() {
            StringBuilder map = new StringBuilder("0 " + own + " 1");
            long inside = 1;
            for (Range range : ranges) {
                map.append(' ')
                        .append(inside)
                        .append(' ')
                        .append(range.first())
                        .append(' ')
                        .append(range.count());
                inside += range.count();
            }
            return map.toString();
        }

        /** Returns what this id of the namespace is outside; empty if it is not mapped. */
        OptionalLong outside(long id) {
            long inside = 1;
            for (Range range : ranges) {
                if (inside <= id && id < inside + range.count()) {
                    return OptionalLong.of(range.first() + id - inside);
                }
                inside += range.count();
            }
            return OptionalLong.empty();
        }
    }

    /**
     * A range of ids.
     *
     * @param first the first id, as the host numbers them
     * @param count the number of ids, more than 0
     */
    record Range(long first, long count) {}

    /** Returns how many machines can have ids of their own. */
    int blocks() {
        return (int) (Math.min(users.count(), groups.count()) / IdBlock.COUNT);
    }

    /** Returns a block as it is numbered inside, from 0 on. */
    static IdBlock block(int number) {
        return new IdBlock(1 + (long) number * IdBlock.COUNT);
    }
}
