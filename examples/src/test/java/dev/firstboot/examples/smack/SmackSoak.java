package dev.firstboot.examples.smack;

import dev.firstboot.examples.chat.ChatArchive;
import dev.firstboot.examples.chat.ChatMachine;
import dev.firstboot.image.Release;
import dev.firstboot.image.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code ./dev soak smack [RELEASE…]}: bakes the chat service, boots it in a container and runs Smack's own integration tests against it, on {@code debian-13} unless
 * told otherwise. Compares with the list of known failures and writes all down. Needs root.
 */
public final class SmackSoak {
    /** Written by {@code ./dev soak}, from {@code examples/src/test/smack/pom.xml}. */
    private static final Path CLASS_PATH = Path.of("examples/target/smack-class-path.txt");

    private static final Pattern VERSION = Pattern.compile("smack-integration-test-([^/]+)\\.jar");

    private SmackSoak() {}

    /** Ends with status 1 if a test failed that is not in the list, or if one in the list did not. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<Release> releases = arguments.length == 0
                ? List.of(Release.DEBIAN_13)
                : Stream.of(arguments).map(SmackSoak::release).distinct().toList();
        String libraries = Files.readString(CLASS_PATH).strip();
        String command = "./dev soak smack"
                + releases.stream().map(release -> " " + name(release)).collect(Collectors.joining());
        SmackProof proof = new SmackProof(command, version(libraries));
        List<String> surprises = new ArrayList<>();
        for (Release release : releases) {
            KnownFailures known = KnownFailures.parse(Resources.text(SmackSoak.class, "known-failures.txt"), release);
            System.out.println("Baking and booting the chat service on " + release);
            try (ChatMachine chat =
                    ChatMachine.boot(ChatMachine.DOMAIN, ChatArchive.boot(ChatMachine.DOMAIN, release))) {
                Path log = Files.createDirectories(Path.of("target", "smack")).resolve(name(release) + ".log");
                List<Outcome> outcomes = new SuiteRun(libraries, chat, log).run(known);
                System.out.println(proof.add(release, chat, outcomes, known));
                known.surprises(outcomes).forEach(surprise -> surprises.add(name(release) + ": " + surprise));
            }
        }
        System.out.println("Written to " + proof.write());
        surprises.forEach(System.out::println);
        System.exit(surprises.isEmpty() ? 0 : 1);
    }

    /** The release with this name on command lines, such as {@code debian-13}. */
    static Release release(String name) {
        return Stream.of(Release.values())
                .filter(release -> name(release).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no release '" + name + "'; there are "
                        + Stream.of(Release.values()).map(SmackSoak::name).toList()));
    }

    private static String version(String libraries) {
        return VERSION.matcher(libraries)
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Smack's suite is not in " + CLASS_PATH));
    }

    private static String name(Release release) {
        return release.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
