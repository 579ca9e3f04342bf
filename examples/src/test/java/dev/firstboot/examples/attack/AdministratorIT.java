package dev.firstboot.examples.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.examples.chat.ChatMachine;
import dev.firstboot.examples.chat.Credentials;
import dev.firstboot.image.Release;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A user who logs in with their own password and asks to be the administrator. */
@ParameterizedClass
@EnumSource(Release.class)
class AdministratorIT {
    @RegisterExtension
    static final SharedChat CHATS = new SharedChat();

    private static final String ADMIN = "admin@" + ChatMachine.DOMAIN;
    private static ChatMachine chat;
    private static Credentials user;

    @Parameter
    Release release;

    @BeforeParameterizedClassInvocation
    static void account(Release release) {
        chat = CHATS.on(release);
        user = chat.account("would-be-admin");
    }

    @Test
    void plain_foreignAuthorizationIdentity_isRefused() throws IOException {
        try (RawStream stream = RawStream.open(chat.server())) {
            assertThat(stream.plain(ADMIN, user)).startsWith("<failure");
        }
    }

    @Test
    void scram_foreignAuthorizationIdentity_isNotTheAdministrator() throws IOException {
        try (RawStream stream = RawStream.open(chat.server())) {
            // Neither release looks at the identity that is asked for.
            assertThat(stream.scram(ADMIN, user)).startsWith("<success");
            assertThat(stream.bind()).startsWith("would-be-admin@");
        }
    }

    @Test
    void login_mechanisms_doNotHandOverThePassword() throws IOException {
        try (RawStream stream = RawStream.open(chat.server())) {
            assertThat(stream.features()).contains(">SCRAM-SHA-1<").doesNotContain(">PLAIN<", ">X-OAUTH2<");
            assertThat(stream.plain("", user)).contains("<invalid-mechanism");
        }
    }
}
