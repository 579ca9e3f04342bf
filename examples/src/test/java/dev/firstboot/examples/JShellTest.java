package dev.firstboot.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The script that the README shows, up to where it would bake. */
class JShellTest {
    @Test
    void script_upToThePlan_printsIt() {
        try (Shell shell = new Shell()) {
            for (String line : Snippets.lines(Snippets.SCRIPT)) {
                if (line.contains("Bakery")) {
                    break;
                }
                shell.type(line);
            }

            assertThat(shell.type("chat")).contains("chat", "xmpp");
            assertThat(shell.type("plan.toString()")).contains("Plan for chat", "rootfs", "modules", "disk");
        }
    }
}
