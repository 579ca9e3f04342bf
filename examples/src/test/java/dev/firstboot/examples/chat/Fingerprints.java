package dev.firstboot.examples.chat;

import dev.firstboot.machine.Machine;
import java.util.LinkedHashMap;
import java.util.Map;

/** What tells one machine from another, by digest, so that a test that fails tells no secret. */
final class Fingerprints {
    /** Prints a line for each thing that tells one machine from another, {@code digest  path}; what is not there yet has none. */
    private static final String SCRIPT = """
            cd /
            {
              find var/lib/firstboot/secrets var/lib/firstboot/ca var/lib/firstboot/tls -type f
              find etc/ejabberd -name .erlang.cookie
              echo etc/machine-id
            } 2>/dev/null | sort -u | while read -r file; do test -s "$file" && sha256sum "$file"; done
            for control in var/lib/postgresql/*/main/global/pg_control; do
              test -f "$control" && echo "$(od -A n -N 8 -t x8 "$control")  postgresql-system-identifier"
            done
            true
            """;

    private Fingerprints() {}

    /** Path to digest. */
    static Map<String, String> of(Machine machine) {
        Map<String, String> prints = new LinkedHashMap<>();
        machine.run("sh", "-c", SCRIPT).check().output().lines().forEach(line -> {
            int gap = line.lastIndexOf("  ");
            prints.put(line.substring(gap).strip(), line.substring(0, gap).strip());
        });
        return prints;
    }
}
