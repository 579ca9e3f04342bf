package dev.firstboot.workload.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PostgresqlSyntaxTest {
    @Test
    void postgresConf_quoteInText_isDoubled() {
        assertThat(new PostgresConf()
                        .set("cluster_name", "it's")
                        .set("port", 5432)
                        .set("fsync", true)
                        .text())
                .isEqualTo("cluster_name = 'it''s'\nport = 5432\nfsync = on\n");
    }

    @Test
    void postgresConf_parameterTwice_isRefused() {
        assertThatThrownBy(() -> new PostgresConf().set("port", 1).set("port", 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("port");
    }

    @Test
    void hbaRule_nameWithSpace_isRefused() {
        assertThatThrownBy(() -> HbaRule.local("all all", "x", "trust")).isInstanceOf(IllegalArgumentException.class);
    }
}
