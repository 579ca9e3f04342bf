package dev.firstboot.workload.tls;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.firstboot.image.DomainName;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.MachinePaths;
import dev.firstboot.image.Unit;
import dev.firstboot.image.UnixPath;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A need for a certificate: the names it covers, who may read its key, and which units to notify of a new one. Several recipes can need the
 * certificate of one name: it then covers what all of them need. Immutable; each method returns a changed copy.
 *
 * @param name identifies the certificate, and is the first name it covers
 * @param names the other names it covers
 * @param allBelow whether ACME is asked for a wildcard directly below {@code name}, rather than for each of {@code names}
 * @param group the group that may read key and certificate; {@code root} for none
 * @param units the units that wait for it at boot and are reloaded when there is a new one
 */
@CheckReturnValue
@SuppressWarnings("exports") // the annotation is for the compiler alone
public record Certificate(DomainName name, List<DomainName> names, boolean allBelow, String group, List<String> units)
        implements TlsNeed {
    /** The directory of all certificates of a machine. */
    public static final String DIRECTORY = MachinePaths.STATE + "/tls";

    private static final int LONGEST = 240;

    public Certificate {
        if (Objects.requireNonNull(name, "name").value().length() > LONGEST) {
            throw new IllegalArgumentException("certificate name '" + name + "' has "
                    + name.value().length() + " characters; it names files, which have " + LONGEST + " at most");
        }
        names = List.copyOf(Objects.requireNonNull(names, "names"));
        // This validates the group name.
        FileEntry unused = FileEntry.directory(DIRECTORY).owner("root", group);
        units = List.copyOf(Objects.requireNonNull(units, "units"));
        for (String unit : units) {
            Unit unusedUnit = Unit.named(unit);
        }
    }

    static Certificate of(DomainName name) {
        return new Certificate(name, List.of(), false, "root", List.of());
    }

    /** Covers these names too. */
    public Certificate names(List<DomainName> more) {
        return new Certificate(
                name,
                Stream.concat(names.stream(), more.stream())
                        .filter(other -> !other.equals(name))
                        .distinct()
                        .toList(),
                allBelow,
                group,
                units);
    }

    /** Covers these names too; see {@link DomainName#of(String)}. */
    public Certificate names(String... more) {
        return names(Stream.of(more).map(DomainName::of).toList());
    }

    /**
     * Asks ACME for a wildcard directly below the name, instead of each such name in {@link #names()}: fewer challenges, and no list of services in
     * public logs. Other names are still asked for one by one.
     */
    public Certificate wildcard() {
        return new Certificate(name, names, true, group, units);
    }

    /** Lets this group read key and certificate; by default only root can. */
    public Certificate readableBy(String newGroup) {
        return new Certificate(name, names, allBelow, newGroup, units);
    }

    /** Makes these units wait for it at boot; when there is a new certificate, those that run are reloaded or restarted. */
    public Certificate usedBy(String... more) {
        return new Certificate(
                name,
                names,
                allBelow,
                group,
                Stream.concat(units.stream(), Stream.of(more)).distinct().toList());
    }

    /** Returns all names that it covers, starting with its own. */
    public List<DomainName> covered() {
        return Stream.concat(Stream.of(name), names.stream()).toList();
    }

    /** Returns the file on the machine: the key, then the chain without its root, in PEM. It is always replaced as a whole. */
    public UnixPath file() {
        return UnixPath.of(DIRECTORY + "/" + name + ".pem");
    }

    @Override
    public Tls service() {
        return Tls.SERVICE;
    }

    /** Merges two needs for one name; uses the group of {@code this} unless that is root. */
    Certificate and(Certificate other) {
        return new Certificate(
                name,
                names(other.names).names,
                allBelow || other.allBelow,
                group.equals("root") ? other.group : group,
                Stream.concat(units.stream(), other.units.stream()).distinct().toList());
    }
}
