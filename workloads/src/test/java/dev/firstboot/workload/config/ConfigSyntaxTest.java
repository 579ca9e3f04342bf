package dev.firstboot.workload.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigSyntaxTest {
    @Test
    void directive_blocksAndVariables_areWrittenAsNginxReadsThem() {
        Directive server = Directive.of("server")
                .with(
                        Directive.of("return", 301, "https://chat.example.com$request_uri"),
                        Directive.of("location", "=", "/ws").with(Directive.of("proxy_set_header", "X", "a b; \"c\"")));

        assertThat(Directive.file(List.of(server))).isEqualTo("""
                        server {
                            return 301 https://chat.example.com$request_uri;
                            location = /ws {
                                proxy_set_header X "a b; \\"c\\"";
                            }
                        }
                        """);
    }

    @Test
    void directive_emptyArgument_isQuoted() {
        assertThat(Directive.file(List.of(Directive.of("", "")))).isEqualTo("\"\" \"\";\n");
    }

    @Test
    void directive_lineBreakInArgument_isRefused() {
        assertThatThrownBy(() -> Directive.file(List.of(Directive.of("return", "a\nb"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shellWords_wordsWithSyntaxInThem_areQuoted() {
        assertThat(ShellWords.join("exec", "/bin/x", "a b", "it's", "")).isEqualTo("exec /bin/x 'a b' 'it'\\''s' ''");
    }
}
