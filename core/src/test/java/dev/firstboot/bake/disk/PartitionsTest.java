package dev.firstboot.bake.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionsTest {
    @Test
    void arguments_ofOneName_areTheSameEachTime() {
        List<String> arguments = Partitions.arguments(Path.of("d.raw"), "chat");

        assertThat(arguments).isEqualTo(Partitions.arguments(Path.of("d.raw"), "chat"));
        assertThat(arguments).isNotEqualTo(Partitions.arguments(Path.of("d.raw"), "web"));
        assertThat(arguments).contains("--new=1:2048:+524288K", "--typecode=1:EF00", "--typecode=2:BF00", "d.raw");
    }
}
