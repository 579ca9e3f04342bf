package dev.firstboot.advisory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.internal.tool.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against dpkg itself. */
class DebianVersionIT {
    private static final int PAIRS = 4000;
    private static final String[] PARTS = {
        "0", "1", "2", "9", "10", "007", "00", "~", "~~", "+", ".", "-", "a", "b", "Z", "rc", "deb13u", "~bpo13+", "+b",
        "dfsg"
    };

    @Test
    void compareTo_ofRandomPairs_isWhatDpkgSays() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<String> pairs = new ArrayList<>();
        for (int pair = 0; pair < PAIRS; pair++) {
            String one = version(random);
            pairs.add(one);
            pairs.add(
                    switch (random.nextInt(3)) {
                        case 0 -> version(random);
                        case 1 -> padded(one);
                        default -> changed(one, random);
                    });
        }

        List<String> dpkg = Tool.of("sh", "dash")
                .run("-euc", """
                        while read -r a b; do
                          if dpkg --compare-versions "$a" lt "$b"; then echo -1
                          elif dpkg --compare-versions "$a" gt "$b"; then echo 1
                          else echo 0; fi
                        done
                        """)
                .stdin(lines(pairs))
                .text()
                .lines()
                .toList();

        List<String> ours = new ArrayList<>();
        for (int pair = 0; pair < PAIRS; pair++) {
            ours.add(Integer.toString(Integer.signum(
                    DebianVersion.of(pairs.get(2 * pair)).compareTo(DebianVersion.of(pairs.get(2 * pair + 1))))));
        }
        assertThat(dpkg).contains("-1", "0", "1").hasSize(PAIRS);
        for (int pair = 0; pair < PAIRS; pair++) {
            assertThat(ours.get(pair))
                    .as("%s and %s, seed %d", pairs.get(2 * pair), pairs.get(2 * pair + 1), seed)
                    .isEqualTo(dpkg.get(pair));
        }
    }

    private static String lines(List<String> pairs) {
        StringBuilder text = new StringBuilder();
        for (int pair = 0; pair < PAIRS; pair++) {
            text.append(pairs.get(2 * pair))
                    .append(' ')
                    .append(pairs.get(2 * pair + 1))
                    .append('\n');
        }
        return text.toString();
    }

    /** One that dpkg takes without a warning: it begins with a digit, and no part of it is empty. */
    private static String version(Random random) {
        StringBuilder text =
                new StringBuilder(random.nextInt(4) == 0 ? random.nextInt(3) + ":" : "").append(random.nextInt(10));
        for (int parts = random.nextInt(6); parts > 0; parts--) {
            text.append(PARTS[random.nextInt(PARTS.length)]);
        }
        return text.append(random.nextInt(3) == 0 ? "-" + random.nextInt(4) : "x")
                .toString();
    }

    /** The same in another spelling: zeros before a number count for nothing. */
    private static String padded(String version) {
        return version.replaceAll("(?<![0-9])(?=[0-9])", "0");
    }

    /** Much the same, so that what differs is found out at its end, too. */
    private static String changed(String version, Random random) {
        int at = version.indexOf(':') + 2 + random.nextInt(version.length() - version.indexOf(':') - 1);
        int cut = Math.min(at, version.length());
        return version.substring(0, cut) + PARTS[random.nextInt(PARTS.length)] + version.substring(cut) + "1";
    }
}
