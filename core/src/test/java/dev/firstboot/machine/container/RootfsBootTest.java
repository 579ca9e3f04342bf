package dev.firstboot.machine.container;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.machine.Credential;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RootfsBootTest {
    private static final Path ARCHIVE = Path.of("/images/chat.tar");

    @ParameterizedTest
    @ValueSource(strings = {"", "Chat", "a b", "-a", "a-", "a.b", "a,b", "../x"})
    void name_thatIsNoLabel_isRefused(String name) {
        assertThatThrownBy(() -> RootfsBoot.builder(ARCHIVE).name(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + name + "'");
    }

    @Test
    void addCredential_sameNameTwice_isRefusedWithoutItsValue() {
        assertThatThrownBy(() -> RootfsBoot.builder(ARCHIVE)
                        .addCredential(Credential.of("a", "secret"))
                        .addCredential(Credential.of("a", "other")))
                .hasMessageContaining("credential a is set twice")
                .hasMessageNotContaining("secret");
    }
}
