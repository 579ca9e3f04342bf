package dev.firstboot.examples.smack;

import dev.firstboot.examples.chat.ChatMachine;
import dev.firstboot.examples.chat.ChatServer;
import dev.firstboot.examples.chat.Credentials;
import dev.firstboot.examples.smack.Outcome.Kind;
import dev.firstboot.internal.file.Trees;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One run of the suite against a chat machine, in a JVM of its own: one that knows the names of that machine and no other, trusts its authority and no other, and
 * in which assertions are on, as the suite asks. The suite makes its accounts by the administrator's ad-hoc commands.
 */
final class SuiteRun {
    private static final Duration LIMIT = Duration.ofMinutes(40);
    private static final Duration ANSWER = Duration.ofSeconds(20);
    /** Of a file with certificates that are no secret; Java reads none without a password. */
    private static final String STORE_PASSWORD = "public";

    private final String libraries;
    private final ChatMachine chat;
    private final Path log;

    private @Nullable Process suite;

    /**
     * @param libraries the class path of the suite
     * @param log takes all that the suite says
     */
    SuiteRun(String libraries, ChatMachine chat, Path log) {
        this.libraries = libraries;
        this.chat = chat;
        this.log = log;
    }

    /**
     * Runs it, prints its progress, and tries once more what fails and is not known to: the suite's tests meet races of their own, on a busy host above all.
     *
     * @throws IllegalStateException if the suite did not come to its end
     */
    List<Outcome> run(KnownFailures known) throws IOException, InterruptedException {
        List<Outcome> first = run(Set.of(), log);
        Set<String> failed = known.unknown(first).stream()
                .filter(outcome -> outcome.kind() == Kind.FAILED)
                .map(Outcome::name)
                .collect(Collectors.toCollection(TreeSet::new));
        if (failed.isEmpty()) {
            return first;
        }
        System.out.println("Once more, what failed and is not known to");
        Map<String, Outcome> second = run(failed, log.resolveSibling("again-" + log.getFileName())).stream()
                .collect(Collectors.toMap(Outcome::test, outcome -> outcome));
        return first.stream()
                .map(outcome -> failed.contains(outcome.name()) && outcome.kind() == Kind.FAILED
                        ? outcome.after(second.getOrDefault(outcome.test(), outcome))
                        : outcome)
                .toList();
    }

    private List<Outcome> run(Set<String> tests, Path said) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("firstboot-smack-"); // for its owner alone
        Thread discard = new Thread(() -> discard(directory)); // also when this JVM is told to end
        Runtime.getRuntime().addShutdownHook(discard);
        try {
            ChatServer server = chat.server();
            writeHosts(directory.resolve("hosts"), server);
            writeTrust(directory.resolve("trust"), server);
            writeProperties(directory.resolve("properties"), server.domain(), chat.admin(), tests);
            Path outcomes = directory.resolve("outcomes");
            int status = await(start(directory, outcomes, said), said);
            if (status != 0 && status != 2) {
                throw new IllegalStateException("the suite did not come to its end (" + status + "); see " + said);
            }
            try (Stream<String> lines = Files.lines(outcomes)) {
                return lines.map(Outcome::parse).toList();
            }
        } finally {
            discard(directory);
            Runtime.getRuntime().removeShutdownHook(discard);
        }
    }

    /** Ends the suite if it still runs, and deletes its files: one of them has a password. */
    private synchronized void discard(Path directory) {
        if (suite != null) {
            suite.destroyForcibly();
        }
        try {
            Trees.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeHosts(Path file, ChatServer server) throws IOException {
        String address = server.endpoint(5222).getAddress().getHostAddress();
        List<String> lines = new ArrayList<>();
        lines.add("127.0.0.1 localhost");
        lines.add("127.0.0.1 " + InetAddress.getLocalHost().getHostName());
        Stream.of("", "conference.", "proxy.", "pubsub.", "upload.")
                .map(service -> address + " " + service + server.domain())
                .forEach(lines::add);
        Files.write(file, lines);
    }

    private static void writeTrust(Path file, ChatServer server) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (X509Certificate trusted : server.trust().manager().getAcceptedIssuers()) {
                store.setCertificateEntry(trusted.getSubjectX500Principal().getName(), trusted);
            }
            store.store(out, STORE_PASSWORD.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the machine's authority cannot be kept", e);
        }
    }

    private static void writeProperties(Path file, String domain, Credentials admin, Set<String> tests)
            throws IOException {
        Properties properties = new Properties();
        properties.setProperty("service", domain);
        // Of this host, and with what Java knows of names: no name server is asked, neither for services nor for
        // addresses.
        properties.setProperty("host", domain);
        properties.setProperty("dnsResolver", "javax");
        properties.setProperty("securityMode", "required");
        properties.setProperty("replyTimeout", Long.toString(ANSWER.toMillis()));
        // Smack's other kinds of connection hang now and then at one or another step of TLS, in 4.5.0-beta5, and that
        // ends the suite.
        properties.setProperty("enabledConnections", "tcp");
        properties.setProperty("adminAccountUsername", admin.user());
        properties.setProperty("adminAccountPassword", admin.password());
        properties.setProperty("verbose", "true");
        if (!tests.isEmpty()) {
            properties.setProperty("enabledTests", String.join(",", tests));
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            properties.store(out, null);
        }
    }

    private synchronized Process start(Path directory, Path outcomes, Path said) throws IOException {
        suite = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-enableassertions",
                        "-Djdk.net.hosts.file=" + directory.resolve("hosts"),
                        "-Djavax.net.ssl.trustStore=" + directory.resolve("trust"),
                        "-Djavax.net.ssl.trustStoreType=PKCS12",
                        "-Djavax.net.ssl.trustStorePassword=" + STORE_PASSWORD,
                        "-classpath",
                        own() + File.pathSeparator + libraries,
                        Suite.class.getName(),
                        outcomes.toString())
                .directory(directory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(said.toFile())
                .start();
        return suite;
    }

    private int await(Process running, Path said) throws InterruptedException {
        if (!running.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException(
                    "the suite did not end within " + LIMIT.toMinutes() + " minutes; see " + said);
        }
        return running.exitValue();
    }

    /** Where the suite's JVM finds {@link Suite} and what that uses. */
    private static Path own() {
        try {
            return Path.of(Suite.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
