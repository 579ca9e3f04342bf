package dev.firstboot.machine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommandResultTest {
    private static CommandResult result(int exitCode, String errors) {
        return new CommandResult("web", Command.of("ls", "/srv"), exitCode, new byte[0], errors.getBytes(UTF_8));
    }

    @Test
    void toString_ofAFailure_showsItsFirstWords() {
        assertThat(result(2, "\nls: cannot access '/srv'\nand more\n"))
                .hasToString("'ls /srv' exited with 2: ls: cannot access '/srv'");
        assertThat(result(1, "")).hasToString("'ls /srv' exited with 1");
        assertThat(result(0, "a warning\n")).hasToString("'ls /srv' exited with 0");
    }
}
