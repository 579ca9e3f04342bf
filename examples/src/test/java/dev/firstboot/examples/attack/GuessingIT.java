package dev.firstboot.examples.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firstboot.examples.chat.ChatMachine;
import dev.firstboot.examples.chat.Console;
import dev.firstboot.examples.chat.Credentials;
import dev.firstboot.image.Release;
import dev.firstboot.image.Resources;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody tries passwords, on every way in, from addresses of their own; their neighbours want to log in meanwhile. */
@ParameterizedClass
@EnumSource(Release.class)
class GuessingIT {
    @RegisterExtension
    static final SharedChat CHATS = new SharedChat();

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCRIPT = "/run/guess.py";
    private static final int GUESSES = 500;
    private static final int OF_ACCOUNT = 10;
    private static final int OF_NETWORK = 120;

    private static ChatMachine chat;
    private static Credentials victim;
    private static Credentials neighbour;

    @Parameter
    Release release;

    @BeforeParameterizedClassInvocation
    static void accounts(Release release) {
        chat = CHATS.on(release);
        victim = chat.account("victim");
        neighbour = chat.account("neighbour");
        chat.machine()
                .runWithInput(Resources.text(GuessingIT.class, "guess.py"), "tee", SCRIPT)
                .check();
    }

    @ParameterizedTest
    @CsvSource({"5222, 127.1.0.1", "5223, 127.1.0.2", "websocket, 127.1.0.3", "bosh, 127.1.0.4"})
    void guesses_ofOnePassword_areFewAndHoldNobodyElseBack(String way, String address) throws IOException {
        List<String> source = List.of(address);

        Attack attack = attack(way, source, wrong(victim.user(), GUESSES), victim);

        System.out.println(release + ", " + way + ": " + attack);
        assertThat(attack.answered()).isLessThanOrEqualTo(OF_ACCOUNT * attack.minutes());
        assertThat(attack.again()).contains("refused");
        assertThat(attack(way, source, List.of(neighbour), null).outcomes()).containsExactly("right");
        assertThat(attack(way, List.of("127.2.0.1"), List.of(victim), null).outcomes())
                .containsExactly("right");
    }

    @Test
    void guesses_underManySpellingsOfAName_areGuessesOfOne() throws IOException {
        List<Credentials> guesses = new ArrayList<>();
        for (String name : List.of("victim", "Victim", "VICTIM", "vicTim")) {
            guesses.addAll(wrong(name, OF_ACCOUNT));
        }

        Attack attack = attack("5223", List.of("127.3.0.1"), guesses, null);

        assertThat(attack.answered()).isLessThanOrEqualTo(OF_ACCOUNT * attack.minutes());
    }

    @Test
    void guesses_ofOnePasswordForManyAccounts_areFewAndKnownNeighboursLogIn() throws IOException {
        List<String> source = List.of("127.4.0.1");
        assertThat(attack("5223", source, List.of(neighbour), null).outcomes()).containsExactly("right");

        Attack attack = attack(
                "5223",
                source,
                IntStream.range(0, GUESSES)
                        .mapToObj(i -> new Credentials("user" + i, "summer"))
                        .toList(),
                null);

        System.out.println(release + ", many accounts: " + attack);
        assertThat(attack.answered()).isLessThanOrEqualTo(OF_NETWORK * attack.minutes());
        assertThat(attack.outcomes()).contains("refused");
        assertThat(attack("5223", source, List.of(neighbour), null).outcomes()).containsExactly("right");
    }

    @ParameterizedTest
    @CsvSource({"5223, fd00:0:0:1, fd00:0:0:2", "websocket, fd00:0:0:3, fd00:0:0:4"})
    void guesses_fromManyAddressesOfOneIpv6Network_areThoseOfOne(String way, String network, String other)
            throws IOException {
        List<String> sources =
                IntStream.range(1, 40).mapToObj(i -> network + ":" + i + "::1").toList();
        String elsewhere = other + "::1";
        for (String address : sources) {
            chat.output("ip", "-6", "address", "replace", address + "/64", "dev", "lo", "nodad");
        }
        chat.output("ip", "-6", "address", "replace", elsewhere + "/64", "dev", "lo", "nodad");

        Attack attack = attack(way, sources, wrong(victim.user(), 3 * sources.size()), null);

        System.out.println(release + ", " + way + " from IPv6: " + attack);
        assertThat(attack.answered()).isLessThanOrEqualTo(OF_ACCOUNT * attack.minutes());
        assertThat(attack(way, List.of(elsewhere), List.of(victim), null).outcomes())
                .containsExactly("right");
    }

    @Test
    void guesses_atTheConsole_areFewAndTheAdministratorLogsIn() {
        Console console = chat.console();
        List<String> paths = release == Release.DEBIAN_12 ? List.of("/admin/") : List.of("/admin/", "/api/status");
        long begin = System.nanoTime();
        Map<String, Integer> statuses = new TreeMap<>();
        for (int i = 0; i < GUESSES / 5; i++) {
            // One run of curl for several requests: starting it takes longer than they do.
            String path = paths.get(i % paths.size());
            String url = "http://localhost:5281" + path;
            String answers = console.answer(new Credentials(victim.user(), "guess" + i), path, url, url, url, url);
            answers.lines()
                    .filter(line -> line.startsWith("HTTP/"))
                    .forEach(line -> statuses.merge(line.split(" ", 3)[1], 1, Integer::sum));
        }
        long seconds = (System.nanoTime() - begin) / 1_000_000_000;

        System.out.println(release + ", console: " + statuses + " in " + seconds + " s");
        assertThat(statuses.keySet()).containsExactlyInAnyOrder("401", "429");
        assertThat(statuses.get("401")).isLessThanOrEqualTo(62 + (int) seconds);
        assertThat(console.status(chat.admin(), "/admin/")).isEqualTo("200");
    }

    private static List<Credentials> wrong(String user, int count) {
        return Collections.nCopies(count, new Credentials(user, "wrong"));
    }

    /** @param again whose right password is tried once guesses are refused; none if null */
    private static Attack attack(String way, List<String> sources, List<Credentials> guesses, Credentials again)
            throws IOException {
        Map<String, Object> task = new TreeMap<>(Map.of(
                "way",
                way,
                "sources",
                sources,
                "guesses",
                guesses.stream().map(one -> List.of(one.user(), one.password())).toList()));
        if (again != null) {
            task.put("again", List.of(again.user(), again.password()));
        }
        String answer = chat.machine()
                .runWithInput(JSON.writeValueAsString(task), "python3", SCRIPT)
                .check()
                .output();
        JsonNode result = JSON.readTree(answer);
        List<String> outcomes = new ArrayList<>();
        result.path("outcomes").forEach(one -> outcomes.add(one.asText()));
        List<String> last = new ArrayList<>();
        result.path("again").forEach(one -> last.add(one.asText()));
        return new Attack(result.path("seconds").asDouble(), outcomes, last);
    }

    /**
     * What came of an attack.
     *
     * @param outcomes of each guess: right, wrong or refused
     * @param again of the right password, after guesses were refused
     */
    private record Attack(double seconds, List<String> outcomes, List<String> again) {
        long answered() {
            return outcomes.stream().filter(one -> !one.equals("refused")).count();
        }

        /** How many minutes of the clock it may have touched. */
        long minutes() {
            return (long) (seconds / 60) + 2;
        }

        @Override
        public String toString() {
            return String.format("%d of %d guesses answered in %.1f s", answered(), outcomes.size(), seconds);
        }
    }
}
