package dev.firstboot.bake.firstboot;

import dev.firstboot.image.Probe;
import dev.firstboot.internal.tool.ShellWords;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Writes a probe as a script, which a person can also run on the machine: it exits with 0 if the service answers correctly, and otherwise says what
 * is wrong.
 */
final class ProbeScript {
    private static final String LIMIT = "timeout --kill-after=5 30";

    private ProbeScript() {}

    static String text(Probe probe) {
        if (probe instanceof Probe.Command command) {
            return "#!/bin/sh\nexec " + LIMIT + " " + words(command.argv()) + "\n";
        } else if (probe instanceof Probe.Tls tls) {
            return tls(tls);
        } else if (probe instanceof Probe.Http http) {
            return http(http);
        }
        throw new IllegalStateException("unknown kind of probe: " + probe);
    }

    private static String tls(Probe.Tls tls) {
        String name = tls.serverName().value();
        String startTls = tls.startTls() == Probe.StartTls.NONE
                ? ""
                : " -starttls " + tls.startTls().name().toLowerCase(Locale.ROOT).replace('_', '-') + " -name " + name;
        return "#!/bin/sh\n# Ends after the handshake, for want of anything to send.\nexec " + LIMIT
                + " openssl s_client -brief -connect 127.0.0.1:" + tls.port() + startTls + " -servername " + name
                + " \\\n  -verify_return_error -verify_hostname " + name + " -CAfile "
                + ShellWords.quote(tls.trust().value()) + " < /dev/null\n";
    }

    private static String http(Probe.Http http) {
        return "#!/bin/sh\n"
                + "status=$(" + LIMIT + " curl --disable --noproxy '*' --silent --show-error --output /dev/null \\\n"
                + "  --connect-to ::127.0.0.1: --cacert "
                + ShellWords.quote(http.trust().value())
                + " --write-out '%{http_code}' " + ShellWords.quote(http.url().toString()) + ") || exit\n"
                + "[ \"$status\" = " + http.status() + " ] || { echo \"answered $status, not " + http.status()
                + "\"; exit 1; }\n";
    }

    private static String words(List<String> argv) {
        return argv.stream().map(ShellWords::quote).collect(Collectors.joining(" "));
    }
}
