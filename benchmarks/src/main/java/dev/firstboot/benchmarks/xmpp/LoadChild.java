package dev.firstboot.benchmarks.xmpp;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Logs clients in over WebSocket and lets them talk in pairs. Arguments: specification, the server's authority, file for what was measured. */
public final class LoadChild {
    /** Logins under way at once: a morning's rush, and no attack. */
    private static final int AT_ONCE = 50;

    private static final Duration LOGIN = Duration.ofMinutes(2);
    private static final Duration ROUND = Duration.ofSeconds(30);

    private LoadChild() {}

    public static void main(String[] args) throws Exception {
        LoadSpec spec = LoadSpec.read(Path.of(args[0]));
        Map<String, Double> numbers = new LinkedHashMap<>();
        Latencies latencies = new Latencies();
        HttpClient http = HttpClient.newBuilder()
                .sslContext(trusting(Path.of(args[1])))
                .connectTimeout(LOGIN)
                .build();
        long start = System.nanoTime();
        List<Client> clients = login(http, spec, latencies);
        numbers.put("clients: logged in", (double) clients.size());
        numbers.put("clients: logins a second", clients.size() / seconds(System.nanoTime() - start));
        System.out.println(numbers);
        for (int rate : spec.rates()) {
            Round round = new Round(clients, latencies, rate);
            round.run(ROUND.dividedBy(3));
            numbers.putAll(round.run(ROUND));
            System.out.println(numbers);
        }
        numbers.put("clients: still there at the end", (double)
                clients.stream().filter(Client::isOpen).count());
        Files.writeString(
                Path.of(args[2]),
                numbers.entrySet().stream()
                        .map(number -> number.getKey() + "\t" + number.getValue() + "\n")
                        .collect(Collectors.joining()));
        System.exit(0); // the sockets' threads would keep the JVM
    }

    private static List<Client> login(HttpClient http, LoadSpec spec, Latencies latencies) throws InterruptedException {
        Semaphore places = new Semaphore(AT_ONCE);
        List<Client> clients = new ArrayList<>();
        List<CompletableFuture<?>> logins = new ArrayList<>();
        for (int i = 0; i < spec.clients(); i++) {
            places.acquire();
            Client client = new Client(spec.domain(), "u" + i, spec.password(), latencies);
            clients.add(client);
            logins.add(client.login(http)
                    .orTimeout(LOGIN.toSeconds(), TimeUnit.SECONDS)
                    .whenComplete((done, failure) -> places.release()));
            if (clients.size() % 500 == 0) {
                System.out.println(clients.size() + " clients came");
            }
        }
        places.acquire(AT_ONCE);
        Map<String, Long> failures = logins.stream()
                .filter(CompletableFuture::isCompletedExceptionally)
                .collect(Collectors.groupingBy(LoadChild::problem, Collectors.counting()));
        failures.forEach((problem, times) -> System.out.println(times + " logins failed: " + problem));
        return clients.stream().filter(Client::isOpen).toList();
    }

    private static String problem(CompletableFuture<?> login) {
        try {
            login.get(0, TimeUnit.SECONDS);
            return "";
        } catch (InterruptedException | TimeoutException e) {
            return e.toString();
        } catch (ExecutionException e) {
            return String.valueOf(e.getCause());
        }
    }

    private static SSLContext trusting(Path pem) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(pem)) {
            store.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }
}
