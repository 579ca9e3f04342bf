package dev.firstboot.machine.container;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.firstboot.machine.MachineException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The names of a network's machines, which each of them has in its {@code /etc/hosts} (hosts(5)). That is a file of this host, bind-mounted into the
 * machine, so that all machines learn of later ones at once. What a machine itself writes there stays. Thread-safe.
 */
final class NetworkNames {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkNames.class);
    private static final String BEGIN = "# The machines on this network, by Firstboot:\n";
    private static final String END = "# End of the machines on this network.\n";
    /** A file larger than this, because a machine wrote to it, is left unchanged. */
    private static final int LARGEST = 1 << 20;

    private final Map<Path, Member> members = new LinkedHashMap<>();

    private record Member(String name, String address) {}

    /** Adds {@code hosts} to the files with all names, and adds this machine to it and all others. */
    synchronized void join(Path hosts, String name, String address) throws IOException {
        if (members.entrySet().stream()
                .anyMatch(other ->
                        !other.getKey().equals(hosts) && other.getValue().name().equalsIgnoreCase(name))) {
            throw new MachineException(
                    name,
                    "another machine on its network has that name, and each is found by its own: give it"
                            + " another one with RootfsBoot.Builder.name(...)");
        }
        members.put(hosts, new Member(name, address));
        write(hosts);
        tellAllBut(hosts);
    }

    /** Removes a machine that is gone for good. */
    synchronized void leave(Path hosts) {
        if (members.remove(hosts) != null) {
            tellAllBut(hosts);
        }
    }

    private void tellAllBut(Path one) {
        for (Path hosts : members.keySet()) {
            try {
                if (!hosts.equals(one)) {
                    write(hosts);
                }
            } catch (IOException e) {
                LOG.debug("{} is not told of a change: {}", hosts, e.toString());
            }
        }
    }

    /** Writes in place, because the file is bind-mounted: a reader sees the new names first, then the end of the file. */
    private void write(Path hosts) throws IOException {
        byte[] now;
        try (InputStream in = Files.newInputStream(hosts, LinkOption.NOFOLLOW_LINKS)) {
            now = in.readNBytes(LARGEST + 1);
        }
        if (now.length > LARGEST) {
            LOG.debug("{} has grown too large to be read: it keeps the names it has", hosts);
            return;
        }
        byte[] text = with(new String(now, ISO_8859_1), members()).getBytes(ISO_8859_1);
        try (FileChannel channel =
                FileChannel.open(hosts, Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
            ByteBuffer buffer = ByteBuffer.wrap(text);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.truncate(text.length);
        }
    }

    private String members() {
        return members.values().stream()
                .map(member -> member.address() + " " + member.name() + "\n")
                .collect(Collectors.joining());
    }

    /** Returns the file's text with these lines instead of its previous lines for machines. */
    static String with(String text, String lines) {
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END, Math.max(begin, 0));
        String rest = begin >= 0 && end >= 0 ? text.substring(0, begin) + text.substring(end + END.length()) : text;
        return rest + (rest.isEmpty() || rest.endsWith("\n") ? "" : "\n") + BEGIN + lines + END;
    }
}
