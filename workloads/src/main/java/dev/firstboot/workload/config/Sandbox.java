package dev.firstboot.workload.config;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.firstboot.image.Unit;
import java.util.ArrayList;
import java.util.List;

/**
 * The sandbox of a service, as directives of systemd.exec(5): whoever takes over the service gets its files and sockets, and little else of the
 * machine. It starts by denying what no service needs; what a service does need is added by name. Immutable.
 */
@CheckReturnValue
@SuppressWarnings("exports") // the annotation is for the compiler alone
public final class Sandbox {
    private static final String SERVICE = "Service";
    private static final String CAPABILITIES = "CapabilityBoundingSet";
    private static final String FAMILIES = "RestrictAddressFamilies";
    private static final String READ_ONLY = "ReadOnlyPaths";
    /**
     * Directories that services usually write to. ProtectSystem should make them read-only too, but in a container, whose /proc has mounts inside,
     * systemd skips file systems below the root's as soon as it mounts another /proc.
     */
    private static final List<String> WRITTEN = List.of("/run", "/var");

    /** What none of our services needs. */
    private static final List<Line> ALWAYS = List.of(
            new Line("NoNewPrivileges", "yes"),
            new Line(CAPABILITIES, ""),
            new Line("LockPersonality", "yes"),
            new Line("PrivateDevices", "yes"),
            new Line("PrivateTmp", "yes"),
            new Line("ProtectClock", "yes"),
            new Line("ProtectControlGroups", "yes"),
            new Line("ProtectHome", "yes"),
            new Line("ProtectHostname", "yes"),
            new Line("ProtectKernelLogs", "yes"),
            new Line("ProtectKernelModules", "yes"),
            new Line("ProtectKernelTunables", "yes"),
            new Line("ProtectProc", "invisible"),
            new Line("ProtectSystem", "strict"),
            new Line(READ_ONLY, String.join(" ", WRITTEN)),
            new Line(FAMILIES, "none"),
            new Line("RestrictNamespaces", "yes"),
            new Line("RestrictRealtime", "yes"),
            new Line("RestrictSUIDSGID", "yes"),
            new Line("SystemCallArchitectures", "native"),
            new Line("SystemCallErrorNumber", "EPERM"),
            new Line("SystemCallFilter", "@system-service"),
            new Line("UMask", "0027"));

    private final List<Line> lines;

    private Sandbox(List<Line> lines) {
        this.lines = List.copyOf(lines);
    }

    private record Line(String key, String value) {}

    /**
     * Returns the strictest sandbox: no capabilities, sockets or devices; all files read-only except those of its runtime directory; only the system
     * calls that most services make.
     */
    public static Sandbox strict() {
        return new Sandbox(ALWAYS);
    }

    /** Allows writing below these paths; missing paths are skipped. */
    public Sandbox writes(String... paths) {
        List<String> others =
                WRITTEN.stream().filter(path -> !List.of(paths).contains(path)).toList();
        return instead(READ_ONLY, String.join(" ", others)).with("ReadWritePaths", "-" + String.join(" -", paths));
    }

    /** Hides these paths; missing paths are skipped. */
    public Sandbox hides(String... paths) {
        return with("InaccessiblePaths", "-" + String.join(" -", paths));
    }

    /**
     * Hides {@code /var/lib}, where services keep their state, except for these paths; missing paths are skipped. To write there, the service also
     * needs {@link #writes}.
     */
    public Sandbox state(String... paths) {
        return withoutState().with("BindPaths", "-" + String.join(" -", paths));
    }

    /** Hides {@code /var/lib} except for these paths, which are read-only. */
    public Sandbox stateToRead(String... paths) {
        return withoutState().with("BindReadOnlyPaths", "-" + String.join(" -", paths));
    }

    /** Hides {@code /var/lib}, except for what {@link #state} and {@link #stateToRead} name. */
    public Sandbox withoutState() {
        Line empty = new Line("TemporaryFileSystem", "/var/lib:ro");
        return lines.contains(empty) ? this : with(empty.key(), empty.value());
    }

    /** Allows these capabilities (capabilities(7)), and no others. */
    public Sandbox capabilities(String... names) {
        return instead(CAPABILITIES, String.join(" ", names));
    }

    /** Allows sockets of these families (address_families(7)), and no others. */
    public Sandbox sockets(String... families) {
        return instead(FAMILIES, String.join(" ", families));
    }

    /** Denies these system calls too, although most services may make them ({@code systemd-analyze syscall-filter}). */
    public Sandbox withoutCalls(String... groups) {
        return with("SystemCallFilter", "~" + String.join(" ", groups));
    }

    /** Prevents memory from becoming executable; not suitable for a service that compiles at run time. */
    public Sandbox withoutNewCode() {
        return with("MemoryDenyWriteExecute", "yes");
    }

    private Sandbox with(String key, String value) {
        List<Line> more = new ArrayList<>(lines);
        more.add(new Line(key, value));
        return new Sandbox(more);
    }

    private Sandbox instead(String key, String value) {
        return new Sandbox(lines.stream()
                .map(line -> line.key().equals(key) ? new Line(key, value) : line)
                .toList());
    }

    /** Returns the unit with the directives of this sandbox. */
    public Unit around(Unit unit) {
        Unit inside = unit;
        for (Line line : lines) {
            inside = inside.set(SERVICE, line.key(), line.value());
        }
        return inside;
    }
}
