package dev.firstboot.workload.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.image.Unit;
import org.junit.jupiter.api.Test;

class SandboxTest {
    private static String text(Sandbox sandbox) {
        return sandbox.around(Unit.named("chat.service").set("Service", "ExecStart", "/bin/true"))
                .text();
    }

    @Test
    void strict_alone_leavesNothingToHave() {
        assertThat(text(Sandbox.strict()).lines())
                .startsWith("[Service]", "ExecStart=/bin/true", "NoNewPrivileges=yes")
                .contains("CapabilityBoundingSet=", "RestrictAddressFamilies=none", "ProtectSystem=strict")
                .contains("SystemCallFilter=@system-service", "ReadOnlyPaths=/run /var")
                .noneMatch(line -> line.startsWith("ReadWritePaths"));
    }

    @Test
    void strict_withNeeds_saysEachOnce() {
        Sandbox sandbox = Sandbox.strict()
                .capabilities("CAP_KILL", "CAP_CHOWN")
                .sockets("AF_INET", "AF_UNIX")
                .withoutCalls("@resources")
                .withoutNewCode()
                .writes("/var", "/srv/b")
                .hides("/root/c");
        assertThat(text(sandbox).lines())
                .contains(
                        "CapabilityBoundingSet=CAP_KILL CAP_CHOWN",
                        "RestrictAddressFamilies=AF_INET AF_UNIX",
                        "SystemCallFilter=~@resources",
                        "MemoryDenyWriteExecute=yes",
                        "ReadOnlyPaths=/run",
                        "ReadWritePaths=-/var -/srv/b",
                        "InaccessiblePaths=-/root/c")
                .doesNotContain("CapabilityBoundingSet=", "RestrictAddressFamilies=none");
    }
}
