package dev.firstboot.examples.chat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jivesoftware.smack.ConnectionConfiguration.SecurityMode;
import org.jivesoftware.smack.StanzaCollector;
import org.jivesoftware.smack.filter.StanzaIdFilter;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.SimpleIQ;
import org.jivesoftware.smack.packet.UnparsedIQ;
import org.jivesoftware.smack.tcp.XMPPTCPConnection;
import org.jivesoftware.smack.tcp.XMPPTCPConnectionConfiguration;
import org.jivesoftware.smackx.disco.ServiceDiscoveryManager;
import org.jivesoftware.smackx.disco.packet.DiscoverInfo;
import org.jivesoftware.smackx.mam.MamManager;
import org.jivesoftware.smackx.mam.MamManager.MamQueryArgs;
import org.jivesoftware.smackx.muc.MultiUserChat;
import org.jivesoftware.smackx.muc.MultiUserChatManager;
import org.jivesoftware.smackx.vcardtemp.VCardManager;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Resourcepart;

/** An account logged in to try what goes beyond messages: rooms, discovery, avatars. */
public final class RoomClient implements AutoCloseable {
    private static final long ANSWER = 30_000;

    private final String domain;
    private final XMPPTCPConnection connection;

    private RoomClient(String domain, XMPPTCPConnection connection) {
        this.domain = domain;
        this.connection = connection;
    }

    public static RoomClient login(ChatServer server, Credentials account) {
        return call(() -> {
            XMPPTCPConnection connection = new XMPPTCPConnection(XMPPTCPConnectionConfiguration.builder()
                    .setXmppDomain(server.domain())
                    .setHostAddress(server.endpoint(5222).getAddress())
                    .setPort(server.endpoint(5222).getPort())
                    .setSecurityMode(SecurityMode.required)
                    .setCustomX509TrustManager(server.trust().manager())
                    .setUsernameAndPassword(account.user(), account.password())
                    .build());
            connection.setReplyTimeout(ANSWER);
            connection.connect().login();
            return new RoomClient(server.domain(), connection);
        });
    }

    /** Makes a room and enters it. */
    void open(String room) {
        call(() -> room(room).createOrJoin(Resourcepart.from("host")));
    }

    /** Says something in a room it is in, and waits until the room has repeated it. */
    void say(String room, String text) {
        call(() -> {
            BlockingQueue<String> heard = new LinkedBlockingQueue<>();
            MultiUserChat chat = room(room);
            chat.addMessageListener(message -> {
                if (message.getBody() != null) {
                    heard.add(message.getBody());
                }
            });
            chat.sendMessage(text);
            String echo = heard.poll(ANSWER, TimeUnit.MILLISECONDS);
            if (!text.equals(echo)) {
                throw new ChatException("the room answers '" + echo + "' to '" + text + "'");
            }
            return echo;
        });
    }

    /** Enters a room and gives the first message of the history it is shown. */
    List<String> history(String room) {
        return call(() -> {
            BlockingQueue<String> heard = new LinkedBlockingQueue<>();
            MultiUserChat chat = room(room);
            chat.addMessageListener(message -> {
                if (message.getBody() != null) {
                    heard.add(message.getBody());
                }
            });
            chat.join(Resourcepart.from("guest"));
            return Stream.ofNullable(heard.poll(ANSWER, TimeUnit.MILLISECONDS)).toList();
        });
    }

    /** The last messages in a room's own archive. */
    List<String> archive(String room) {
        return call(() -> MamManager.getInstanceFor(room(room))
                .queryArchive(MamQueryArgs.builder()
                        .setResultPageSizeTo(20)
                        .queryLastPage()
                        .build())
                .getMessages()
                .stream()
                .map(Message::getBody)
                .toList());
    }

    /** What an entity says it can do. */
    List<String> features(String entity) {
        return call(() ->
                ServiceDiscoveryManager.getInstanceFor(connection)
                        .discoverInfo(JidCreate.from(entity))
                        .getFeatures()
                        .stream()
                        .map(DiscoverInfo.Feature::getVar)
                        .toList());
    }

    /** Kinds of services the server knows of outside of XMPP (XEP-0215). */
    public String services() {
        return call(() -> {
            IQ query = new SimpleIQ("services", "urn:xmpp:extdisco:2") {};
            query.setTo(JidCreate.domainBareFrom(domain));
            query.setType(IQ.Type.get);
            try (StanzaCollector collector =
                    connection.createStanzaCollectorAndSend(new StanzaIdFilter(query), query)) {
                IQ answer = collector.nextResultOrThrow(ANSWER);
                return answer instanceof UnparsedIQ unparsed
                        ? unparsed.getContent().toString()
                        : answer.toXML().toString();
            }
        });
    }

    /** Namespaces of what the stream offers after the login. */
    List<String> streamFeatures() {
        return Stream.of("urn:xmpp:sm:3", "urn:xmpp:csi:0", "urn:xmpp:features:rosterver")
                .filter(namespace ->
                        Stream.of("sm", "csi", "ver").anyMatch(element -> connection.hasFeature(element, namespace)))
                .toList();
    }

    /** Publishes an avatar the modern way (XEP-0084): first the picture, then what it is. */
    void publishAvatar(byte[] png) {
        String id = HexFormat.of().formatHex(sha1(png));
        publish(
                "urn:xmpp:avatar:data",
                id,
                "<data xmlns='urn:xmpp:avatar:data'>" + Base64.getEncoder().encodeToString(png) + "</data>");
        publish(
                "urn:xmpp:avatar:metadata",
                id,
                "<metadata xmlns='urn:xmpp:avatar:metadata'><info type='image/png' width='1' height='1' id='" + id
                        + "' bytes='" + png.length + "'/></metadata>");
    }

    private void publish(String node, String id, String payload) {
        call(() -> {
            IQ publish = new SimpleIQ("pubsub", "http://jabber.org/protocol/pubsub") {
                @Override
                protected IQChildElementXmlStringBuilder getIQChildElementBuilder(IQChildElementXmlStringBuilder xml) {
                    xml.rightAngleBracket();
                    xml.append("<publish node='" + node + "'><item id='" + id + "'>" + payload + "</item></publish>");
                    return xml;
                }
            };
            publish.setType(IQ.Type.set);
            return connection.sendIqRequestAndWaitForResponse(publish);
        });
    }

    private static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] avatarInVcard() {
        return call(() -> VCardManager.getInstanceFor(connection).loadVCard().getAvatar());
    }

    private MultiUserChat room(String name) throws Exception {
        return MultiUserChatManager.getInstanceFor(connection)
                .getMultiUserChat(JidCreate.entityBareFrom(name + "@conference." + domain));
    }

    @Override
    public void close() {
        connection.disconnect();
    }

    /** Something that talks to the server. */
    private interface Exchange<T> {
        T run() throws Exception;
    }

    private static <T> T call(Exchange<T> exchange) {
        try {
            return exchange.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChatException("interrupted", e);
        } catch (Exception e) {
            throw new ChatException("the server does not answer as it should", e);
        }
    }
}
