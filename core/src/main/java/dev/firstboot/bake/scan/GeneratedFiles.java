package dev.firstboot.bake.scan;

import static dev.firstboot.bake.scan.Rule.begins;
import static dev.firstboot.bake.scan.Rule.exactly;
import static dev.firstboot.bake.scan.Rule.lines;

import dev.firstboot.bake.rootfs.InitramfsFile;
import dev.firstboot.bake.tree.TarEntry;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files that Debian's own tools generate during installation, and that are the same on every machine. Each rule is as narrow as possible: a path,
 * and what the file must look like. What a package generates for itself is not here unless many images have it.
 */
final class GeneratedFiles {
    private static final Pattern PYC =
            Pattern.compile("(/usr/(?:lib|share)/.*)/__pycache__/([^/]+)\\.cpython-[0-9]+(?:\\.opt-[12])?\\.pyc");
    private static final String PATH = "/\\S*";

    /** dpkg, apt and debconf. */
    private static final List<Rule> PACKAGE_TOOLS = List.of(
            Rule.of("/var/lib/dpkg/status", "dpkg: the packages that are installed", begins("Package: ")),
            Rule.of("/var/lib/dpkg/arch(-native)?", "dpkg: architectures", lines("[a-z0-9-]+")),
            Rule.of("/var/lib/dpkg/diversions", "dpkg-divert: files moved aside", lines(PATH, "[a-z0-9:][a-z0-9+.-]*")),
            Rule.of(
                    "/var/lib/dpkg/statoverride",
                    "dpkg-statoverride: owners and modes",
                    lines("\\S+ \\S+ [0-7]+ " + PATH)),
            Rule.of("/var/lib/dpkg/triggers/File", "dpkg-trigger: who wants to know", lines(PATH + " [a-z0-9+./:-]+")),
            Rule.of(
                    "/var/lib/dpkg/triggers/[A-Za-z0-9/+._-]+",
                    "dpkg-trigger: who wants to know",
                    lines("[a-z0-9+./:-]+")),
            Rule.of(
                    "/var/lib/dpkg/alternatives/[^/]+",
                    "update-alternatives: the choices",
                    lines("auto|manual", PATH, "[^/\\s]+", "-?[0-9]+")),
            Rule.of(
                    "/var/lib/dpkg/info/[^/]+\\.[a-z0-9-]+",
                    "dpkg: what an installed package brought for dpkg itself",
                    GeneratedFiles::isControlFile),
            Rule.of("/var/lib/dpkg/info/format", "dpkg: the form of its records", exactly("1\n")),
            Rule.of(
                    "/var/lib/apt/extended_states",
                    "apt: what was installed for another package",
                    lines("(Package|Architecture|Auto-Installed): [a-z0-9+.-]+")),
            Rule.of(
                    "/etc/apt/sources\\.list",
                    "the bake: where Debian's packages come from",
                    lines("deb \\[signed-by=/usr/share/keyrings/debian-archive-keyring\\.gpg] .*")),
            Rule.of(
                    "/var/cache/debconf/(config|passwords|templates)\\.dat",
                    "debconf: questions and the answers that packages got",
                    lines("[A-Z][A-Za-z0-9_.@-]*:.*", " .*")),
            Rule.of(
                    "/var/lib/ucf/hashfile(\\.[0-9])?",
                    "ucf: sums of the configuration files it keeps",
                    lines("[0-9a-f]{32} {2}" + PATH)),
            Rule.of(
                    "/var/lib/ucf/registry(\\.[0-9])?",
                    "ucf: whose the configuration files are",
                    lines("[a-z0-9+.-]+\\s+" + PATH)),
            Rule.of(
                    "/var/lib/systemd/deb-systemd-(helper|user-helper)-(enabled|masked)/.*\\.dsh-also",
                    "deb-systemd-helper: links to units",
                    lines("/etc/systemd/(system|user)/[A-Za-z0-9@:_./\\\\-]+")));

    /** Accounts, logins and names. */
    private static final List<Rule> SYSTEM = List.of(
            Rule.of("/etc/shells|/var/lib/shells\\.state", "update-shells: shells", lines(PATH)),
            Rule.of(
                    "/etc/pam\\.d/common-(account|auth|password|session|session-noninteractive)",
                    "pam-auth-update: how people log in",
                    lines("(account|auth|password|session)\\s+\\S.*\\bpam_[a-z0-9_]+\\.so.*")),
            Rule.of(
                    "/var/lib/pam/(account|auth|password|session|session-noninteractive|seen)",
                    "pam-auth-update: the profiles it used",
                    lines("Module: [\\w-]+", "[\\w-]+", "\\S.*\\bpam_[a-z0-9_]+\\.so.*")),
            Rule.of(
                    "/etc/nsswitch\\.conf",
                    "libc-bin and NSS modules: where names are looked up",
                    lines("[a-z]+:[a-z0-9_\\s=!\\[\\]A-Z]*")),
            Rule.of("/etc/hosts\\.(allow|deny)", "libwrap0: nobody is turned away", lines()),
            Rule.of("/etc/networks", "base-files: names of networks", lines("[a-z-]+\\s+[0-9.]+")),
            Rule.of("/etc/fstab", "base system: no file systems", lines()),
            Rule.of("/etc/(modules|initramfs-tools/modules)", "kmod, initramfs-tools: no modules", lines()),
            Rule.of(
                    "/etc/(locale\\.conf|default/locale)",
                    "locales: the language",
                    lines("L[A-Z_]+=\"?[A-Za-z0-9@_.:-]*\"?")),
            Rule.of(
                    "/etc/locale\\.gen",
                    "locales: languages to make",
                    lines("[A-Za-z_]+(\\.[\\w-]+)?(@\\w+)? [\\w-]+")),
            Rule.of("/etc/timezone", "tzdata: the time zone", lines("[A-Z][A-Za-z0-9/_+-]+")),
            Rule.of("/etc/default/keyboard", "keyboard-configuration", lines("[A-Z]+=\"[a-z0-9,:_+-]*\"")),
            Rule.of(
                    "/etc/python3/debian_config",
                    "python3-minimal: how to compile",
                    lines("\\[DEFAULT]", "byte-compile = [a-z, ]+")),
            Rule.of(
                    "/etc/apt/apt\\.conf\\.d/02autoremove-postgresql",
                    "postgresql-common: what apt must keep",
                    lines("//.*", "APT|[{};\\s]+", "\\s*NeverAutoRemove", "\\s*\"[\\^a-z0-9.+*-]+\";")),
            Rule.of(
                    "/etc/postgresql-common/root\\.crt",
                    "postgresql-common: a text in the place of a certificate",
                    begins("This is a dummy root certificate file for PostgreSQL.")));

    /** Indexes and caches. */
    private static final List<Rule> CACHES = List.of(
            Rule.of("/etc/ld\\.so\\.cache", "ldconfig: the libraries", begins("glibc-ld.so.cache1.1", "ld.so-1.7.0")),
            Rule.of("/usr/lib/udev/hwdb\\.bin|/etc/udev/hwdb\\.bin", "systemd-hwdb: hardware", begins("KSLPHHRH")),
            Rule.of("/var/lib/systemd/catalog/database", "journalctl: texts of messages", begins("RHHHKSLP")),
            Rule.of(
                    "/usr/share/info/dir",
                    "install-info: manuals",
                    begins("-*- Text -*-\nThis is the file .../info/dir")),
            Rule.of(
                    "/etc/ca-certificates\\.conf",
                    "ca-certificates: authorities to trust",
                    lines("!?[^\\s/][^\\r\\n]*\\.crt")),
            Rule.of(
                    "/etc/ssl/certs/ca-certificates\\.crt",
                    "update-ca-certificates: the authorities to trust, one after the other",
                    lines("-----(BEGIN|END) CERTIFICATE-----", "[A-Za-z0-9+/=]{1,76}")),
            Rule.of(
                    "/etc/ssl/certs/java/cacerts",
                    "ca-certificates-java: the authorities to trust, for Java",
                    JavaTrust::isStoreOfCertificates),
            Rule.of(
                    PYC.pattern(),
                    "py3compile: compiled Python, of a file that a package ships",
                    file -> isCompiled(file, false)),
            Rule.of("/usr/lib/locale/(locale-archive|[\\w.@-]+/LC_\\w+)", "locale-gen: languages", file -> true),
            Rule.of(
                    "/usr/lib/[a-z0-9_-]+/gconv/gconv-modules\\.cache",
                    "iconvconfig: character sets",
                    begins("$\u0003\u0001 ")),
            Rule.of(
                    "/usr/share/glib-2\\.0/schemas/gschemas\\.compiled",
                    "glib-compile-schemas: settings",
                    begins("GVariant")),
            Rule.of(
                    "/usr/share/mime/.*|/usr/share/applications/mimeinfo\\.cache",
                    "update-mime-database: file types",
                    file -> true),
            Rule.of("/usr/lib/[a-z0-9_-]+/gio/modules/giomodule\\.cache", "gio-querymodules", lines("\\S+: .*")),
            Rule.of(
                    "/usr/lib/[a-z0-9_-]+/gdk-pixbuf-2\\.0/.*/loaders\\.cache",
                    "gdk-pixbuf-query-loaders",
                    begins("# GdkPixbuf")),
            Rule.of("/usr/share/icons/[^/]+/icon-theme\\.cache", "gtk-update-icon-cache", file -> true),
            Rule.of(
                    "/var/cache/fontconfig/(CACHEDIR\\.TAG|[0-9a-f]{32}-[\\w-]+\\.cache-\\w+)",
                    "fc-cache: fonts",
                    begins("Signature: ", "\u0004\u00fc\u0002\u00fc")));

    /** Boot files. */
    private static final List<Rule> BOOT = List.of(
            Rule.of(
                    "/boot/initrd\\.img-.*",
                    "update-initramfs: the first file system",
                    begins("070701", "(\u00b5/\u00fd")),
            Rule.of(
                    "/usr/lib/modules/[^/]+/modules\\.(alias|builtin\\.alias|builtin|dep|devname|softdep|symbols|weakdep)",
                    "depmod: the kernel's modules",
                    lines(
                            "(alias|softdep|weakdep) .*",
                            PATH,
                            "kernel/\\S+:?.*",
                            "updates/\\S+:?.*",
                            "[\\w-]+ \\S+ [bc]\\d+:\\d+")),
            Rule.of(
                    "/usr/lib/modules/[^/]+/modules\\.(alias|builtin\\.alias|builtin|dep|symbols)\\.bin",
                    "depmod: the kernel's modules",
                    begins("\u00b0\u0007\u00f4W")),
            Rule.of("/etc/initramfs-tools/conf\\.d/10-firstboot", "the bake", exactly("COMPRESS=zstd\n")),
            Rule.of(
                    "/etc/initramfs-tools/update-initramfs\\.conf",
                    "the bake",
                    exactly("update_initramfs=yes\nbackup_initramfs=no\n")));

    /** The bake's own programs in the initramfs. */
    private static final List<Rule> INITRAMFS = Stream.of(InitramfsFile.values())
            .map(file -> Rule.of(Pattern.quote(file.path()), "the bake", exactly(file.text())))
            .toList();

    private static final List<Rule> ALL = Stream.of(PACKAGE_TOOLS, SYSTEM, CACHES, BOOT, INITRAMFS)
            .flatMap(List::stream)
            .toList();

    /** Pipes, devices and links to what exists only on a running machine. */
    private static final Pattern SPECIAL = Pattern.compile("/dev/(console|full|null|ptmx|random|tty|urandom|zero)");

    private static final Pattern RUNTIME = Pattern.compile("/(proc|run|dev|sys)/.*|/etc/default/keyboard");
    private static final Pattern PACKAGE_FILE = Pattern.compile(".*/([^/:]+)(:[a-z0-9]+)?\\.[a-z0-9-]+");
    private static final int PYC_HEADER = 16;
    private static final long MASK = 0xffffffffL;

    private GeneratedFiles() {}

    /** Returns who made a file, if a rule knows it. */
    static Optional<String> explain(Candidate file) {
        return ALL.stream().filter(rule -> rule.explains(file)).map(Rule::why).findFirst();
    }

    /** Returns whether the file is made only from one that Debian ships: then it is just as public. */
    static boolean isPublic(Candidate file) {
        return isCompiled(file, true);
    }

    /** Returns whether every tree has this device. */
    static boolean isUsualDevice(String path) {
        return SPECIAL.matcher(path).matches();
    }

    /** Returns whether a link may lead here although nothing exists here while the machine is off. */
    static boolean isRuntime(String target) {
        return RUNTIME.matcher(target).matches();
    }

    private static boolean isControlFile(Candidate file) {
        Matcher name = PACKAGE_FILE.matcher(file.path());
        return name.matches() && file.dpkg().isInstalled(name.group(1));
    }

    /** Checks compiled Python (PEP 552): flags, then time and size of the source; or, with a flag, its hash, which cannot be checked here. */
    private static boolean isCompiled(Candidate file, boolean ofDebian) {
        Matcher name = PYC.matcher(file.path());
        if (!name.matches() || file.length() < PYC_HEADER || file.number(4) > 3) {
            return false;
        }
        boolean hashed = file.number(4) != 0;
        String path = name.group(1) + "/" + name.group(2) + ".py";
        Optional<TarEntry> source = file.other(path);
        return source.isPresent()
                && file.dpkg().isShipped(source.get().path(), ofDebian)
                && (hashed
                        || (file.number(8) == (source.get().time() & MASK)
                                && file.number(12) == (source.get().size() & MASK)));
    }
}
