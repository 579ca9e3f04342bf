package dev.firstboot.examples.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.examples.chat.ChatMachine;
import dev.firstboot.image.Release;
import dev.firstboot.machine.CommandResult;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody runs commands of his own as a service: inside ejabberd by Erlang, inside PostgreSQL by COPY TO PROGRAM, in NGINX's place by its namespace. */
class SandboxIT {
    @RegisterExtension
    static final SharedChat CHAT = new SharedChat();

    private static final Pattern EXPOSURE = Pattern.compile("Overall exposure level for \\S+: ([0-9.]+)");
    private static final double MOST = 4.0;

    /** A program that makes whoever runs it root, as there is always one more of. */
    private static final String SETUID = "/usr/local/bin/attack-id";

    /** Commands that succeed if the attack does. */
    private static final Map<String, String> ATTACKS = new TreeMap<>(Map.of(
            "become root through a setuid program", "test \"$(" + SETUID + " -u)\" = 0",
            "leave a setuid program behind", "cp /usr/bin/id attack-id && chmod u+s attack-id",
            "see other users' processes", "test -e /proc/1/cmdline",
            "become root of a namespace", "unshare --user --map-root-user true",
            "reach the kernel through a socket of another family",
                    "python3 -c \"import socket; socket.socket(socket.AF_ALG, socket.SOCK_SEQPACKET)\"",
            "trace its own child",
                    "python3 -c \"import ctypes, sys; sys.exit(ctypes.CDLL(None).ptrace(0, 0, 0, 0) != 0)\"",
            "write where everybody may", "touch /run/lock/attack",
            "write programs", "touch /usr/local/bin/attack",
            "write configuration", "touch /etc/attack",
            "load a module", "modprobe dummy"));

    private static ChatMachine on(Release release) {
        return CHAT.on(release);
    }

    /** @param attack runs a script of a shell and gives all that came of it */
    private static void noneSucceeds(ChatMachine chat, UnaryOperator<String> attack) {
        chat.shell("install -m 4755 /usr/bin/id " + SETUID);
        try {
            assertThat(status(attack, "true")).contains("status 0");
            assertThat(status(attack, "false")).contains("status 1");
            List<String> successes = ATTACKS.entrySet().stream()
                    .filter(one -> status(attack, one.getValue()).contains("status 0"))
                    .map(Map.Entry::getKey)
                    .toList();
            assertThat(successes).isEmpty();
        } finally {
            chat.shell("rm -f " + SETUID + " /run/lock/attack");
            chat.shell("find /var/lib/ejabberd /var/lib/postgresql -name attack-id -delete");
        }
    }

    private static String status(UnaryOperator<String> attack, String command) {
        return attack.apply("(" + command + ") >/dev/null 2>&1; echo status $?");
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void exposure_ofServicesThatStrangersReach_isAtMostFour(Release release) {
        ChatMachine chat = on(release);
        Map<String, Double> exposures = new TreeMap<>();
        for (String unit : List.of(
                "ejabberd.service",
                "nginx.service",
                "postgresql@" + (release == Release.DEBIAN_12 ? 15 : 17) + "-main.service",
                "certbot.service",
                "tls-acme-chat.example.com.service",
                "tls-renew.service",
                "xmpp-address.service",
                "xmpp-guesses.service")) {
            String analysis = chat.output("systemd-analyze", "security", "--no-pager", unit);
            Matcher exposure = EXPOSURE.matcher(analysis);
            assertThat(exposure.find()).as(analysis).isTrue();
            exposures.put(unit, Double.valueOf(exposure.group(1)));
        }
        System.out.println("exposure on " + release + ": " + exposures);
        assertThat(exposures.values()).allSatisfy(value -> assertThat(value).isLessThanOrEqualTo(MOST));
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void commands_insideEjabberd_reachNothingElse(Release release) {
        ChatMachine chat = on(release);
        noneSucceeds(chat, script -> Erlang.ask(chat, "os:cmd(\"" + script.replace("\"", "\\\"") + "\")"));
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void commands_insidePostgresql_reachNothingElse(Release release) {
        ChatMachine chat = on(release);
        noneSucceeds(chat, script -> {
            String sql = "CREATE TEMP TABLE said (line text); COPY said FROM PROGRAM '" + script.replace("'", "''")
                    + "'; SELECT line FROM said;";
            CommandResult result = chat.machine().runWithInput(sql, "runuser", "-u", "postgres", "--", "psql", "-XAtq");
            return result.output() + result.errors();
        });
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void nginx_masterAndWorkers_areConfined(Release release) {
        ChatMachine chat = on(release);
        String all = chat.shell(
                "for pid in $(pgrep -x nginx); do grep -E '^(NoNewPrivs|Seccomp|CapBnd):' /proc/$pid/status; done");
        assertThat(all.lines().map(line -> line.replaceAll("\\s+", " ")).distinct())
                .contains("NoNewPrivs: 1", "Seccomp: 2")
                .doesNotContain("NoNewPrivs: 0", "Seccomp: 0")
                .as("CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_KILL, CAP_SETGID, CAP_SETUID, CAP_NET_BIND_SERVICE")
                .contains("CapBnd: 00000000000004e3");
        String inside = "nsenter --mount --target $(cat /run/nginx/nginx.pid) ";
        assertThat(chat.shell(inside + "cat /etc/hostname")).isNotBlank();
        assertThat(chat.shell(inside + "ls -A /var/lib")).isEqualTo("firstboot\nnginx\n");
        for (String secret : List.of("/var/lib/firstboot/secrets", "/var/lib/firstboot/ca")) {
            assertThat(chat.shell(inside + "ls -A " + secret)).as(secret).isEmpty();
        }
        assertThat(chat.shell(inside + "find /var/lib/firstboot -type f -name '*.key' -o -name '*.ini'"))
                .isEmpty();
        assertThat(chat.fails("sh", "-c", inside + "systemd-run true")).isTrue();
        for (String place :
                List.of("/usr", "/etc", "/var/lib/firstboot/tls", "/var/www", "/run", "/run/systemd/system")) {
            assertThat(chat.fails("sh", "-c", inside + "touch " + place + "/attack"))
                    .as(place)
                    .isTrue();
        }
    }
}
