package dev.firstboot.workload.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class YamlWriterTest {
    @Test
    void block_nestedValues_areIndentedAndKeepTheirOrder() {
        Yaml.Mapping document = Yaml.mapping()
                .put("z", 1)
                .put(
                        "a",
                        Yaml.sequence(
                                Yaml.mapping()
                                        .put("port", 5222)
                                        .put("tls", true)
                                        .build(),
                                Yaml.text("x")))
                .put("m", Yaml.mapping().putWord("k", "always"))
                .put("none", Yaml.mapping())
                .build();

        assertThat(YamlWriter.block(document)).isEqualTo("""
                        z: 1
                        a:
                          -
                            port: 5222
                            tls: true
                          - "x"
                        m:
                          k: always
                        none: {}
                        """);
    }

    @Test
    void block_keysThatAreNumbers_areNoTexts() {
        Yaml.Mapping document =
                Yaml.mapping().put(5_000, Yaml.word("admin")).put("1000", "all").build();

        assertThat(YamlWriter.block(document)).isEqualTo("5000: admin\n\"1000\": \"all\"\n");
    }

    @Test
    void block_textWithSyntaxInIt_staysText() {
        Yaml.Mapping document =
                Yaml.mapping().put("a: b", "no\n\"quote\": [x] # \\ {} \u0085").build();

        assertThat(YamlWriter.block(document))
                .isEqualTo("\"a: b\": \"no\\u000a\\\"quote\\\": [x] # \\\\ {} \\u0085\"\n");
    }

    @Test
    void json_tree_isOneLine() {
        assertThat(YamlWriter.json(Yaml.mapping()
                        .put("names", Yaml.sequence(Yaml.text("a"), Yaml.text("b\"")))
                        .put("n", 3)
                        .build()))
                .isEqualTo("{\"names\": [\"a\", \"b\\\"\"], \"n\": 3}");
    }

    @Test
    void put_sameKeyTwice_isRefused() {
        assertThatThrownBy(() -> Yaml.mapping().put("a", 1).put("a", 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'a'");
    }

    @Test
    void word_withSyntaxInIt_isRefused() {
        assertThatThrownBy(() -> Yaml.word("a: b")).isInstanceOf(IllegalArgumentException.class);
    }
}
