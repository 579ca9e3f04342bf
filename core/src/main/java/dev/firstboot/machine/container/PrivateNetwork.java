package dev.firstboot.machine.container;

import dev.firstboot.machine.MachineException;
import dev.firstboot.machine.life.Janitor;
import dev.firstboot.machine.life.WorkDirectory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A private network for containers of this host: they reach each other, also by name, and the host reaches them; there is no connection beyond. It is
 * a bridge in its own network namespace, so the host's firewall rules do not apply between them. Thread-safe.
 *
 * <p>A machine's name is set with {@link RootfsBoot.Builder#name}, is valid from its start until it is closed, and must be unique on the network. It
 * is in every machine's {@code /etc/hosts}, which a machine can edit but not replace.
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
     * Creates a network.
     *
     * @throws MachineException if the host does not allow it
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
     * Where a machine will run, and its janitor there.
     *
     * @param network the shared network, or an ordinary user's own one; null if root still has to create one
     */
    record Place(@Nullable PrivateNetwork network, Realm realm, Janitor janitor) {
        /** Returns its place on the network, which is created for the machine with this id if it has one of its own. */
        Seat seat(String id) {
            return (network == null ? build(id, janitor) : network).seat();
        }
    }

    /** Starts a janitor with these duties for a machine on this network, or on one of its own, which that janitor also cleans up. */
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

    /** Adds the parts of a network with this id. */
    static Janitor.Duties duties(Janitor.Duties duties, String id) {
        return duties.addNamespace(namespace(id)).addLink(link(id));
    }

    /** Returns a network of an ordinary user, which ends with a janitor for these duties. */
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

    /** Returns the name of a link; 15 bytes at most. */
    private static String link(String id) {
        return "fb" + id.substring(id.lastIndexOf('-') + 1);
    }

    /** Takes a subnet and checks whether somebody else took it at the same time: then both try another. */
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

    /** Returns the names of the machines on it. */
    NetworkNames names() {
        return names;
    }

    /** Returns a place for one more machine; nothing is created yet. */
    Seat seat() {
        int host = last.incrementAndGet();
        if (host > LAST) {
            throw new MachineException("network", subnet + " has no address left");
        }
        return new Seat(namespace(id), subnet, host);
    }

    /**
     * A machine's place on the bridge. Its veth pair is created at each start.
     *
     * @param namespace the namespace of the bridge, which is called {@value #BRIDGE} there
     * @param subnet the network
     * @param host the last part of the machine's address
     */
    record Seat(String namespace, Subnet subnet, int host) {
        /** The name that systemd-nspawn gives to the machine's end of the veth pair. */
        static final String INTERFACE = "host0";

        String address() {
            return subnet.address(host);
        }
    }

    /** Removes the network. Close the machines on it first; otherwise they lose it. Idempotent. */
    @Override
    public void close() {
        janitor.close();
    }

    @Override
    public String toString() {
        return "private network " + subnet;
    }
}
