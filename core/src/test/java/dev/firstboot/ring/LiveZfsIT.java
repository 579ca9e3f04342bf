package dev.firstboot.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.firstboot.image.Release;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The live tests of zfs-native, one by one, with what became of them in a guest with live ZFS. */
class LiveZfsIT {
    @TestFactory
    Stream<DynamicTest> debian13() throws IOException {
        return tests(Release.DEBIAN_13);
    }

    private static Stream<DynamicTest> tests(Release release) throws IOException {
        List<RingReport.Outcome> outcomes = new Ring(release, Path.of("target")).run(List.of(), line -> {});
        assertThat(outcomes).isNotEmpty();
        return outcomes.stream()
                .map(outcome -> DynamicTest.dynamicTest(
                        outcome.toString(), () -> outcome.problem().ifPresent(problem -> fail("%s", problem))));
    }
}
