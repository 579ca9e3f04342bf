package dev.firstboot.machine.container;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The ids that an ordinary user has in user namespaces: 0 is the user, and from 1 on there are those that {@code /etc/subuid} and {@code /etc/subgid} give to the
 * user (subuid(5)), one range behind the other. An immutable value.
 *
 * @param users the user's own id, and the ranges of further ones
 * @param groups the same for groups
 */
record SubordinateIds(Ids users, Ids groups) {

    /**
     * Ids of one kind.
     *
     * @param own the user's
     * @param ranges further ones
     */
    record Ids(long own, List<Range> ranges) {
        Ids {
            ranges = List.copyOf(ranges);
        }

        /** Reads lines of subuid(5). They name the user, or tell the number. */
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

        /** How many there are besides the user's own. */
        long count() {
            return ranges.stream().mapToLong(Range::count).sum();
        }

        /** The arguments of newuidmap(1). */
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

        /** What this id of the namespace is outside; empty if there is none. */
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
     * So many ids from one on.
     *
     * @param first as the host numbers them
     * @param count more than 0
     */
    record Range(long first, long count) {}

    /** How many machines can have ids of their own. */
    int blocks() {
        return (int) (Math.min(users.count(), groups.count()) / IdBlock.COUNT);
    }

    /** A block as it is numbered inside, from 0 on. */
    static IdBlock block(int number) {
        return new IdBlock(1 + (long) number * IdBlock.COUNT);
    }
}
