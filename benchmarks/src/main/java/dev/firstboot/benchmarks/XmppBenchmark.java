package dev.firstboot.benchmarks;

import dev.firstboot.artifact.RootfsArchive;
import dev.firstboot.bake.Bakery;
import dev.firstboot.benchmarks.xmpp.LoadChild;
import dev.firstboot.benchmarks.xmpp.LoadSpec;
import dev.firstboot.image.Image;
import dev.firstboot.internal.file.Trees;
import dev.firstboot.machine.CommandResult;
import dev.firstboot.machine.Machine;
import dev.firstboot.plan.RootfsTar;
import dev.firstboot.workload.xmpp.Xmpp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a chat server in a container holds, all of it on this host's processors, its clients too: WebSocket clients that are logged in at once, messages a
 * second, and how long these take from one client to the other. {@code ./dev bench xmpp [CLIENTS [MESSAGES-A-SECOND...]]} runs this.
 */
public final class XmppBenchmark {
    private static final String DOMAIN = "chat.example.com";
    private static final int CLIENTS = 2_500;
    private static final List<Integer> RATES = List.of(500, 1_000, 1_500, 2_000);
    /** Accounts that one request makes; each costs the server a key derivation. */
    private static final int BATCH = 250;

    private XmppBenchmark() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        int clients = args.length > 0 ? Integer.parseInt(args[0]) : CLIENTS;
        List<Integer> rates = args.length > 1
                ? List.of(args).subList(1, args.length).stream()
                        .map(Integer::valueOf)
                        .toList()
                : RATES;
        Path directory = Files.createTempDirectory("firstboot-bench-");
        try (Machine machine = bake(directory).boot()) {
            System.out.println("ready after " + machine.awaitReady());
            byte[] secret = new byte[16];
            new SecureRandom().nextBytes(secret);
            String password = HexFormat.of().formatHex(secret);
            register(machine, clients, password);
            Map<String, Double> numbers = load(machine, directory, new LoadSpec(DOMAIN, password, clients, rates));
            Path report = new BenchmarkReport("xmpp", "./dev bench xmpp", numbers).write(Path.of("benchmarks/results"));
            System.out.println("\n" + Files.readString(report) + "\nWritten to " + report);
        } finally {
            Trees.delete(directory);
        }
    }

    private static RootfsArchive bake(Path directory) {
        Image image =
                Image.builder().name("chat").workload(Xmpp.cluster(DOMAIN)).build();
        try (Bakery bakery = Bakery.create()) {
            return bakery.bake(image, RootfsTar.to(directory.resolve("chat.tar")));
        }
    }

    private static void register(Machine machine, int clients, String password) {
        for (int first = 0; first < clients; first += BATCH) {
            int last = Math.min(clients, first + BATCH) - 1;
            CommandResult result = machine.runWithInput(
                    """
                    [ok = ejabberd_auth:try_register(<<"u", (integer_to_binary(N))/binary>>, <<"%s">>, <<"%s">>)
                        || N <- lists:seq(%d, %d)], done.
                    """.formatted(DOMAIN, password, first, last),
                    "runuser",
                    "-u",
                    "ejabberd",
                    "--",
                    "env",
                    "HOME=/var/lib/ejabberd",
                    "erl_call",
                    "-r",
                    "-address",
                    "127.0.0.1:5210",
                    "-timeout",
                    "300",
                    "-e");
            if (!result.output().contains("{ok, done}")) {
                throw new IllegalStateException("accounts are not made: " + result.output() + result.errors());
            }
            System.out.println((last + 1) + " accounts made");
        }
    }

    /** The clients run in a JVM of their own, for which the server's names lead to the machine. */
    private static Map<String, Double> load(Machine machine, Path directory, LoadSpec spec)
            throws IOException, InterruptedException {
        String address = machine.endpoint(443).getAddress().getHostAddress();
        Path hosts = Files.writeString(directory.resolve("hosts"), address + " " + DOMAIN + "\n");
        Path authority = Files.writeString(
                directory.resolve("ca.pem"),
                machine.run("cat", "/var/lib/firstboot/ca/ca.pem").output());
        Path specification = directory.resolve("load.json");
        Path result = directory.resolve("load.tsv");
        spec.write(specification);
        Children.run(Children.java(
                // The serial collector takes the least of the processors' time.
                List.of("-Xmx2g", "-XX:+UseSerialGC", "-Djdk.net.hosts.file=" + hosts),
                LoadChild.class,
                specification.toString(),
                authority.toString(),
                result.toString()));
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (String line : Files.readAllLines(result)) {
            int tab = line.indexOf('\t');
            numbers.put(line.substring(0, tab), Double.valueOf(line.substring(tab + 1)));
        }
        return numbers;
    }
}
