package dev.firstboot.ring;

import dev.firstboot.guest.Guest;
import dev.firstboot.guest.GuestInitramfs;
import dev.firstboot.image.ByteSize;
import dev.firstboot.image.Image;
import dev.firstboot.image.Release;
import dev.firstboot.image.Resources;
import dev.firstboot.internal.tool.FileTail;
import dev.firstboot.internal.tool.ToolException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Runs the live tests of zfs-native where there is live ZFS: in a guest that runs an image of ours. From the command line:
 * {@code Ring [--release debian-12] [--backports] [--thorough] [Class[#method]]…}.
 */
public final class Ring {
    private static final long REPORTS_SIZE = 64L << 20;
    private static final Duration LIMIT = Duration.ofMinutes(30);
    private static final Duration LONGER_LIMIT = Duration.ofMinutes(90);
    /** For the guest's start and end. */
    private static final Duration AROUND = Duration.ofMinutes(3);

    private final Image image;
    private final Path directory;

    /** @param target the directory of a build, where it keeps what it needs */
    public Ring(Release release, Path target) {
        this(RingImage.image(release), target, "");
    }

    private Ring(Image image, Path target, String suffix) {
        this.image = image;
        this.directory = target.resolve("ring")
                .resolve(image.release().name().toLowerCase(Locale.ROOT).replace('_', '-') + suffix);
    }

    /** One with the ZFS of the release's backports. */
    static Ring ofBackports(Release release, Path target) {
        return new Ring(
                RingImage.image(release).toBuilder().backport("zfs-linux").build(), target, "-backports");
    }

    /** Where the reports are. */
    Path directory() {
        return directory;
    }

    /** What the kernel says. */
    private Path console() {
        return directory.resolve("console.log");
    }

    /**
     * Boots the guest and runs the tests.
     *
     * @param selection patterns for JUnit's console launcher; empty for all
     * @param output takes what the bake and the guest say, line by line
     * @throws IllegalStateException if the guest brought back no reports
     */
    List<RingReport.Outcome> run(List<String> selection, Consumer<String> output) throws IOException {
        List<String> tests = selection.isEmpty() ? List.of("--include-classname=.*") : selection;
        Duration limit = Boolean.getBoolean(RingPayload.THOROUGH) ? LONGER_LIMIT : LIMIT;
        List<String> said = inGuest(payload -> new RingPayload(limit).writeTests(payload, tests), limit, output);
        List<RingReport.Outcome> outcomes = RingReport.read(directory);
        if (outcomes.isEmpty()) {
            throw new IllegalStateException("the guest brought no reports back\n" + tail(said));
        }
        return outcomes;
    }

    /**
     * Boots the guest and runs a program of this class path, which is given the directory that it may use.
     *
     * @param files programs that are put there
     * @return where the files are that it left in {@code out} there
     * @throws IllegalStateException if it does not end with 0
     */
    public Path runProgram(String main, Map<String, byte[]> files, Consumer<String> output) throws IOException {
        List<String> said = inGuest(
                payload -> new RingPayload(LONGER_LIMIT).writeProgram(payload, main, files), LONGER_LIMIT, output);
        Path status = directory.resolve("status");
        if (!Files.exists(status) || !Files.readString(status).strip().equals("0")) {
            throw new IllegalStateException("the program did not end well\n" + tail(said));
        }
        return directory;
    }

    private interface Payload {
        void write(Path target) throws IOException;
    }

    /** Returns what was said. */
    private List<String> inGuest(Payload content, Duration limit, Consumer<String> output) throws IOException {
        Files.createDirectories(directory);
        RingReport.forget(directory);
        RingImage baked = RingImage.bake(image, directory, output);
        Path scratch = Files.createTempDirectory(directory, "run");
        Path initramfs = scratch.resolve("initramfs");
        Path payload = scratch.resolve("payload.tar");
        Path reports = scratch.resolve("reports.raw");
        List<String> said = new ArrayList<>();
        try {
            content.write(payload);
            round(payload);
            try (RandomAccessFile file = new RandomAccessFile(reports.toFile(), "rw")) {
                file.setLength(REPORTS_SIZE);
            }
            new GuestInitramfs(baked.initrd(), initramfs, Resources.text(Ring.class, "ring-init.sh")).close();
            new Guest(baked.kernel(), initramfs, console(), ByteSize.gibibytes(2))
                    .forgetful("system", baked.disk())
                    .readOnly("payload", payload)
                    .drive("reports", reports)
                    .run(limit.plus(AROUND), line -> {
                        said.add(line);
                        output.accept(line);
                    });
            RingReport.unpack(reports, directory);
            return said;
        } catch (ToolException e) {
            throw new IllegalStateException("the guest did not end well: " + e.summary() + "\n" + tail(said), e);
        } finally {
            for (Path file : new Path[] {initramfs, payload, reports, scratch}) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** A drive has whole sectors. */
    private static void round(Path file) throws IOException {
        try (RandomAccessFile drive = new RandomAccessFile(file.toFile(), "rw")) {
            drive.setLength((drive.length() + 0xffff) & ~0xffffL);
        }
    }

    private String tail(List<String> said) throws IOException {
        return String.join("\n", FileTail.lines(console(), 20)) + "\n"
                + String.join("\n", said.subList(Math.max(0, said.size() - 60), said.size()));
    }

    /** Runs a selection and prints as the guest does. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws IOException {
        Release release = Release.DEBIAN_13;
        boolean backports = false;
        List<String> selection = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals("--thorough")) {
                System.setProperty(RingPayload.THOROUGH, "true");
            } else if (arguments[i].equals("--backports")) {
                backports = true;
            } else if (arguments[i].equals("--release")) {
                release =
                        Release.valueOf(arguments[++i].toUpperCase(Locale.ROOT).replace('-', '_'));
            } else {
                selection.addAll(patterns(arguments[i]));
            }
        }
        Path target = Path.of("core/target");
        Ring ring = backports ? ofBackports(release, target) : new Ring(release, target);
        List<RingReport.Outcome> outcomes = ring.run(selection, System.out::println);
        long failed = outcomes.stream()
                .filter(outcome -> outcome.problem().isPresent())
                .count();
        System.out.println(
                outcomes.size() + " tests on live ZFS, " + failed + " not passed; reports in " + ring.directory());
        System.exit(failed == 0 ? 0 : 1);
    }

    /** {@code Class} or {@code Class#method}, as people write it. */
    private static List<String> patterns(String wanted) {
        int hash = wanted.indexOf('#');
        String type = hash < 0 ? wanted : wanted.substring(0, hash);
        List<String> patterns = new ArrayList<>(List.of("--include-classname=(.*\\.)?" + type));
        if (hash >= 0) {
            patterns.add("--include-methodname=.*#" + wanted.substring(hash + 1));
        }
        return patterns;
    }
}
