package dev.firstboot.examples.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.firstboot.examples.chat.ChatServer;
import dev.firstboot.examples.chat.Credentials;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** An XMPP stream over TLS whose client says whatever it likes: what no well-meaning library lets one say. Not thread-safe. */
final class RawStream implements AutoCloseable {
    static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final String domain;
    private final Socket socket;
    private final StringBuilder unread = new StringBuilder();
    private String features = "";

    private RawStream(String domain, Socket socket) {
        this.domain = domain;
        this.socket = socket;
    }

    /** Connects to port 5223 and opens a stream. */
    static RawStream open(ChatServer server) throws IOException {
        Socket socket = RawTls.connect(server, 5223, LIMIT);
        RawStream stream = new RawStream(server.domain(), socket);
        stream.restart();
        return stream;
    }

    /** Logs in with SCRAM and binds a resource. */
    static RawStream login(ChatServer server, Credentials account) throws IOException {
        RawStream stream = open(server);
        String outcome = stream.scram("", account);
        if (!outcome.startsWith("<success")) {
            throw new IOException(account + " cannot log in: " + outcome);
        }
        stream.bind();
        return stream;
    }

    /** What the server offers on the stream that is open. */
    String features() {
        return features;
    }

    /** Opens a new stream, as is due after a login. */
    private void restart() throws IOException {
        send("<?xml version='1.0'?><stream:stream to='" + domain + "' version='1.0' xml:lang='en'"
                + " xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>");
        features = until("<stream:features>.*?</stream:features>");
    }

    void send(String xml) throws IOException {
        socket.getOutputStream().write(xml.getBytes(UTF_8));
        socket.getOutputStream().flush();
    }

    /** Reads up to the first match. */
    String until(String pattern) throws IOException {
        Pattern wanted = Pattern.compile(pattern, Pattern.DOTALL);
        byte[] buffer = new byte[16_384];
        while (true) {
            Matcher matcher = wanted.matcher(unread);
            if (matcher.find()) {
                String found = matcher.group();
                unread.delete(0, matcher.end());
                return found;
            }
            int read = socket.getInputStream().read(buffer);
            if (read < 0) {
                throw new IOException("the server closed the stream: " + unread);
            }
            unread.append(new String(buffer, 0, read, UTF_8));
        }
    }

    /** Sends a request and gives the answer, whether a result or an error. */
    String ask(String type, String to, String content) throws IOException {
        String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        String address = to.isEmpty() ? "" : " to='" + to + "'";
        send("<iq type='" + type + "' id='" + id + "'" + address + ">" + content + "</iq>");
        return until("<iq(?=[^>]*id='" + id + "')[^>]*(?:/>|>.*?</iq>)");
    }

    /** Binds a resource and gives the address that the server binds. */
    String bind() throws IOException {
        restart();
        String answer = ask("set", "", "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>");
        Matcher address = Pattern.compile("<jid>(.*?)</jid>").matcher(answer);
        return address.find() ? address.group(1) : answer;
    }

    /** Tries SASL PLAIN (RFC 4616) and gives the server's verdict. */
    String plain(String authorization, Credentials account) throws IOException {
        return attempt("PLAIN", authorization + "\0" + account.user() + "\0" + account.password());
    }

    /** Tries SASL SCRAM-SHA-1 (RFC 5802) in the name of {@code authorization}, or of the account itself where that is empty, and gives the verdict. */
    String scram(String authorization, Credentials account) throws IOException {
        String header = authorization.isEmpty() ? "n,," : "n,a=" + authorization + ",";
        String first = "n=" + account.user() + ",r="
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        String answer = attempt("SCRAM-SHA-1", header + first);
        Matcher challenge = Pattern.compile("<challenge[^>]*>(.*?)</challenge>").matcher(answer);
        if (!challenge.find()) {
            return answer;
        }
        String serverFirst = new String(Base64.getDecoder().decode(challenge.group(1)), UTF_8);
        String[] parts = serverFirst.split(",", -1);
        String last = "c=" + base64(header) + "," + parts[0];
        byte[] proof = proof(
                account.password(),
                Base64.getDecoder().decode(parts[1].substring(2)),
                Integer.parseInt(parts[2].substring(2)),
                first + "," + serverFirst + "," + last);
        String response = last + ",p=" + Base64.getEncoder().encodeToString(proof);
        send("<response xmlns='" + SASL + "'>" + base64(response) + "</response>");
        return verdict();
    }

    private String attempt(String mechanism, String initial) throws IOException {
        send("<auth xmlns='" + SASL + "' mechanism='" + mechanism + "'>" + base64(initial) + "</auth>");
        return verdict();
    }

    private String verdict() throws IOException {
        return until("<success[^>]*/>|<(success|failure|challenge)[ >].*?</(success|failure|challenge)>");
    }

    private static byte[] proof(String password, byte[] salt, int iterations, String message) {
        try {
            byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA1")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, 160))
                    .getEncoded();
            byte[] proof = hmac(salted, "Client Key");
            byte[] signature = hmac(MessageDigest.getInstance("SHA-1").digest(proof), message);
            for (int i = 0; i < proof.length; i++) {
                proof[i] ^= signature[i];
            }
            return proof;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(key, "HmacSHA1"));
        return mac.doFinal(text.getBytes(UTF_8));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
