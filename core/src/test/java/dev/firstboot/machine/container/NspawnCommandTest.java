package dev.firstboot.machine.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.machine.Credential;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What ends up on the command line, which all the host's users can read. */
class NspawnCommandTest {
    @Test
    void arguments_credentials_areFilesOnTheCommandLine() {
        RootfsBoot spec = RootfsBoot.builder(Path.of("/images/chat.tar"))
                .name("chat")
                .addCredential(Credential.of("firstboot.chat.token", "hunter2"))
                .build();
        List<String> arguments = NspawnCommand.arguments(
                spec,
                "chat-1",
                new IdBlock(655_360_000),
                Path.of("/r"),
                Path.of("/m/net"),
                null,
                List.of(Path.of("/m/credential-0")));
        assertThat(arguments)
                .contains(
                        "--load-credential=firstboot.chat.token:/m/credential-0", "--hostname=chat", "--machine=chat-1")
                .contains("--private-users=655360000:65536", "--private-users-ownership=off", "--directory=/r")
                .noneMatch(argument -> argument.contains("hunter2"));
    }
}
