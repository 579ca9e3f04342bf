package dev.firstboot.zfs.property;

import dev.firstboot.zfs.nvlist.NvList;
import dev.firstboot.zfs.nvlist.NvPair;
import dev.firstboot.zfs.nvlist.NvType;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The properties of a dataset at one moment, with the values of {@code zfs get -p}. Has no {@code mounted}: use {@link dev.firstboot.zfs.Dataset#mountedAt()}.
 * Immutable and thread-safe.
 */
public final class Properties {
    private static final String VALUE = "value";
    /** Marks a value that is already text, as the {@code zfs} command printed it. */
    private static final String LITERAL = "literal";

    private static final int PERCENT = 100;
    /**
     * Properties that the filesystem itself keeps ({@code ZFS_IOC_OBJSET_ZPLPROPS}). One that was not reported has no default here, and none has a source. The
     * default quotas exist since OpenZFS 2.4.
     */
    private static final Set<String> POSIX_LAYER = Set.of(
            "version",
            "utf8only",
            "normalization",
            "casesensitivity",
            "defaultuserquota",
            "defaultgroupquota",
            "defaultprojectquota",
            "defaultuserobjquota",
            "defaultgroupobjquota",
            "defaultprojectobjquota");

    private final String dataset;
    private final char of;
    private final PropertyTable table;
    private final NvList raw;

    /**
     * Wraps the answer of the kernel.
     *
     * @param dataset the full name of the dataset
     * @param version the version of the loaded module
     * @param raw for each name a list with {@code value} and {@code source}
     */
    public Properties(String dataset, String version, NvList raw) {
        this.dataset = dataset;
        this.of = dataset.indexOf('@') >= 0 ? 'S' : raw.has("volsize") ? 'V' : 'F';
        this.table = PropertyTable.of(version);
        this.raw = raw;
    }

    /** Returns a property, with its default if it is set nowhere; empty if it is neither native nor set. */
    public Optional<Property> find(String name) {
        Optional<PropertyKind> kind = table.find(name);
        Optional<NvList> told = told(name);
        if (kind.isEmpty() && told.isEmpty()) {
            return Optional.empty();
        }
        if (told.isEmpty()) {
            PropertyKind known = kind.get();
            return untold(known);
        }
        return Optional.of(new Property(name, text(name, kind, told.get()), source(kind, told.get())));
    }

    private Optional<Property> untold(PropertyKind kind) {
        boolean fact = kind.settable() == PropertyKind.Settable.NEVER;
        boolean noLimit = kind.defaultText().equals(PropertyKind.NO_LIMIT);
        if ((fact && !noLimit) || kind.of().indexOf(of) < 0 || POSIX_LAYER.contains(kind.name())) {
            return Optional.empty();
        }
        String value = kind.name().equals("mountpoint") ? "/" + dataset : kind.defaultText();
        return Optional.of(new Property(kind.name(), value, PropertySource.DEFAULT));
    }

    /**
     * Returns the value of a property as text.
     *
     * @throws NoSuchElementException if the dataset has no such property
     */
    public String get(String name) {
        return find(name)
                .map(Property::value)
                .orElseThrow(() -> new NoSuchElementException(dataset + " has no property '" + name + "'"));
    }

    /**
     * Returns the value of a numeric property as an unsigned number; all bits are set where there is no limit.
     *
     * @throws NoSuchElementException if the dataset has no such property, or it is not a number
     */
    public long number(String name) {
        Optional<NvList> told = told(name);
        if (told.isPresent() && !told.get().has(LITERAL)) {
            return told.get().uint64(VALUE);
        }
        String text = get(name);
        return text.equals(PropertyKind.NO_LIMIT) ? -1 : Long.parseUnsignedLong(text);
    }

    /** Returns what the kernel reported, sorted by name. Native properties that are set nowhere are missing. */
    public SortedMap<String, Property> told() {
        SortedMap<String, Property> all = new TreeMap<>();
        for (NvPair pair : raw.pairs()) {
            find(pair.name()).ifPresent(property -> all.put(property.name(), property));
        }
        return Collections.unmodifiableSortedMap(all);
    }

    /** Returns the user properties, which have a colon in their name. */
    public SortedMap<String, String> user() {
        SortedMap<String, String> own = new TreeMap<>();
        told().values().stream()
                .filter(property -> property.name().indexOf(':') >= 0)
                .forEach(property -> own.put(property.name(), property.value()));
        return Collections.unmodifiableSortedMap(own);
    }

    /** Returns the bytes used by it and all its descendants: {@code used}. */
    public long used() {
        return number("used");
    }

    /** Returns the bytes available to it: {@code available}. */
    public long available() {
        return number("available");
    }

    /** Returns the bytes that it refers to, shared or not: {@code referenced}. */
    public long referenced() {
        return number("referenced");
    }

    /** Returns its {@code guid}, which identifies it in streams; unsigned. */
    public long guid() {
        return number("guid");
    }

    /** Returns the transaction group that created it: {@code createtxg}. */
    public long createTxg() {
        return number("createtxg");
    }

    /** Returns the second in which it was created: {@code creation}. */
    public Instant creation() {
        return Instant.ofEpochSecond(number("creation"));
    }

    /** Returns the snapshot that a clone was made from: {@code origin}; empty if it is no clone. */
    public Optional<String> origin() {
        return find("origin").map(Property::value);
    }

    /** Returns the answer of the kernel unchanged. */
    public NvList raw() {
        return raw;
    }

    private Optional<NvList> told(String name) {
        return raw.find(name)
                .filter(pair -> pair.type() == NvType.NVLIST)
                .map(pair -> (NvList) pair.value())
                .filter(told -> told.has(VALUE));
    }

    private String text(String name, Optional<PropertyKind> kind, NvList told) {
        NvPair value = told.find(VALUE).orElseThrow();
        if (value.type() == NvType.NVLIST) {
            return String.join(
                    ",",
                    ((NvList) value.value()).pairs().stream().map(NvPair::name).toList());
        }
        if (value.type() != NvType.UINT64) {
            String text = String.valueOf(value.value());
            return name.equals("mountpoint") && !told.has(LITERAL) ? mountpoint(text, told) : text;
        }
        long number = (Long) value.value();
        if (name.equals("compressratio") || name.equals("refcompressratio")) {
            return number / PERCENT + "." + String.format("%02d", number % PERCENT);
        }
        return kind.map(known -> known.text(number).orElse(known.number(number)))
                .orElse(Long.toUnsignedString(number));
    }

    /** Returns a mountpoint. To an inherited one, appends the path from the dataset that sets it to this one. */
    private String mountpoint(String text, NvList told) {
        String from = told.has("source") ? told.string("source") : "";
        if (!text.startsWith("/") || !dataset.startsWith(from + "/")) {
            return text;
        }
        String below = dataset.substring(from.length());
        return text.equals("/") ? below : text + below;
    }

    /** Returns the source of a value. If the kernel reports none, a limit is local unless it has its default value, and any other property has no source. */
    private PropertySource source(Optional<PropertyKind> kind, NvList told) {
        if (told.has(LITERAL)) {
            return told.has("source") ? PropertySource.of(told.string("source"), dataset) : PropertySource.NONE;
        }
        if (kind.map(known -> known.settable() == PropertyKind.Settable.NEVER || POSIX_LAYER.contains(known.name()))
                .orElse(false)) {
            return PropertySource.NONE;
        }
        if (told.has("source")) {
            return PropertySource.of(told.string("source"), dataset);
        }
        boolean limit = kind.map(known ->
                        known.settable() == PropertyKind.Settable.OWN && known.type() == PropertyKind.Type.NUMBER)
                .orElse(false);
        if (!limit) {
            return PropertySource.NONE;
        }
        return kind.get().defaultText().equals(kind.get().number(told.uint64(VALUE)))
                ? PropertySource.DEFAULT
                : PropertySource.LOCAL;
    }

    /** Returns what the kernel reported, one property per line. */
    @Override
    public String toString() {
        Map<String, Property> all = told();
        return dataset
                + all.values().stream().map(property -> "\n  " + property).reduce("", String::concat);
    }
}
