package dev.firstboot.machine.container;

import dev.firstboot.machine.MachineException;
import dev.firstboot.machine.life.Janitor;
import dev.firstboot.machine.life.WorkDirectory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A network of this host's containers only: they reach each other, also by their names, and are reached from the host, and nothing beyond. It is a bridge in
 * a network namespace of its own, so that the host's firewall rules do not come between them. Thread-safe.
 *
 * <p>A machine's name is that of {@link RootfsBoot.Builder#name}, from its start until it is closed, and no two on a network have the same; it stands in the {@code /etc/hosts} of all, which their
 * images can change there but not replace.
 *
 * <p>Addresses come from 198.18.0.0/15, which RFC 2544 sets aside for tests on private networks.
 */
public final class PrivateNetwork implements AutoCloseable {
    static final String BRIDGE = "bridge";
    private static final int TRIES = 20;
    private static final int HOST = 1;
    private static final int LAST = 254;

    private final String id;
    private final Subnet subnet;
    private final Janitor janitor;
    private final Realm realm;
    private final AtomicInteger last = new AtomicInteger(HOST);
    private final NetworkNames names = new NetworkNames();

    private PrivateNetwork(String id, Subnet subnet, Janitor janitor, Realm realm) {
        this.id = id;
        this.subnet = subnet;
        this.janitor = janitor;
        this.realm = realm;
    }

    /**
     * Makes a network.
     *
     * @throws MachineException when the host does not let it
     */
    public static PrivateNetwork create() {
        Realm realm = Realm.require("a private network");
        if (!realm.isHost()) {
            return keptByAJanitor("network", realm, new Janitor.Duties("network"));
        }
        String id = WorkDirectory.id("network");
        Janitor janitor = duties(new Janitor.Duties("network"), id).begin();
        try {
            return build(id, janitor);
        } catch (RuntimeException e) {
            janitor.close();
            throw e;
        }
    }

    /**
     * Where a machine is going to be, and the janitor that it has there.
     *
     * @param network the network that it shares with others, or an ordinary user's of its own; null where root still has to make one
     */
    record Place(@Nullable PrivateNetwork network, Realm realm, Janitor janitor) {
        /** Its place on the network, which is made for the machine with this id if it is to have one of its own. */
        Seat seat(String id) {
            return (network == null ? build(id, janitor) : network).seat();
        }
    }

    /** Hires a janitor with these duties for a machine on this network, or on one of its own, which is that janitor's to look after too. */
    static Place place(@Nullable PrivateNetwork shared, Realm outside, String id, Janitor.Duties duties) {
        if (shared != null) {
            return new Place(shared, shared.realm, shared.realm.with(duties).begin());
        }
        if (outside.isHost()) {
            return new Place(null, outside, duties(duties, id).begin());
        }
        PrivateNetwork own = keptByAJanitor(id, outside, duties);
        return new Place(own, own.realm, own.janitor);
    }

    /** Adds what a network with this id consists of. */
    static Janitor.Duties duties(Janitor.Duties duties, String id) {
        return duties.addNamespace(namespace(id)).addLink(link(id));
    }

    /** A network of an ordinary user's, with a janitor for these duties, whose end is also that of the network. */
    private static PrivateNetwork keptByAJanitor(String owner, Realm realm, Janitor.Duties duties) {
        Subnet subnet = Subnet.anyBut("");
        Janitor janitor = realm.withNetwork(owner, subnet.address(HOST) + "/24")
                .with(duties)
                .begin();
        return new PrivateNetwork(owner, subnet, janitor, realm.keptBy(owner, janitor.pid()));
    }

    private static PrivateNetwork build(String id, Janitor janitor) {
        String namespace = namespace(id);
        String link = link(id);
        Ip.run("netns", "add", namespace);
        Ip.run("link", "add", link, "type", "veth", "peer", "name", "uplink", "netns", namespace);
        Ip.run("-n", namespace, "link", "add", BRIDGE, "type", "bridge");
        Ip.run("-n", namespace, "link", "set", "uplink", "master", BRIDGE, "up");
        Ip.run("-n", namespace, "link", "set", BRIDGE, "up");
        Ip.run("link", "set", link, "up");
        return new PrivateNetwork(id, claim(link), janitor, Realm.HOST);
    }

    private static String namespace(String id) {
        return "firstboot-" + id;
    }

    /** Names of links have 15 bytes at most. */
    private static String link(String id) {
        return "fb" + id.substring(id.lastIndexOf('-') + 1);
    }

    /** Takes a subnet and looks whether somebody else took it at the same time: then both take another. */
    private static Subnet claim(String link) {
        for (int i = 0; i < TRIES; i++) {
            Subnet subnet = Subnet.anyBut(Ip.text("-4", "-oneline", "address") + Ip.text("-4", "route"));
            String address = subnet.address(HOST) + "/24";
            Ip.run("address", "add", address, "dev", link);
            long owners = Ip.text("-4", "-oneline", "address")
                    .lines()
                    .filter(line -> line.contains(" " + address + " "))
                    .count();
            if (owners == 1) {
                return subnet;
            }
            Ip.run("address", "delete", address, "dev", link);
        }
        throw new MachineException("network", "found no free network in " + Subnet.RANGE);
    }

    /** The names of the machines on it. */
    NetworkNames names() {
        return names;
    }

    /** A place for one more machine; nothing is made yet. */
    Seat seat() {
        int host = last.incrementAndGet();
        if (host > LAST) {
            throw new MachineException("network", subnet + " has no address left");
        }
        return new Seat(namespace(id), subnet, host);
    }

    /**
     * A machine's place on the bridge. Its cable is laid at each of its starts.
     *
     * @param namespace that of the bridge, which is called {@value #BRIDGE} there
     * @param subnet the network
     * @param host the last part of the machine's address
     */
    record Seat(String namespace, Subnet subnet, int host) {
        /** What systemd-nspawn calls the machine's end of the cable. */
        static final String INTERFACE = "host0";

        String address() {
            return subnet.address(host);
        }
    }

    /** Removes the network. Close the machines on it first: they lose it otherwise. Does nothing the second time. */
    @Override
    public void close() {
        janitor.close();
    }

    @Override
    public String toString() {
        return "private network " + subnet;
    }
}
