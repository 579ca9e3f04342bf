package dev.firstboot.examples.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.examples.chat.ChatClient;
import dev.firstboot.examples.chat.ChatMachine;
import dev.firstboot.examples.chat.ChatServer;
import dev.firstboot.image.Release;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A user uploads a file with a script, for an administrator to open. */
@ParameterizedClass
@EnumSource(Release.class)
class UploadOriginIT {
    @RegisterExtension
    static final SharedChat CHATS = new SharedChat();

    private static final String UPLOADS = "upload." + ChatMachine.DOMAIN;
    private static final String SCRIPT = "<script>fetch('/admin/')</script>";

    private static ChatServer server;
    private static ChatClient user;

    @Parameter
    Release release;

    @BeforeParameterizedClassInvocation
    static void login(Release release) {
        ChatMachine chat = CHATS.on(release);
        server = chat.server();
        user = ChatClient.login(server, chat.account("sharer"));
    }

    @Test
    void file_thatCanHoldAScript_isForSavingAndRunsNothing() throws IOException {
        for (String name :
                List.of("a.svg", "a.SVG", "a.html", "a.xml", "a.pdf", "a.xhtml", "a.js", "a", "a.webp.svg")) {
            RawHttp file = RawHttp.as(server, UPLOADS, "GET", uploaded(name).getRawPath());

            assertThat(file.status()).as(name).isEqualTo(200);
            assertThat(file.body()).as(name).contains(SCRIPT);
            assertThat(file.header("Content-Disposition")).as(name).containsExactly("attachment");
            isHarmless(file);
        }
    }

    @Test
    void file_thatIsOnlyToLookAt_isShown() throws IOException {
        for (String name : List.of("a.jpeg", "a.jpg", "a.png", "a.gif", "a.webp", "a.mp4", "a.mp3", "a.txt")) {
            RawHttp file = RawHttp.as(server, UPLOADS, "GET", uploaded(name).getRawPath());

            assertThat(file.header("Content-Disposition")).as(name).containsExactly("inline");
            isHarmless(file);
        }
    }

    @Test
    void file_underAnotherName_isNotThere() throws IOException {
        URI file = uploaded("b.svg");

        assertThat(file.getHost()).isEqualTo(UPLOADS);
        assertThat(RawHttp.as(server, UPLOADS, "GET", file.getRawPath()).status())
                .isEqualTo(200);
        assertThat(RawHttp.as(server, ChatMachine.DOMAIN, "GET", file.getRawPath())
                        .status())
                .isEqualTo(404);
        assertThat(RawHttp.as(server, "conference." + ChatMachine.DOMAIN, "GET", file.getRawPath())
                        .status())
                .isEqualTo(421);
        assertThat(CHATS.on(release).console().status(file.getRawPath())).isEqualTo("404");
    }

    @Test
    void uploads_otherPaths_leadNowhere() throws IOException {
        for (String path : List.of("/ws", "/bosh", "/.well-known/host-meta", "/", "/upload/../ws")) {
            assertThat(RawHttp.as(server, UPLOADS, "GET", path).status())
                    .as(path)
                    .isEqualTo(404);
        }
    }

    @Test
    void errors_each_canBeReadByAnotherSite() throws IOException {
        RawHttp tooLarge = RawHttp.as(server, UPLOADS, "PUT", "/upload/a/b/c.bin", "Content-Length: 209715200");
        RawHttp withoutSlot = RawHttp.as(server, UPLOADS, "PUT", "/upload/a/b/c.bin", List.of(), "text");
        RawHttp missing = RawHttp.as(server, UPLOADS, "GET", "/upload/a/b/c.bin");
        RawHttp nowhere = RawHttp.as(server, UPLOADS, "GET", "/elsewhere");

        assertThat(tooLarge.status()).isEqualTo(413);
        assertThat(withoutSlot.status()).isEqualTo(403);
        assertThat(missing.status()).isEqualTo(404);
        assertThat(nowhere.status()).isEqualTo(404);
        for (RawHttp error : List.of(tooLarge, withoutSlot, missing, nowhere)) {
            isHarmless(error);
        }
    }

    @Test
    void preflight_ofAnotherSite_isGranted() throws IOException {
        RawHttp answer = RawHttp.as(
                server,
                UPLOADS,
                "OPTIONS",
                "/upload/a/b/c.bin",
                "Origin: https://client.example",
                "Access-Control-Request-Method: PUT",
                "Access-Control-Request-Headers: content-type");

        assertThat(answer.status()).isEqualTo(200);
        isHarmless(answer);
        assertThat(answer.header("Access-Control-Allow-Methods")).containsExactly("GET,HEAD,PUT,OPTIONS");
        assertThat(answer.header("Access-Control-Allow-Headers")).containsExactly("Content-Type");
    }

    private static void isHarmless(RawHttp answer) {
        assertThat(answer.header("Content-Security-Policy")).containsExactly("default-src 'none'; sandbox");
        assertThat(answer.header("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(answer.header("Access-Control-Allow-Origin")).containsExactly("*");
        assertThat(answer.header("Access-Control-Allow-Credentials")).isEmpty();
    }

    /** Uploads a script under this name and tells where it is to be had. */
    private static URI uploaded(String name) throws IOException {
        String text = "<svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT + "</svg>";
        ChatClient.UploadSlot slot = user.requestUpload(name, text.length());
        RawHttp put = RawHttp.as(
                server,
                slot.put().getHost(),
                "PUT",
                slot.put().getRawPath(),
                List.of("Content-Type: application/octet-stream"),
                text);
        assertThat(put.status()).isEqualTo(201);
        return slot.get();
    }
}
