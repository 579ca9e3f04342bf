package dev.firstboot.bake.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.bake.step.StepReporter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuestReportTest {
    private final List<String> heard = new ArrayList<>();
    private final GuestReport report = new GuestReport(new Heard(), 1000);

    @Test
    void line_progressBeyondTheEnd_isTheEnd() {
        report.line("progress 400\r");
        report.line("progress 4000\r");

        assertThat(heard).containsExactly("400 of 1000", "1000 of 1000");
        assertThat(report.isComplete()).isFalse();
    }

    @Test
    void line_failure_isKeptAndNeverComplete() {
        report.line("fail zpool create: no such device");
        report.line("done");

        assertThat(report.failure()).isEqualTo("zpool create: no such device");
        assertThat(report.isComplete()).isFalse();
    }

    @Test
    void line_garbled_isPassedOn() {
        report.line("progress x");
        report.line("BIOS 1.0");

        assertThat(heard).containsExactly("0 of 1000", "BIOS 1.0");
    }

    private final class Heard implements StepReporter {
        @Override
        public void bytes(long done, long total) {
            heard.add(done + " of " + total);
        }

        @Override
        public void items(long done, long total) {
            heard.add(done + " items");
        }

        @Override
        public void toolOutput(String line) {
            heard.add(line);
        }
    }
}
