package dev.firstboot.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.machine.qemu.DiskBoot;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CredentialTest {
    @Test
    void of_nameWithASlash_isRefused() {
        assertThatThrownBy(() -> Credential.of("a/b", "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a/b");
    }

    @Test
    void toString_always_hidesTheValue() {
        Credential credential = Credential.of("token", "hunter2");
        assertThat(credential).hasToString("credential token");
        assertThat(DiskBoot.builder(Path.of("d"))
                        .addCredential(credential)
                        .build()
                        .toString())
                .contains("token")
                .doesNotContain("hunter2");
    }
}
