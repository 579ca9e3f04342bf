package dev.firstboot.examples.chat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** The beginning of an XMPP server: it offers STARTTLS with a certificate of its own making, and notes what it is told inside. */
final class StartTlsServer implements AutoCloseable {
    private static final String STREAM =
            "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'"
                    + " id='1' from='%s' version='1.0'><stream:features>%s</stream:features>";
    private static final String TLS = "urn:ietf:params:xml:ns:xmpp-tls";
    private static final String PASSWORD = "changeit";

    private final ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final String domain;
    private final KeyStore store;
    private final CompletableFuture<String> insideTls = new CompletableFuture<>();

    /** A server for {@code domain} whose certificate is for {@code certifiedName}. */
    StartTlsServer(Path directory, String domain, String certifiedName) throws Exception {
        this.domain = domain;
        this.store = newKey(directory.resolve(UUID.randomUUID() + ".p12"), certifiedName);
        Thread thread = new Thread(this::serve, "starttls-server");
        thread.setDaemon(true);
        thread.start();
    }

    private static KeyStore newKey(Path file, String name) throws Exception {
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD,
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=dns:" + name))
                .redirectErrorStream(true)
                .start();
        keytool.getInputStream().readAllBytes();
        keytool.waitFor();
        return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
    }

    /** A client's view of this server, if it trusts the certificates of {@code pem}. */
    ChatServer asSeenTrusting(String pem) {
        return new ChatServer(
                domain,
                port -> new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort()),
                ServerTrust.of(pem));
    }

    /** This server's own certificate. */
    String certificate() throws Exception {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(store.getCertificate("server").getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    /** What a client says first once TLS is on; fails if it goes away before. */
    CompletableFuture<String> insideTls() {
        return insideTls;
    }

    private void serve() {
        try (Socket plain = listener.accept()) {
            read(plain.getInputStream(), "<stream");
            write(plain, STREAM.formatted(domain, "<starttls xmlns='" + TLS + "'><required/></starttls>"));
            read(plain.getInputStream(), "<starttls");
            write(plain, "<proceed xmlns='" + TLS + "'/>");
            try (SSLSocket secure =
                    (SSLSocket) context().getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true)) {
                secure.setUseClientMode(false);
                insideTls.complete(read(secure.getInputStream(), "<stream"));
            }
        } catch (Exception e) {
            insideTls.completeExceptionally(e);
        }
    }

    private SSLContext context() throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads up to the end of an element's start tag. */
    private static String read(InputStream in, String start) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(start) < 0 || text.charAt(text.length() - 1) != '>') {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the client went away after '" + text + "'");
            }
            text.append((char) next);
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
