package dev.firstboot.machine.container;

import dev.firstboot.machine.MachineException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of the 512 networks of 254 addresses in 198.18.0.0/15.
 *
 * @param number 0 to 511
 */
record Subnet(int number) {
    static final String RANGE = "198.18.0.0/15";
    private static final int COUNT = 512;
    private static final Pattern ADDRESS = Pattern.compile("\\b198\\.(1[89])\\.(\\d{1,3})\\.\\d{1,3}");

    Subnet {
        if (number < 0 || number >= COUNT) {
            throw new IllegalArgumentException("subnet " + number);
        }
    }

    /** Returns any subnet that is not in these lines of {@code ip address} and {@code ip route}; at least one must be free. */
    static Subnet anyBut(String taken) {
        Set<Integer> numbers = new HashSet<>();
        Matcher matcher = ADDRESS.matcher(taken);
        while (matcher.find()) {
            numbers.add((Integer.parseInt(matcher.group(1)) - 18) * 256 + Integer.parseInt(matcher.group(2)));
        }
        if (numbers.size() >= COUNT) {
            throw new MachineException("network", "every network of " + RANGE + " is taken on this host");
        }
        int number = ThreadLocalRandom.current().nextInt(COUNT);
        while (numbers.contains(number)) {
            number = (number + 1) % COUNT;
        }
        return new Subnet(number);
    }

    /** Returns the address with this last byte. */
    String address(int host) {
        return "198." + (18 + number / 256) + "." + number % 256 + "." + host;
    }

    @Override
    public String toString() {
        return address(0) + "/24";
    }
}
