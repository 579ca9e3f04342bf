package dev.firstboot.examples.chat;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.XMPPException;
import org.jivesoftware.smack.chat2.ChatManager;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jivesoftware.smackx.httpfileupload.HttpFileUploadManager;
import org.jivesoftware.smackx.httpfileupload.element.Slot;
import org.jivesoftware.smackx.mam.MamManager;
import org.jivesoftware.smackx.mam.MamManager.MamQueryArgs;
import org.jxmpp.jid.impl.JidCreate;

/**
 * One account logged in with Smack over STARTTLS, which is required; the certificate is verified for the server's name. Not thread-safe.
 */
public final class ChatClient implements AutoCloseable {
    /** Smack logs what it throws. Held here, since a logger that nobody holds forgets its level. */
    private static final Logger SMACK = Logger.getLogger("org.jivesoftware.smack");

    private static final Duration ANSWER = Duration.ofSeconds(30);

    static {
        SMACK.setLevel(Level.OFF);
    }

    private final String user;
    private final String domain;
    private final XMPPTCPConnection connection;
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    private ChatClient(String user, String domain, XMPPTCPConnection connection) {
        this.user = user;
        this.domain = domain;
        this.connection = connection;
    }

    /**
     * Connects and logs in.
     *
     * @throws ChatException if the server cannot be reached, its certificate is not good, or it refuses the account
     */
    public static ChatClient login(ChatServer server, Credentials account) {
        return call(account.user() + " cannot log in", () -> {
            XMPPTCPConnection connection = new XMPPTCPConnection(XMPPTCPConnectionConfiguration.builder()
                    .setXmppDomain(server.domain())
                    .setHostAddress(server.endpoint(5222).getAddress())
                    .setPort(server.endpoint(5222).getPort())
                    .setSecurityMode(SecurityMode.required)
                    .setCustomX509TrustManager(server.trust().manager())
                    .setUsernameAndPassword(account.user(), account.password())
                    .setResource("quickstart")
                    .build());
            connection.setReplyTimeout(ANSWER.toMillis());
            ChatClient client = new ChatClient(account.user(), server.domain(), connection);
            ChatManager.getInstanceFor(connection)
                    .addIncomingListener((from, message, chat) -> client.received.add(message.getBody()));
            try {
                connection.connect().login();
                return client;
            } catch (SmackException | XMPPException | IOException e) {
                connection.disconnect();
                throw e;
            }
        });
    }

    /** The account's name without the domain. */
    public String user() {
        return user;
    }

    /** Sends a message to another account: of this server by its name, of any by its address. */
    public void send(String to, String text) {
        call(user + " cannot send a message", () -> {
            ChatManager.getInstanceFor(connection)
                    .chatWith(JidCreate.entityBareFrom(to.contains("@") ? to : to + "@" + domain))
                    .send(text);
            return text;
        });
    }

    /** Waits for the next message. */
    public String receive() {
        return call(user + " receives nothing", () -> {
            String text = received.poll(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            if (text == null) {
                throw new ChatException("no message for " + user + " within " + ANSWER.toSeconds() + " s");
            }
            return text;
        });
    }

    /** The latest messages exchanged with another account, oldest first, from the server's archive (XEP-0313). */
    public List<String> archive(String with) {
        return call(user + " cannot read the archive", () -> {
            MamQueryArgs query = MamQueryArgs.builder()
                    .limitResultsToJid(JidCreate.entityBareFrom(with + "@" + domain))
                    .setResultPageSizeTo(20)
                    .queryLastPage()
                    .build();
            return MamManager.getInstanceFor(connection).queryArchive(query).getMessages().stream()
                    .map(Message::getBody)
                    .toList();
        });
    }

    /** Asks for a place to upload a file to (XEP-0363). */
    public UploadSlot requestUpload(String fileName, int bytes) {
        return call(user + " gets no place for a file", () -> {
            HttpFileUploadManager uploads = HttpFileUploadManager.getInstanceFor(connection);
            uploads.discoverUploadService();
            Slot slot = uploads.requestSlot(fileName, bytes, "application/octet-stream");
            return new UploadSlot(slot.getPutUrl().toURI(), slot.getGetUrl().toURI());
        });
    }

    /**
     * Where a file goes and where it can be had from.
     *
     * @param put where to PUT it
     * @param get where to GET it
     */
    public record UploadSlot(URI put, URI get) {}

    /** Logs out. */
    @Override
    public void close() {
        connection.disconnect();
    }

    /** Something that talks to the server. */
    private interface Exchange<T> {
        T run() throws Exception;
    }

    @SuppressWarnings("InterruptedExceptionSwallowed") // the thread stays interrupted
    private static <T> T call(String problem, Exchange<T> exchange) {
        try {
            return exchange.run();
        } catch (ChatException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChatException(problem, e);
        } catch (Exception e) {
            throw new ChatException(problem, e);
        }
    }
}
